"""Plant a synthetic population in an empty database, a dispositif at a time, in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, pairwise
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE
from models.accounts.tables import Account, Role, RoleGrant
from models.audit import repository as audit
from models.base.channels import Address
from models.base.clock import local_day
from models.base.refusals import Refusal
from models.base.revision import REVISION_BITS
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.repository import Change, Gesture, snapshot, write
from models.events.tables import EventState
from models.persons.tables import Person
from models.population.lives import Life, Lived, life
from models.population.places import Setting, person_references, place
from models.population.texts import REFUSALS, PopulationRefusal
from models.reference.scopes import Level
from models.workbook.imports.repository import ids, place_ids

NEW_BEFORE_END_DAYS = 85
"""The last entries fall in the first days of the open quarter: some persons have no event yet."""


class NotEmpty(Refusal):
    """Something stands in the database already."""

    sentences = REFUSALS

    def __init__(self) -> None:
        super().__init__(PopulationRefusal.NOT_EMPTY)


@dataclass(frozen=True)
class Size:
    """How many of each; the last campaign is open and has no events yet."""

    persons: int = 200
    dispositifs: int = 2
    campaigns: int = 4
    seed: int = 1


@dataclass
class Planted:
    """What was written."""

    dispositifs: int = 0
    persons: int = 0
    accounts: int = 0
    campaigns: int = 0
    events: int = 0


async def plant(session: AsyncSession, now: datetime, size: Size, first_address: Address | None = None) -> Planted:
    """Write the population and return what was written. The same seed, in the same quarter, gives the same.

    Accounts are linked to no channel unless `first_address` numbers them from there (measurements do): such
    numbers are real people's outside a local Telegram. Raises `NotEmpty`.
    """
    for table in (Dispositif, Person, Account, Campaign):
        if (await session.execute(select(table).limit(1))).first() is not None:
            raise NotEmpty
    random = Random(size.seed)  # noqa: S311 (a population, not a secret)
    planting = _Planting(session, random, await _campaigns(session, local_day(now), size.campaigns))
    planting.next_address = first_address
    shares = [len(range(index, size.persons, size.dispositifs)) for index in range(size.dispositifs)]
    for index, persons in enumerate(shares):
        await planting.plant(place(random, index, persons))
    planting.planted.campaigns = size.campaigns
    audit.record(session, COMMAND_LINE, now, "seed", f"seed:{size.seed}", after=vars(planting.planted))
    return planting.planted


async def _campaigns(session: AsyncSession, today: date, number: int) -> list[tuple[int, date]]:
    """Write the campaigns, the open one last, and return them by number and date."""
    ends = _quarter_ends(today, number + 1)
    for before, end in pairwise(ends):
        over = end < today
        session.add(
            Campaign(
                date=end,
                opens=end if over else before + timedelta(days=1),
                closed_at=datetime.combine(end + timedelta(days=1), time(), UTC) if over else None,
            )
        )
    await session.flush()
    query = select(col(Campaign.id), col(Campaign.date)).order_by(col(Campaign.date))
    rows: Any = await session.execute(query)
    return [(campaign, day) for campaign, day in rows]


def _quarter_ends(today: date, number: int) -> list[date]:
    """Return so many ends of quarter, the last one being that of the quarter of `today`."""
    month = (today.month - 1) // 3 * 3 + 4
    following = date(today.year + month // 13, (month - 1) % 12 + 1, 1)
    ends = []
    for _ in range(number):
        ends.append(following - timedelta(days=1))
        month = following.month - 3
        following = date(following.year - (month < 1), (month - 1) % 12 + 1, 1)
    return ends[::-1]


class _Planting:
    def __init__(self, session: AsyncSession, random: Random, campaigns: list[tuple[int, date]]) -> None:
        self._session = session
        self._random = random
        *self._past, (_, self._present) = campaigns
        self._began = datetime.combine(campaigns[0][1], time(), UTC)
        self.next_address: Address | None = None
        self.planted = Planted()

    async def plant(self, of: Setting) -> None:
        accounts = await self._accounts(of)
        places = await self._dispositif(of)
        structures = [places[of.reference, name] for name in of.structures]
        coaches = cycle(accounts[email] for email in of.coaches)
        days = [day for _, day in self._past]
        opening = self._present - timedelta(days=NEW_BEFORE_END_DAYS)
        lives = {
            reference: (life(self._random, days, opening), next(coaches), self._random.choice(structures))
            for reference in person_references(self._random, of)
        }
        await self._insert(
            Person,
            [_person(reference, lived, coach, where) for reference, (lived, coach, where) in lives.items()],
        )
        numbers = await ids(self._session, col(Person.reference), col(Person.id), lives)
        events = [
            change
            for reference, (lived, coach, _) in lives.items()
            for change in self._events(numbers[reference], coach, lived.events)
        ]
        await write(self._session, events, [self._random.getrandbits(REVISION_BITS) for _ in events])
        self.planted.dispositifs += 1
        self.planted.persons += len(lives)
        self.planted.accounts += len(accounts)
        self.planted.events += len(events)

    async def _accounts(self, of: Setting) -> dict[str, int]:
        emails = [*of.coaches, of.coordinator]
        await self._insert(
            Account,
            [{"email": email, "created_at": self._began, "channel_address": self._address()} for email in emails],
        )
        accounts = await ids(self._session, col(Account.email), col(Account.id), emails)
        await self._insert(
            RoleGrant,
            [
                {
                    "account_id": accounts[email],
                    "role": Role.COORDINATOR if email == of.coordinator else Role.JOB_COACH,
                    "scope": Level.DISPOSITIF.scope(of.reference),
                    "granted_at": self._began,
                }
                for email in emails
            ],
        )
        return accounts

    def _address(self) -> Address | None:
        given = self.next_address
        if given is not None:
            self.next_address = given + 1
        return given

    async def _dispositif(self, of: Setting) -> dict[tuple[str, str], tuple[int, int]]:
        dispositif = Dispositif(
            reference=of.reference,
            nom=of.nom,
            departement_no=of.departement.code,
            email_responsable=of.coordinator,
            emails_conseillers=list(of.coaches),
            **of.figures,
        )
        self._session.add(dispositif)
        await self._session.flush()
        await self._insert(Structure, [{"dispositif_id": dispositif.id, "name": name} for name in of.structures])
        return await place_ids(self._session, [of.reference])

    def _events(self, person: int, coach: int, lived: Sequence[Lived]) -> Iterator[Change]:
        campaigns = {day: campaign for campaign, day in self._past}
        for event in lived:
            by = Gesture(coach, datetime.combine(event.day, time(12), UTC), event.origin)
            after = snapshot(event.answers, event.confirmations, EventState.SENT_UP)
            yield Change(by, person, campaigns[event.day], None, after)

    async def _insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            await self._session.execute(insert(table), rows)


def _person(reference: str, lived: Life, coach: int, where: tuple[int, int]) -> dict[str, Any]:
    dispositif, structure = where
    row = {field.name: getattr(lived, field.name) for field in fields(lived) if field.name != "events"}
    return row | {
        "reference": reference,
        "dispositif_id": dispositif,
        "structure_id": structure,
        "coach_id": coach,
        "birth_date": lived.birth_date.isoformat(),
    }
