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
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone

WARNED = USUAL.changed(emploi_mois=Emploi.SANS_EMPLOI)
"""W06: in a job at the date, without one in the last month."""


async def entered(
    app: Application, coach: Account | None, number: int, answers: Answers = USUAL, **reasons: str
) -> Person:
    """Write a person whose event the coach entered, with the reasons of their confirmations."""
    async with app.database.transaction() as session:
        person = await factories.person(session, number, coach, past=USUAL)
        event = await factories.event(session, person, answers)
        event.changed_by = coach.id if coach else None
        event.confirmations = reasons
        return person


async def reviewer(app: Application) -> Phone:
    """Return the coordinator's phone, on the board."""
    return await app.phone(COORDINATOR).send("/valider")


async def coordinator(app: Application) -> Account:
    """Return the coordinator's account."""
    async with app.database.transaction() as session:
        return (await session.scalars(select(Account).where(col(Account.channel_address) == COORDINATOR))).one()


async def event_of(app: Application, number: int) -> Event:
    """Return the event of the open campaign of a person."""
    return (await app.entered())[number]


async def told(app: Application) -> list[tuple[int, Screen]]:
    """Return what the outbox holds, by account."""
    return [(row.account_id, restored(row.screen)) for row in await app.rows(OutboxMessage)]
