"""What the stories of the review begin with: entries of a coach, with and without something to look at."""

from sqlalchemy import select
from sqlmodel import col

from models.accounts.tables import Account
from models.base.screens import Screen
from models.events.form import Answers
from models.events.tables import Event
from models.notifications.stored import restored
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.nomenclature import Emploi
from tests import factories
from tests.conversation.house import COORDINATOR, House
from tests.conversation.phone import Phone
from tests.factories import USUAL

WARNED = USUAL.changed(emploi_mois=Emploi.SANS_EMPLOI)
"""W06: in a job at the date, without one in the last month."""


async def entered(house: House, coach: Account | None, number: int, answers: Answers = USUAL, **reasons: str) -> Person:
    """Write a person whose event the coach entered, with the reasons of their confirmations."""
    async with house.database.transaction() as session:
        person = await factories.person(session, number, coach, past=USUAL)
        event = await factories.event(session, person, answers)
        event.changed_by = coach.id if coach else None
        event.confirmations = reasons
        return person


async def reviewer(house: House) -> Phone:
    """Return the coordinator's phone, on the board."""
    return await house.phone(COORDINATOR).send("/valider")


async def coordinator(house: House) -> Account:
    """Return the coordinator's account."""
    async with house.database.transaction() as session:
        return (await session.scalars(select(Account).where(col(Account.telegram_id) == COORDINATOR))).one()


async def event_of(house: House, number: int) -> Event:
    """Return the event of the open campaign of a person."""
    return (await house.entered())[number]


async def told(house: House) -> list[tuple[int, Screen]]:
    """Return what the outbox holds, by account."""
    return [(row.account_id, restored(row.screen)) for row in await house.rows(OutboxMessage)]
