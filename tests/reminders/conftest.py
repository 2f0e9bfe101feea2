"""Days that pass over the application, its scheduler and its worker: set the clock, enter, advance, read the phones."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from models.accounts.tables import Account, Role
from models.base.clock import PARIS
from models.notifications.tables import Delivery, OutboxMessage
from tasks.enqueue import Enqueue
from tasks.scheduler import Scheduler
from tasks.worker import work
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, Application
from tests.harness.fixtures import app, coach, redis_url
from tests.harness.phone import plain
from tests.harness.waiting import until
from tests.harness.wired import over_http
from tests.reminders.monday import busy

__all__ = ["app", "busy", "coach", "redis_url"]

CHEF, ADMIN = 1003, 1004
PATIENCE_S = 15.0
HOUR = timedelta(hours=1)
LOOKED_AT = {3, *range(7, 21)}
"""The hours of Paris at which the phones are looked at: all those of the day, the evening, and one of the night."""

OPENING = datetime(2026, 12, 1, 7, 0, tzinfo=PARIS)

Told = tuple[str, int, str]
"""When by the clock of Paris, to which phone, the first line of it."""


@dataclass
class Days:
    """The application on virtual time. `schedulers`: so many tick at once."""

    app: Application
    schedulers: list[Scheduler]
    phones: tuple[int, ...]
    _read: dict[int, int] = field(default_factory=dict)

    async def pass_until(self, moment: datetime) -> list[Told]:
        """Let the time pass, an hour at a time; return what the phones were told meanwhile."""
        told: list[Told] = []
        while self.app.now < moment:
            self.app.now += HOUR
            if self.app.now.astimezone(PARIS).hour not in LOOKED_AT:
                continue
            await self.tick()
            told += await self._read_phones()
        return told

    async def tick(self) -> None:
        """Tick once, and have what is due delivered."""
        await asyncio.gather(*(scheduler.tick() for scheduler in self.schedulers))
        async with asyncio.timeout(PATIENCE_S):
            await until(self._delivered, every_s=0.02)

    async def jump_to(self, moment: datetime) -> None:
        """Let the time pass with the machine off."""
        self.app.now = moment

    async def _delivered(self) -> bool:
        """Whether nothing that is due is still on its way."""
        waiting = {Delivery.PENDING, Delivery.SENDING}
        rows = await self.app.rows(OutboxMessage)
        return not any(row.state in waiting and row.due_at <= self.app.now for row in rows)

    async def _read_phones(self) -> list[Told]:
        told = []
        for number in self.phones:
            async with over_http(self.app).http.get(f"/sim/users/{number}/chat") as answer:
                chat = await answer.json()
            new = [m for m in chat if m["from"] == "bot" and m["message_id"] > self._read.get(number, 0)]
            self._read[number] = max((m["message_id"] for m in chat), default=0)
            when = self.app.now.astimezone(PARIS)
            told += [(f"{when:%m-%d %H}", number, plain(m["text"].splitlines()[0])) for m in new]
        return told


@pytest.fixture
async def days(app: Application, coach: Account) -> AsyncIterator[Days]:
    """Six persons for the coach, a chef de file, an administrator; two schedulers, one worker, from the opening on."""
    phones = (COACH, COORDINATOR, CHEF, ADMIN)
    async with app.database.transaction() as session:
        await factories.account(session, CHEF, Role.CHEF_DE_FILE, "departement:69", "chef@exemple.fr")
        await factories.account(session, ADMIN, Role.ADMIN, "national", "admin@exemple.fr")
        for day in (date(2026, 12, 1), date(2027, 1, 4)):
            await factories.kept_point(session, day)  # these are the days of the campaign alone
        for number in range(1, 7):
            await factories.person(session, number, coach, past=factories.USUAL)
    app.now = OPENING
    for number in phones:
        await app.phone(number).send("/aide")
    enqueue = Enqueue(app.settings)
    schedulers = [Scheduler(app.database, lambda: app.now, enqueue) for _ in range(2)]
    stop = asyncio.Event()
    working = asyncio.create_task(work(app.settings, lambda: app.now, stop))
    opened = Days(app, schedulers, phones)
    await opened._read_phones()
    yield opened
    stop.set()
    await working
    enqueue.close()
