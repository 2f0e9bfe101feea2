"""How many statements a tap costs: at most six for any screen, whatever the caseload."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from models.accounts.tables import Account
from models.base.database import Database
from models.reference.nomenclature import Statut
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone

BOUND = 6
FEW, MANY = 5, 200
OTHER_COACH = 1010

SAVING = {
    "saved": 7,
    "saved by a fix": 9,
    "saved with an exit date": 9,
    "saved, for the last one": 9,
    "confirmed": 7,
    "undone": 9,
    "undone with an exit date": 11,
    "carried over": 8,
    "carried over undone": 10,
    "thrown away": 9,
    "refused as stale": 8,
    "forged": 7,
}
"""Gestures that write several tables, or roll back and begin anew: how many statements in all, reads and writes."""


_NONE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "DELETE FROM seen_update")
"""What opens and closes a transaction, and the cleaning of every hour: no part of a tap."""


class Statements:
    """What one tap asked of the database."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    @property
    def total(self) -> int:
        return len(self.texts)

    @property
    def selects(self) -> int:
        return sum(text.startswith(("SELECT", "WITH")) for text in self.texts)


@contextmanager
def counted(database: Database) -> Iterator[Statements]:
    """Count the statements of a block."""
    statements = Statements()

    def note(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if not text.lstrip().startswith(_NONE):
            statements.texts.append(text.lstrip())

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


class Counting:
    """A phone whose every step is counted under the name of the screen it leads to."""

    def __init__(self, app: Application, phone: Phone) -> None:
        self.app = app
        self.phone = phone
        self.counts: dict[str, tuple[int, int]] = {}

    async def tap(self, screen: str, label: str = "", *, data: str = "") -> None:
        with counted(self.app.served) as statements:
            await self.phone.tap(label, data=data)
        self._note(screen, statements)

    async def send(self, screen: str, text: str) -> None:
        with counted(self.app.served) as statements:
            await self.phone.send(text)
        self._note(screen, statements)

    def _note(self, screen: str, statements: Statements) -> None:
        self.counts[screen] = max(self.counts.get(screen, (0, 0)), (statements.total, statements.selects))


async def every_screen(
    app: Application, phone: Phone, coach: Account, base: int, persons: int
) -> dict[str, tuple[int, int]]:
    """Go through every screen and every gesture; return the statements and the SELECTs of each."""
    async with app.database.transaction() as session:
        await factories.person(session, base + 1, coach)
        left = await factories.person(session, base + 2, coach, past=USUAL.changed(statut=Statut.TERMINE))
        for number in range(base + 3, base + persons + 1):
            await factories.person(session, number, coach, past=USUAL)
    going = Counting(app, phone)
    await going.send("start", "/start")
    await going.send("help", "/aide")
    await going.send("privacy", "/confidentialite")
    await going.send("home", "/saisir")
    await going.tap("question of a new person", "Saisir la suivante")
    await going.tap("definition", "Que veulent dire ces statuts ?")
    await going.tap("answer", "Suivi par le dispositif")
    await going.tap("question before", "Retour")
    await going.send("not understood", "n'importe quoi")
    await going.send("thrown away", "/annuler")
    await going.tap("list", "Voir la liste")
    await going.tap("list, another filter", "Toutes")
    await going.tap("person who left", f"…{base + 2}")
    await going.tap("person who comes back", data=f"ask:{left.id}:1")
    await going.tap("list", data="list:todo:0")
    await going.tap("card", f"…{base + 3}")
    stale = phone.data("Rien n'a changé")
    await going.tap("passed over", "Passer")
    await going.tap("card", data=stale.replace("same", "card").rsplit(":", 1)[0])
    await going.tap("last month", "Dernier mois")
    await going.tap("card", "Retour")
    await going.tap("nothing changed", "Rien n'a changé")
    await going.tap("undone", "Annuler")
    await going.tap("line", "Soutien")
    await going.tap("answer", "Régulier")
    await going.tap("refused as stale", data=stale)
    await going.tap("saved", "Enregistrer")
    await going.tap("undone", "Annuler")
    await going.tap("line", "Emploi")
    await going.tap("answer", "Alternance")
    await going.tap("warning", "Enregistrer")
    await going.tap("warning again", data=f"check:{stale.split(':')[1]}")
    await going.tap("confirmed", "Oui, la formation n'a pas commencé")
    await going.tap("undone", "Annuler")
    for label in ("Emploi", "Intérim"):
        await going.tap("answer", label)
    await going.tap("saved by a fix", "Déjà en intérim")
    await going.tap("undone", "Annuler")
    await going.tap("line", "Statut")
    await going.tap("exit date", "Suivi terminé")
    await going.tap("exit date, another month", "Novembre 2026")
    await going.tap("exit date given", "12")
    await going.tap("warning", "Enregistrer")
    await going.tap("saved with an exit date", "Oui")
    await going.tap("undone with an exit date", "Annuler")
    await going.send("home", "/saisir")
    home = phone.screen["message_id"]
    await going.tap("refused as stale", data=stale.rsplit(":", 1)[0] + ":1-1")
    await going.tap("bulk", next(label for label in phone.labels if "pour" in label))
    await going.tap("bulk, taking out", "En retirer")
    await going.tap("bulk, one taken out", f"…{base + 4}")
    await going.tap("bulk", "Retour")
    await going.tap("carried over", "Oui, rien n'a changé")
    await going.tap("carried over undone", "Annuler")
    await going.tap("bulk", next(label for label in phone.labels if "pour" in label))
    await going.tap("carried over", "Oui, rien n'a changé")
    assert phone.screen["message_id"] == home
    await going.tap("list of entered", data="list:done:0")
    await going.tap("entered card", next(label for label in phone.labels if "…" in label))
    await going.send("found by the code", f"{base + 3}")
    await going.send("thrown away", "/annuler")
    await going.tap("nothing changed", "Rien n'a changé")
    while "Rien n'a changé" in phone.labels:
        await going.tap("nothing changed", "Rien n'a changé")
    for answer in ("Suivi par le dispositif", "Suivi : de 2 à 8 h", "CDI", "Sans objet", "CDI", "Sans objet"):
        await going.tap("answer", answer)
    await going.tap("saved, for the last one", "Enregistrer")
    await going.tap("forged", data="nothing")
    return going.counts


async def test_no_screen_takes_more_than_six_statements_whatever_the_caseload(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        other = await factories.account(session, OTHER_COACH, email="collegue@exemple.fr")

    few = await every_screen(app, app.phone(), coach, 1000, FEW)
    many = await every_screen(app, app.phone(OTHER_COACH), other, 2000, MANY)

    over = {screen: count for screen, count in many.items() if count[0] > BOUND}
    print("more than six statements (in all, SELECTs):", over)
    assert {screen for screen, (_, selects) in many.items() if selects > BOUND} == set()
    assert {screen: total for screen, (total, _) in over.items() if total > SAVING.get(screen, BOUND)} == {}
    assert few == many, "the number of statements does not grow with the caseload"
