"""What a story needs to begin: one factory per aggregate, writing the tables directly."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from models.accounts.tables import Account, Role, RoleGrant
from models.base.revision import new_revision
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.form import QUESTIONS, Answers
from models.events.tables import Event, EventState
from models.meetings.kinds import MeetingKind
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingRow
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.nomenclature import Formation, Niveau

NOW = datetime(2026, 12, 19, 9, 0, tzinfo=UTC)
DAY = date(2026, 12, 31)
SEPTEMBER, JUNE, MARCH = date(2026, 9, 30), date(2026, 6, 30), date(2026, 3, 31)

USUAL = Answers.from_codes(
    {asked.field: asked.choices[0].code for asked in QUESTIONS}
    | {
        "niveau_soutien": Niveau.SUIVI,
        "formation_date": Formation.SANS_OBJET,
        "formation_mois": Formation.SANS_OBJET,
    }
)
"""Answers that no rule has anything to say about, carried over or not."""

Row = TypeVar("Row", bound=SQLModel)


async def write(session: AsyncSession, row: Row) -> Row:
    """Write one row and return it with its number."""
    session.add(row)
    await session.flush()
    return row


async def campaign(session: AsyncSession, day: date = DAY, *, closed: bool = False) -> Campaign:
    """Write a campaign that opens a month before its date and closes two weeks after."""
    row = Campaign(date=day, opens=day - timedelta(days=30), closes=day + timedelta(days=15))
    if closed:
        row.closed_at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=15)
    return await write(session, row)


async def dispositif(session: AsyncSession, reference: str = "ABC01", *structures: str) -> Dispositif:
    """Write a dispositif of the Rhône with its structures."""
    row = await write(session, Dispositif(reference=reference, nom=f"DEA {reference}", departement_no="69"))
    assert row.id is not None
    for name in structures or ("Les Tilleuls",):
        await write(session, Structure(dispositif_id=row.id, name=name))
    return row


async def account(
    session: AsyncSession,
    telegram_id: int | None,
    role: Role | None = Role.JOB_COACH,
    scope: str = "dispositif:ABC01",
    email: str = "",
) -> Account:
    """Write an account with one role, or with none."""
    row = await write(
        session, Account(email=email or f"compte{telegram_id}@exemple.fr", channel_address=telegram_id, created_at=NOW)
    )
    assert row.id is not None
    if role is not None:
        await write(session, RoleGrant(account_id=row.id, role=role, scope=scope, granted_at=NOW))
    return row


async def person(
    session: AsyncSession,
    number: int,
    coach: Account | None,
    *,
    reference: str = "ABC01",
    entry_date: date | None = date(2024, 3, 4),
    exit_date: date | None = None,
    past: Answers | None = None,
    **more: Any,
) -> Person:
    """Write a person whose code ends with `number`; with `past`, an event of that kind in September."""
    of = (await session.scalars(select(Dispositif).where(col(Dispositif.reference) == reference))).one()
    structure = (await session.scalars(select(Structure).where(col(Structure.dispositif_id) == of.id))).first()
    assert of.id is not None
    assert structure is not None
    assert structure.id is not None
    row = await write(
        session,
        Person(
            reference=f"{reference}{number:09d}",
            dispositif_id=of.id,
            structure_id=structure.id,
            coach_id=coach.id if coach else None,
            entry_date=entry_date,
            exit_date=exit_date,
            **more,
        ),
    )
    if past is not None:
        await event(session, row, past, SEPTEMBER)
    return row


async def event(
    session: AsyncSession,
    of: Person,
    answers: Answers = USUAL,
    day: date = DAY,
    state: EventState | None = None,
) -> Event:
    """Write the event of a person in the campaign of that date; a past one is sent up."""
    found = (await session.scalars(select(Campaign).where(col(Campaign.date) == day))).first()
    held_in = found or await campaign(session, day, closed=day < DAY)
    assert of.id is not None
    assert held_in.id is not None
    six: dict[str, Any] = dict(answers.codes())
    return await write(
        session,
        Event(
            person_id=of.id,
            campaign_id=held_in.id,
            **six,
            state=state or (EventState.ENTERED if day >= DAY else EventState.SENT_UP),
            revision=new_revision(),
            created_at=NOW,
            changed_at=NOW,
        ),
    )


async def kept_point(session: AsyncSession, day: date, departement: str = "69") -> MeetingRow:
    """Write a point of a département that was held and reported: nothing is to be said of its month any more."""
    starts = datetime(day.year, day.month, day.day, 13, tzinfo=UTC)
    return await write(
        session,
        MeetingRow(
            uid=f"{departement}-{day}@jalon",
            kind=MeetingKind.POINT,
            scope=f"departement:{departement}",
            departement_no=departement,
            day=day,
            hour=time(14),
            zone="Europe/Paris",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            minutes=60,
            place="MDPH",
            organiser="chef@exemple.fr",
            state=MeetingState.REPORTED,
            revision=new_revision(),
            created_at=NOW,
            changed_at=NOW,
        ),
    )


def kept_screen(message: OutboxMessage) -> dict[str, Any]:
    """Return the screen of a message, as it is stored: it still has it, being young."""
    assert message.screen is not None
    return message.screen
