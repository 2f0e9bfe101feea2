"""Finds what a crash, a lost Redis or a wait left behind, and calls the workers for it again."""

import asyncio
import logging

from models.base.clock import Clock
from models.base.database import Database
from models.base.periodic import repeat
from models.jobs.attempts.repository import left_over, mark_dead
from models.jobs.signals import JobSignal
from models.notifications.delivery.repository import give_up_forgotten, something_due, withdraw_stale
from models.notifications.repository import DELIVER
from tasks.enqueue import Enqueue

log = logging.getLogger(__name__)

EVERY_S = 2.0


class Sweep:
    """Looks at the rows that no signal may stand for any more."""

    def __init__(self, database: Database, clock: Clock, enqueue: Enqueue) -> None:
        self._database = database
        self._clock = clock
        self._enqueue = enqueue
        self._starting = True

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until `stop` is set; at first, what was handed over before this worker began too."""
        await repeat("sweep", self._sweep, EVERY_S, stop)

    async def _sweep(self) -> None:
        await self.once(starting=self._starting)
        self._starting = False

    async def once(self, *, starting: bool = False) -> list[JobSignal]:
        """Sweep once; return what the workers are called for."""
        now = self._clock()
        async with self._database.transaction() as session:
            signals = await left_over(session, now, all_of_them=starting)
            for job in await mark_dead(session, now):
                log.error("job dead: it killed its worker every time", extra={"job": job.id, "kind": job.kind})
            forgotten = await give_up_forgotten(session, now)
            stale = await withdraw_stale(session, now)
            if await something_due(session, now):
                signals.append(JobSignal(DELIVER))
        if stale:
            log.info("messages withdrawn", extra={"number": stale, "why": "stale"})
        if forgotten:
            log.warning("messages perhaps not sent", extra={"number": forgotten})
        await self._enqueue(signals)
        return signals
