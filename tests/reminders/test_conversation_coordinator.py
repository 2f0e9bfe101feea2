"""A coordinator who follows persons herself puts a reminder off like any job coach."""

from models.accounts.tables import Account
from tests import factories
from tests.conversation.house import COORDINATOR, ON_SQLITE, House


@ON_SQLITE
async def test_a_coordinator_who_follows_persons_may_put_a_reminder_off(house: House) -> None:
    async with house.database.transaction() as session:
        (found,) = [one for one in await house.rows(Account) if one.telegram_id == COORDINATOR]
        for number in range(1, 4):
            await factories.person(session, number, found, past=factories.USUAL)
    phone = await house.phone(COORDINATOR).send("/rappels")
    assert "Prochain rappel : lundi 21 décembre, 9 h" in phone.text
    assert "Me le rappeler lundi 21 décembre" in phone.labels
    await phone.tap(data="snooze:2026-12-22")
    assert "mardi 22 décembre" in phone.text
    assert phone.labels[:2] == ["Saisir la suivante", "Annuler le report"]
