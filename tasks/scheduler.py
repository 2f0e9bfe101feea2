"""The scheduler: every minute it looks whether something is due, and writes what is to be told into the outbox.

It keeps nothing that matters: two of them at once, a tick repeated or a day missed tell nobody twice.
"""

import asyncio
import logging
from datetime import UTC, date, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.clock import Clock, local_day
from models.database import FAILURES, Database
from models.outbox.repository import tell_all
from models.reminders.standing import read_standing
from models.review.digest import is_time, write_digests
from models.settings import Settings
from models.wakeups import noted
from reminders.planning import plan
from tasks.enqueue import Enqueue

log = logging.getLogger(__name__)

EVERY_MINUTES = 1


class Scheduler:
    """Writes what is due. What fails is done again at the next tick."""

    def __init__(self, database: Database, clock: Clock, enqueue: Enqueue) -> None:
        self._database = database
        self._clock = clock
        self._enqueue = enqueue
        self._planned_at: datetime | None = None
        self._digested: date | None = None

    async def tick(self) -> None:
        """Write what is due at this moment."""
        now = self._clock()
        try:
            await self._remind(now)
            await self._digest(now)
        except FAILURES as error:
            log.warning("not planned", extra={"cause": type(error).__name__})

    async def _remind(self, now: datetime) -> None:
        """Look once an hour: hours wished for are whole, and so is every French zone's distance from UTC."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._planned_at == hour:
            return
        async with self._database.snapshot() as session:
            due = [r.telling(now) for r in plan(await read_standing(session, now), now) if r.held_until is None]
        async with self._database.transaction() as session:
            await tell_all(session, now, due)
        self._planned_at = hour
        await self._enqueue(noted(session))
        log.info("reminders planned", extra={"number": len(due)})

    async def _digest(self, now: datetime) -> None:
        if self._digested == local_day(now) or not is_time(now):
            return
        async with self._database.transaction() as session:
            await write_digests(session, now)
        self._digested = local_day(now)
        await self._enqueue(noted(session))


async def schedule(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Tick until `stop` is set."""
    database, enqueue = Database.from_settings(settings), Enqueue(settings)
    scheduler = Scheduler(database, clock, enqueue)
    ticks = AsyncIOScheduler(timezone=UTC)
    # A tick that was late or skipped is done once, as soon as it can be.
    ticks.add_job(scheduler.tick, "interval", minutes=EVERY_MINUTES, coalesce=True, misfire_grace_time=None)
    log.info("scheduler started")
    try:
        await scheduler.tick()
        ticks.start()
        await stop.wait()
        ticks.shutdown(wait=False)
    finally:
        enqueue.close()
        await database.dispose()
