"""`/rappels apercu`: administrators see what would go out, and nobody else does."""

import re
from datetime import UTC, datetime

from models.accounts.tables import Role
from models.reminders.tables import ReminderWish
from tests import factories
from tests.conversation.house import ON_SQLITE, House
from tests.factories import USUAL


async def test_administrators_see_what_would_go_out_now(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1013, Role.ADMIN, "national", email="admin@exemple.fr")
    busy.now = datetime(2026, 12, 17, 6, 30, tzinfo=UTC)
    phone = await busy.phone(1013).send("/rappels aperçu")

    assert "0 message à envoyer maintenant, 1 en attente de leur heure.\n1 rappel." in phone.text
    assert (
        "Rappel, job coach : coach@exemple.fr\nIl est 7 h 30 · J-14, tenu jusqu'à aujourd'hui 9 h\n"
        "Il vous reste 6 personnes sur 20 pour la remontée du 31 décembre."
    ) in phone.text
    busy.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    await phone.tap("Actualiser")
    assert "1 message à envoyer maintenant, 0 en attente de leur heure." in phone.text
    assert await busy.rows(ReminderWish) == []


@ON_SQLITE
async def test_administrators_turn_the_pages_of_what_would_go_out(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1013, Role.ADMIN, "national", email="admin@exemple.fr")
        for number in range(14):
            coach = await factories.account(session, 3000 + number, email=f"coach{number}@exemple.fr")
            await factories.person(session, 7000 + number, coach, past=USUAL)
    busy.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    phone = await busy.phone(1013).send("/rappels apercu")
    first = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert (len(first), "et 5 autres messages." in phone.text) == (10, True)
    assert phone.labels == ["Suivants", "Actualiser", "Retour"]

    await phone.tap("Suivants")
    second = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert first | second == {"coach@exemple.fr", *(f"coach{number}@exemple.fr" for number in range(14))}
    assert first & second == set()
    assert phone.labels == ["Précédents", "Actualiser", "Retour"]
    await phone.tap(data="reminders_preview:99")
    assert phone.labels == ["Précédents", "Actualiser", "Retour"]


@ON_SQLITE
async def test_the_word_means_nothing_to_anybody_else(busy: House) -> None:
    phone = await busy.phone().send("/rappels apercu")

    assert phone.text.startswith("Vos rappels")
