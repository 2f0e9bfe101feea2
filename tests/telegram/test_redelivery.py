"""An update delivered again changes nothing, and shows where things stand."""

from models.accounts.tables import Account
from models.conversations.repository import KEPT, forget_seen
from models.conversations.tables import SeenUpdate
from models.events.tables import Draft, EventHistory
from models.reference.nomenclature import Niveau
from tests.harness.application import COACH
from tests.harness.factories import NOW, USUAL
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, WiredApplication
from tests.telegram.updates import FIRST_ID, tapped, written

pytestmark = WIRED


async def on_a_card(app: WiredApplication, coach: Account) -> Phone:
    """Write two persons and open the first."""
    await app.given(2, USUAL)
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


async def test_a_tap_delivered_twice_is_written_once(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    again = tapped(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"])

    await app.service.handle(again)
    before = await app.everything()
    await app.service.handle(again)

    assert await app.everything() == before
    assert (await app.entered()).keys() == {1}
    assert len(await app.rows(EventHistory)) == 1
    assert (await phone.look()).text.startswith("Personne 2 sur 2"), "the present state"


async def test_a_tap_that_telegram_numbers_from_a_lower_place_is_written(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    app.local.state.updates.number_from(1_000)

    await phone.tap("Rien n'a changé")
    assert phone.text.startswith("Enregistré : …0001.")
    await phone.tap("Rien n'a changé")

    assert (await app.entered()).keys() == {1, 2}
    assert {1_000, 1_001} <= {seen.update_id for seen in await app.rows(SeenUpdate)}


async def test_an_undo_delivered_twice_does_not_undo_what_came_after(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    await phone.tap("Rien n'a changé")
    again = tapped(FIRST_ID, phone.data("Annuler"), phone.screen["message_id"])
    await app.service.handle(again)
    await phone.look()
    await phone.tap("Rien n'a changé")

    await app.service.handle(again)

    assert (await app.entered()).keys() == {1}


async def test_an_answer_delivered_twice_stays_one_answer(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    await phone.tap("Soutien")
    again = tapped(FIRST_ID, phone.data("Régulier"), phone.screen["message_id"])

    for _ in range(2):
        await app.service.handle(again)

    assert [draft.answers for draft in await app.rows(Draft)] == [{"niveau_soutien": Niveau.REGULIER}]
    assert "→ régulier" in (await phone.look()).text


async def test_a_text_delivered_twice_acts_once(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    again = written(FIRST_ID, "rien n'a changé")

    for _ in range(2):
        await app.service.handle(again)

    assert (await app.entered()).keys() == {1}, "the second would have entered the next person"
    assert (await phone.look()).text.startswith("Personne 2 sur 2")


async def test_an_update_is_recorded_with_its_effect_and_forgotten_in_time(
    app: WiredApplication, coach: Account
) -> None:
    await on_a_card(app, coach)
    await app.service.handle(written(FIRST_ID, "/saisir", COACH))
    assert FIRST_ID in {seen.update_id for seen in await app.rows(SeenUpdate)}

    async with app.database.transaction() as session:
        await forget_seen(session, NOW + KEPT)
    assert FIRST_ID in {seen.update_id for seen in await app.rows(SeenUpdate)}
    async with app.database.transaction() as session:
        await forget_seen(session, NOW + KEPT * 2)

    assert await app.rows(SeenUpdate) == []
