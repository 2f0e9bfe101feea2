"""The scheduler: every minute it looks whether something is due, and writes what is to be told into the outbox.

It keeps nothing that matters: two of them at once, a tick repeated or a day missed tell nobody twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime

from models.base.clock import Clock, local_day
from models.base.database import FAILURES, Database
from models.base.gc_paused import gc_paused
from models.base.periodic import repeat
from models.base.settings import Settings
from models.jobs.repository import ask
from models.jobs.signals import noted
from models.meetings.jobs import PACK
from models.notifications.heartbeats.repository import SCHEDULER, give
from models.notifications.repository import AT_A_TIME, forget_what_arrived, notify_each
from models.review.digest import is_time, write_digests
from reminders.due import due, due_packs, due_soon
from tasks.enqueue import Enqueue

log = logging.getLogger(__name__)

EVERY_S = 60.0


class Scheduler:
    """Writes what is due. What fails is done again at the next tick."""

    def __init__(self, database: Database, clock: Clock, enqueue: Enqueue) -> None:
        self._database = database
        self._clock = clock
        self._enqueue = enqueue
        self._planned_at: datetime | None = None
        self._prepared_at: datetime | None = None
        self._digested: date | None = None
        self._forgot: date | None = None

    async def tick(self) -> None:
        """Write what is due at this moment: each part apart, so that what one of them meets stops no other.

        A sign of life is left where none of them failed: `jalon doctor` must not find well what tells nobody.
        """
        now = self._clock()
        parts = (self._remind, self._prepare, self._digest, self._forget)
        if all([await self._done(part, now) for part in parts]):
            await self._done(self._live, now)

    async def _done(self, part: Callable[[datetime], Awaitable[None]], now: datetime) -> bool:
        try:
            await part(now)
        except FAILURES as error:
            log.warning("not planned", extra={"part": part.__name__, "cause": type(error).__name__})
        except Exception:
            # Our own fault: whoever watches sees it, and the next tick tries again.
            log.exception("planning failed", extra={"part": part.__name__})
        else:
            return True
        return False

    async def _remind(self, now: datetime) -> None:
        hour = _hour(now)
        planned = due_soon if self._planned_at == hour else due
        with gc_paused():
            async with self._database.snapshot() as session:
                going = [r.notification(now) for r in await planned(session, now) if r.held_until is None]
            if going:
                async with self._database.transaction() as session:
                    await notify_each(session, now, going)
        if going:
            await self._enqueue(noted(session))
        if going or self._planned_at != hour:
            log.info("reminders planned", extra={"number": len(going)})
        self._planned_at = hour

    async def _prepare(self, now: datetime) -> None:
        """Ask for the packs of tomorrow's meetings, once an hour."""
        if self._prepared_at == _hour(now):
            return
        async with self._database.snapshot() as session:
            packs = await due_packs(session, now)
        async with self._database.transaction() as session:
            for one in packs:
                day = one.meeting.day.isoformat()
                await ask(session, now, PACK, one.account_id, meeting=one.meeting.id, day=day)
        self._prepared_at = _hour(now)
        await self._enqueue(noted(session))

    async def _digest(self, now: datetime) -> None:
        if self._digested == local_day(now) or not is_time(now):
            return
        async with self._database.transaction() as session:
            await write_digests(session, now)
        self._digested = local_day(now)
        await self._enqueue(noted(session))

    async def _forget(self, now: datetime) -> None:
        """Forget what old messages said, once a day; some at a time, for those who write meanwhile."""
        if self._forgot == now.date():
            return
        async with self._database.transaction() as session:
            number = await forget_what_arrived(session, now)
        if number:
            log.info("messages forgotten", extra={"number": number})
        if number < AT_A_TIME:
            self._forgot = now.date()

    async def _live(self, now: datetime) -> None:
        async with self._database.transaction() as session:
            await give(session, now, SCHEDULER)


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


async def schedule(settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
    """Tick until `stop` is set."""
    database, enqueue = Database.from_settings(settings), Enqueue(settings)
    scheduler = Scheduler(database, clock, enqueue)
    log.info("scheduler started")
    try:
        await repeat("tick", scheduler.tick, EVERY_S, stop)
    finally:
        enqueue.close()
        await database.dispose()
