"""How much of our code a tap, a reminder and an export run through: `python -m benchmarks.routes`.

Counted with a profile function, everything imported and warm: files, functions of them, and calls (a coroutine once,
however often it goes on). Libraries are left out.
"""

import asyncio
import dis
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

from sqlalchemy import select, update
from sqlmodel import col

from benchmarks.caseloads import Caseload
from benchmarks.databases import sqlite
from benchmarks.phones import Phones, phones_of
from benchmarks.processes import ROOT, TOKEN, telegram
from bot.redis_server import local_redis
from bot.service import BotService, bot_service
from bot.telegram.incoming import read
from models.accounts.tables import Account, Role, RoleGrant
from models.base.settings import Settings
from models.campaigns.tables import Campaign
from models.events.tables import Event, EventState
from models.jobs.repository import ask
from models.reference.scopes import NATIONAL
from models.workbook.jobs import EXPORT
from reminders.due import due
from tasks.jobs.runner import JobRunner
from tasks.notifications.delivery import Deliveries
from tasks.notifications.rate_limiter import TELEGRAM_RATE_LIMIT, RateLimiter
from tasks.notifications.sending import Sending
from tasks.scheduler import Scheduler
from tasks.telegram.client import telegram as client

PRODUCT = tuple(str(ROOT / layer) + "/" for layer in ("bot", "handlers", "models", "reminders", "tasks"))
PERSONS = 4
ADMIN = 5900


@dataclass
class Route:
    """What was called on a route, in every thread that counts for it."""

    calls: Counter[CodeType] = field(default_factory=Counter)

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count what this thread calls."""
        sys.setprofile(self._note)
        try:
            yield
        finally:
            sys.setprofile(None)

    def __str__(self) -> str:
        files = {code.co_filename for code in self.calls}
        return f"{len(files)} files, {len(self.calls)} functions, {self.calls.total()} calls"

    def _note(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(PRODUCT) or code.co_name.startswith("<"):
            return
        if frame.f_lasti <= _first_step(code):
            self.calls[code] += 1


@cache
def _first_step(code: CodeType) -> int:
    """Return where a function begins: a coroutine that goes on is further."""
    return next((step.offset for step in dis.get_instructions(code) if step.opname == "RESUME"), 0)


@dataclass
class Stage:
    """A bot, a worker's parts and a scheduler on one database. `now` is what all of them take the time to be."""

    service: BotService
    phones: Phones
    settings: Settings
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def tap(self, caseload: Caseload) -> Route:
        """« Rien n'a changé », from Telegram's JSON to the edited message."""
        message = await self.phones.opened(caseload.phone)
        await self.phones.forget_waiting()
        route = Route()
        for data in caseload.taps():
            await self.phones.press(caseload.phone, message, data=data)
            route = Route()
            for raw in await self.service.bot.call("getUpdates"):
                with route.counted():
                    update_ = read(raw)
                    assert update_ is not None
                    await self.service.handle(update_)
        return route

    async def reminder(self) -> Route:
        """One reminder to one coach: planned, written, sent."""
        route = Route()
        async with self._worker() as (deliveries, _):
            scheduler = Scheduler(self.service.database, lambda: self.now, self.service.enqueue)
            for moment in await self._moments():
                self.now = moment
                route = Route()
                with route.counted():
                    await scheduler.tick()
                    await deliveries.drain()
        return route

    async def export(self) -> Route:
        """An export that an administrator asked for: the workbook is written, its link told."""
        await self.phones.opened(ADMIN)
        route = Route()
        async with self._worker() as (deliveries, runner):
            for job in await self._exports():
                route = Route()
                with route.counted():
                    await asyncio.to_thread(_done, route, runner, job)
                    await deliveries.drain()
        return route

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator[tuple[Deliveries, JobRunner]]:
        database, enqueue = self.service.database, self.service.enqueue
        limiter = RateLimiter(TELEGRAM_RATE_LIMIT, lambda: self.now)
        async with client(self.settings, limiter) as bot:
            sending = Sending(database, bot, lambda: self.now, self.settings.data_dir)
            deliveries = Deliveries(database, lambda: self.now, sending, limiter, TELEGRAM_RATE_LIMIT)
            yield deliveries, JobRunner(self.settings, database, bot, lambda: self.now, enqueue)

    async def _moments(self) -> list[datetime]:
        """Return the first two moments from now at which somebody is to be reminded: one to warm up, one to count."""
        hour = self.now.replace(minute=0, second=0, microsecond=0)
        found: list[datetime] = []
        days: set[datetime] = set()
        while len(found) < 2:
            hour += timedelta(hours=1)
            async with self.service.database.snapshot() as session:
                planned = [one for one in await due(session, hour) if one.held_until is None]
            day = hour.replace(hour=0)
            if planned and day not in days:
                days.add(day)
                found.append(hour)
        return found

    async def _exports(self) -> list[int]:
        """Write an administrator and validated events; ask for two exports: one to warm up, one to count."""
        async with self.service.database.transaction() as session:
            admin = Account(email="admin@exemple.fr", channel_address=ADMIN, created_at=self.now)
            session.add(admin)
            await session.flush()
            assert admin.id is not None
            session.add(RoleGrant(account_id=admin.id, role=Role.ADMIN, scope=NATIONAL, granted_at=self.now))
            opened = (await session.scalars(select(Campaign).where(col(Campaign.closed_at).is_(None)))).one()
            await session.execute(
                update(Event).where(col(Event.campaign_id) == opened.id).values(state=EventState.VALIDATED)
            )
            asked = {"day": opened.date.isoformat(), "scope": NATIONAL}
            return [await ask(session, self.now, EXPORT, admin.id, **asked) for _ in range(2)]


def _done(route: Route, runner: JobRunner, job: int) -> None:
    with route.counted():
        runner.do(EXPORT, job)


async def _measured(url: str, database_url: str, redis_url: str, folder: Path, caseload: Caseload) -> None:
    settings = Settings(
        telegram_token=TOKEN,
        telegram_api_url=url,
        database_url=database_url,
        redis_url=redis_url,
        data_dir=folder,
        secret_key="measured",
    )
    async with phones_of(url) as phones, bot_service(settings) as service:
        stage = Stage(service, phones, settings)
        print(f"tap: {await stage.tap(caseload)}")
        print(f"export: {await stage.export()}")
        print(f"reminder: {await stage.reminder()}")


def main() -> None:
    """Count and print."""
    with (
        sqlite(1, PERSONS) as copies,
        local_redis() as redis,
        telegram() as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        database_url = asyncio.run(copies.fresh())
        asyncio.run(_measured(url, database_url, redis, Path(folder), copies.caseloads[0]))


if __name__ == "__main__":
    main()
