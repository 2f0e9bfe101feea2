"""A coordinator looks at what coaches entered, and validates it."""

from models.accounts.tables import Account
from models.events.tables import EventHistory, EventState, Origin
from models.nomenclature import Emploi
from tests import factories
from tests.conversation.house import House
from tests.factories import USUAL
from tests.review.stories import WARNED, coordinator, entered, event_of, reviewer


async def test_the_board_tells_where_the_dispositif_stands(house: House, coach: Account) -> None:
    await entered(house, coach, 1)
    await entered(house, coach, 2)
    await entered(house, coach, 3, WARNED, W06="prise_de_poste_recente")
    async with house.database.transaction() as session:
        await factories.person(session, 4, coach, past=USUAL)
        validated = await factories.person(session, 5, coach, past=USUAL)
        await factories.event(session, validated, state=EventState.VALIDATED)

    phone = await reviewer(house)

    assert phone.text == (
        "Remontée du 31 décembre 2026 · Dispositif ABC01\n\n"
        "5 attendues · 4 saisies · 1 validée\n"
        "2 sans remarque · 1 à regarder · 0 renvoyée · 1 manque"
    )
    assert phone.labels[:3] == ["Valider les 2 sans remarque", "Regarder la saisie signalée", "Qui manque ?"]


async def test_an_entry_with_a_warning_is_looked_at_and_validated(house: House, coach: Account) -> None:
    await entered(house, coach, 1, WARNED.changed(emploi_date=Emploi.CDD), W06="prise_de_poste_recente")
    phone = await reviewer(house)

    await phone.tap("Regarder la saisie signalée")
    assert "Emploi : CDI → CDD" in phone.text
    assert "À regarder : en emploi à la date, mais « sans emploi » dans le dernier mois." in phone.text
    assert "Motif donné : prise de poste récente." in phone.text
    assert "Saisie par coach@exemple.fr." in phone.text
    before = await event_of(house, 1)
    await phone.tap("Valider")

    assert phone.text.startswith("Validée : …0001.\n\nRemontée du 31 décembre")
    after = await event_of(house, 1)
    assert after.state == EventState.VALIDATED
    assert after.revision != before.revision
    (line,) = await house.rows(EventHistory)
    assert (line.origin, line.account_id, line.revision) == (
        Origin.VALIDATED,
        (await coordinator(house)).id,
        after.revision,
    )
    assert (line.before["state"], line.after["state"]) == ("entered", "validated")
    assert "own_entry" not in line.after
