"""Many people with phones, a local Telegram among them, and the workers that write to them."""

import asyncio
import math
import sys
from collections import Counter
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from redis import Redis
from sqlalchemy import func, insert, select, update
from sqlmodel import SQLModel, col

from benchmarks.processes import TOKEN, Process, environment
from bot.redis_server import local_redis
from models.accounts.tables import Account, Role, RoleGrant
from models.base.clock import PARIS, Clock, system_clock
from models.base.database import Database
from models.base.screens import Screen
from models.base.settings import Settings
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Event, EventState
from models.notifications.repository import Notification, notify_all
from models.notifications.tables import ChannelLine, Delivery, OutboxMessage
from models.persons.tables import Person
from models.reminders.messages import REMINDER
from simulator import SimulatorSettings, running
from simulator.state import State
from tasks.enqueue import Enqueue
from tasks.scheduler import Scheduler
from tests.faults.hasty import AHEAD, TIMES, clock_ahead
from tests.harness.factories import DAY, USUAL

WORKER = (sys.executable, "-m", "tests.faults.hasty")
J_7 = datetime(2026, 12, 24, 9, 0, tzinfo=PARIS)
"""What the clock says when it begins: a decent hour, seven days before the date."""

SUBJECT = f"campaign:{DAY}"
COACHES_EACH = 10
FIRST = 10_000
"""The phone of the first of them."""

ENDED = (Delivery.SENT, Delivery.UNCERTAIN, Delivery.UNREACHABLE, Delivery.REFUSED, Delivery.FAILED)


@dataclass
class Crowd:
    """Whoever is to be told the same, and what runs meanwhile."""

    database: Database
    telegram: State
    redis_url: str
    settings: dict[str, str]
    phones: Sequence[int]
    clock: Clock
    _workers: dict[int, Process] = field(default_factory=dict)

    def start(self) -> None:
        """Start a worker."""
        worker = Process(WORKER, self.settings)
        self._workers[worker.pid] = worker

    def kill(self, pid: int) -> None:
        """End a worker as a power cut would."""
        worker = self._workers.pop(pid)
        assert worker.alive, worker.said()
        worker.kill()
        worker.close()

    def close(self) -> None:
        """Stop the workers."""
        for worker in self._workers.values():
            worker.close()

    def flush_redis(self) -> None:
        """Empty Redis."""
        with Redis.from_url(self.redis_url) as redis:
            redis.flushall()

    async def tick(self) -> None:
        """Let two schedulers that have just been started tick at the same time."""
        settings = Settings(
            database_url=self.settings["JALON_DATABASE_URL"], redis_url=self.redis_url, secret_key="measured"
        )
        databases = [Database.from_settings(settings) for _ in range(2)]
        enqueue = Enqueue(settings)
        try:
            await asyncio.gather(*(Scheduler(database, self.clock, enqueue).tick() for database in databases))
        finally:
            enqueue.close()
            for database in databases:
                await database.dispose()

    async def leave_over(self, phones: Collection[int]) -> None:
        """Leave what was to be told to some a week before, and never left."""
        week_before = self.clock() - timedelta(days=7)
        telling = Notification(REMINDER, 0, SUBJECT, "J-14", Screen("Il vous reste 1 personne sur 1."))
        async with self.database.transaction() as session:
            accounts = await session.scalars(select(col(Account.id)).where(col(Account.channel_address).in_(phones)))
            late = [
                replace(telling, account_id=account or 0, stale_after=week_before + timedelta(hours=10))
                for account in accounts
            ]
            await notify_all(session, week_before, late)

    async def enter(self, phones: Collection[int]) -> None:
        """Let some finish their quarter: they have nothing left to be reminded of."""
        now = self.clock()
        async with self.database.transaction() as session:
            campaign = await session.scalar(select(col(Campaign.id)))
            persons = await session.scalars(
                select(col(Person.id))
                .join(Account, col(Account.id) == col(Person.coach_id))
                .where(col(Account.channel_address).in_(phones))
            )
            entered = {"campaign_id": campaign, "state": EventState.ENTERED, "created_at": now, "changed_at": now}
            rows: list[dict[str, Any]] = [
                {**USUAL.codes(), **entered, "person_id": person, "confirmations": {}, "revision": person}
                for person in persons
            ]
            await session.execute(insert(Event), rows)

    async def revoke(self, phones: Collection[int]) -> None:
        """Take their access from some."""
        theirs = update(Account).where(col(Account.channel_address).in_(phones)).values(revoked_at=self.clock())
        async with self.database.transaction() as session:
            await session.execute(theirs)

    async def ended(self) -> int:
        """Return how many messages are over."""
        query = select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.state).in_(ENDED))
        async with self.database.transaction() as session:
            return int(await session.scalar(query) or 0)

    async def waiting(self) -> int:
        """Return how many messages have not left yet."""
        query = select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.state).not_in(ENDED))
        async with self.database.transaction() as session:
            return int(await session.scalar(query) or 0)

    async def holder(self) -> int | None:
        """Return the process that holds the sender lease."""
        async with self.database.transaction() as session:
            name = await session.scalar(select(col(ChannelLine.holder)))
        return int(name.partition("-")[0]) if name else None

    async def states(self) -> dict[int, list[Delivery]]:
        """Return how the messages of each phone stand."""
        query = select(col(Account.channel_address), col(OutboxMessage.state)).join(
            OutboxMessage, col(OutboxMessage.account_id) == col(Account.id)
        )
        found: dict[int, list[Delivery]] = {}
        async with self.database.transaction() as session:
            for phone, state in await session.execute(query):
                found.setdefault(phone or 0, []).append(state)
        return found

    def shown(self) -> Counter[int]:
        """Return how many messages of the bot each phone shows."""
        chats = ((number, self.telegram.chats[number]) for number in self.phones)
        return Counter(number for number, chat in chats for said in chat.messages.values() if said.author == "bot")


