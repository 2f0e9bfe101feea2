"""Nothing identifying in messages, buttons or logs: a broad story is played, then all that left the bot is searched."""

import io
import json
import logging
import re
from datetime import date

import pytest

from bot import logs
from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import invite, revoke
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.dispositifs.tables import Dispositif
from models.entry.queries import EventReader
from models.entry.repository import EntryWriter
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, STRANGER, Application
from tests.harness.factories import NOW, USUAL
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, WiredApplication

BORN, SEXE = "1987-06-05", "sexe-feminin-temoin"
SECRETS = {
    "birth date": (BORN, "05/06/1987", "5 juin 1987", "19870605"),
    "sex": (SEXE,),
    "disability": ("psychisme", "autisme", "troubles du"),
    "responsable": ("Quenouille", "Apolline", "quenouille@exemple.fr"),
    "e-mail address": ("@",),
    "typed": ("Madame Dupont", "dupont", "hospitalis", "dossier-de-madame"),
}


@pytest.fixture(params=["text", "json"])
def logged(request: pytest.FixtureRequest) -> io.StringIO:
    """Everything logged at DEBUG, set up and written as the bot does it."""
    root = logging.getLogger()
    logs.configure_logs(request.param)
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream = io.StringIO()
    handler.setStream(stream)
    root.setLevel(logging.DEBUG)
    return stream


async def identified(app: Application, coach: Account) -> None:
    """Write persons and a responsable whose every identifying value can be told from the rest."""
    async with app.database.transaction() as session:
        of = await session.get(Dispositif, 1)
        assert of is not None
        of.nom_responsable, of.prenom_responsable = "Quenouille", "Apolline"
        of.email_responsable = "quenouille@exemple.fr"
        for number in range(1, 8):
            await factories.person(
                session,
                number,
                coach,
                past=USUAL if number > 1 else None,
                entry_date=date(2024, 3, 4),
                birth_date=BORN,
                sexe=SEXE,
                handicap_principal="psychisme",
                handicap_associe="autisme",
            )


async def broad_story(app: Application, tokens: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter, correct, undo, carry over, be refused, be mistaken, and break down."""
    phone = await app.phone().send("/start")
    for text in ("/aide", "/confidentialite", "Madame Dupont est hospitalisée", "dupont" * 900, "/saisir"):
        await phone.send(text[:4096])
    await phone.send_file(name="dossier-de-madame-dupont.txt", content=b"Madame Dupont")
    await phone.send("/saisir")
    await phone.tap("Saisir la suivante")
    for answer in ("Suivi par", "Suivi : de 2 à 8 h", "CDI", "Sans objet", "Sans emploi", "Sans objet", "Enregistrer"):
        await phone.tap(answer)
    await phone.tap("Oui")
    stale = phone.data("Rien n'a changé")
    for label in ("Rien n'a changé", "Annuler", "Statut", "Suivi terminé", "12", "Enregistrer", "Oui"):
        await phone.tap(label)
    for data in (stale, "card:9999", "madame:dupont", "find:DUPONT"):
        await phone.tap(data=data)
    await phone.send("/saisir")
    for label in ("Rien n'a changé pour", "En retirer", "…0007", "Retour", "Oui", "Annuler", "Voir la liste", "Toutes"):
        await phone.tap(label)
    await breakdowns(phone, monkeypatch)
    await app.phone(COORDINATOR).send("/personnes")
    stranger = app.phone(STRANGER)
    for token in (*tokens, *tokens, "inconnu"):
        await stranger.send(f"/start {token}")
    await app.phone(STRANGER + 1).send(f"/start {tokens[0]}")
    async with app.database.transaction() as session:
        await revoke(session, COMMAND_LINE, NOW, "coach@exemple.fr")
    await phone.send("/saisir")


async def breakdowns(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program, and a statement, fail in the middle of it."""

    async def break_down(self: EventReader, *_given: object) -> object:
        raise RuntimeError

    async def write_badly(self: EntryWriter, *_given: object) -> object:
        async with self.reader.session.begin_nested():
            await factories.person(self.reader.session, 2, None, birth_date=BORN, sexe=SEXE)
        raise AssertionError

    with monkeypatch.context() as broken:
        broken.setattr(EventReader, "page", break_down)
        await phone.tap("Saisies")
    assert "donnez le code" in phone.text
    await phone.send("/personnes")
    await phone.tap("…0003")
    with monkeypatch.context() as broken:
        broken.setattr(EntryWriter, "save", write_badly)
        await phone.tap("Rien n'a changé")
    assert "donnez le code" in phone.text


async def invitations(database: Database) -> list[str]:
    """Make two invitations of one person."""
    async with database.transaction() as session:
        return [
            await invite(session, COMMAND_LINE, NOW, "lou@exemple.fr", role, "dispositif:ABC01")
            for role in (Role.JOB_COACH, Role.COORDINATOR)
        ]


@WIRED
async def test_nothing_identifying_leaves_the_bot(
    app: WiredApplication, coach: Account, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await identified(app, coach)
    tokens = await invitations(app.database)

    await broad_story(app, tokens, monkeypatch)

    sent = json.dumps([call["params"] for call in app.calls()], ensure_ascii=False, default=str)
    written = logged.getvalue()
    assert "update failed" in written
    assert len(app.calls("editMessageText")) > 20
    for where, text in (("sent", sent), ("logged", written)):
        for what, values in {**SECRETS, "token": (*tokens, app.settings.telegram_token)}.items():
            for value in values:
                assert value.lower() not in text.lower(), f"{what} {where}: {value}"
    assert re.search(rf"\b{COACH}\b", written) is None, "not even the number of somebody's Telegram account"