@asynccontextmanager
async def crowd(database_url: str, folder: Path, number: int, times: float) -> AsyncIterator[Crowd]:
    """So many job coaches with a person each, a week before the date, and no worker yet; everything so many times
    faster than it is.
    """
    ahead = (J_7 - system_clock()).total_seconds()
    phones = range(FIRST, FIRST + number)
    database = Database(database_url)
    await _plant(database, phones)
    simulated = SimulatorSettings(token=TOKEN, rate_scale=times)
    names = ((phone, f"Coach {phone}") for phone in phones)
    with local_redis() as redis_url:
        async with running(settings=simulated, people=names) as local:
            for phone in phones:
                local.state.people[phone].started = True
            settings = environment(local.url, database_url, redis_url, folder)
            settings |= {TIMES: str(times), AHEAD: str(ahead)}
            built = Crowd(database, local.state, redis_url, settings, phones, clock_ahead(ahead))
            try:
                yield built
            finally:
                built.close()
                await database.dispose()


async def _plant(database: Database, phones: Sequence[int]) -> None:
    """Write an open campaign, dispositifs of ten job coaches, and their persons, of whom nobody is entered."""
    dispositifs = range(1, math.ceil(len(phones) / COACHES_EACH) + 1)
    coaches = [(number, phone, dispositifs[(number - 1) // COACHES_EACH]) for number, phone in enumerate(phones, 1)]
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {
        Campaign: [{"id": 1, "date": DAY, "opens": DAY.replace(day=1), "closes": DAY + timedelta(days=15)}],
        Dispositif: [
            {
                "id": n,
                "reference": _reference(n),
                "departement_no": "69",
                "emails_conseillers": [],
                "statut": "en_activite",
            }
            for n in dispositifs
        ],
        Structure: [{"id": n, "dispositif_id": n, "name": "Les Tilleuls"} for n in dispositifs],
        Account: [
            {"id": n, "email": f"compte{phone}@exemple.fr", "channel_address": phone, "created_at": J_7}
            for n, phone, _ in coaches
        ],
        RoleGrant: [
            {"account_id": n, "role": Role.JOB_COACH, "scope": f"dispositif:{_reference(of)}", "granted_at": J_7}
            for n, _, of in coaches
        ],
        Person: [
            {
                "id": n,
                "reference": f"{_reference(of)}{n:09}",
                "dispositif_id": of,
                "structure_id": of,
                "coach_id": n,
                "entry_date": date(2024, 3, 4),
            }
            for n, _, of in coaches
        ],
    }
    async with database.transaction() as session:
        for table, planted in rows.items():
            await session.execute(insert(table), planted)


def _reference(number: int) -> str:
    """Return the reference of a dispositif: three letters and two figures."""
    return f"AA{chr(65 + number // 100)}{number % 100:02}"
