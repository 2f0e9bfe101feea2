"""The one line to Telegram: of all workers, one takes the messages, and another takes over when it dies."""

import asyncio
import logging
import os
import secrets
from datetime import timedelta

from dramatiq import Actor, Worker

from models.base.clock import Clock
from models.base.database import FAILURES, Database
from models.base.periodic import repeat
from models.notifications.delivery.repository import give_up_forgotten
from models.notifications.repository import DELIVER
from models.notifications.sender_lease.repository import closed_until, release, take
from tasks.broker import queue_of, redis_broker
from tasks.notifications.delivery import Deliveries
from tasks.notifications.rate_limiter import RateLimiter

log = logging.getLogger(__name__)

HELD_FOR = timedelta(seconds=3)
RENEWED_EVERY_S = 1.0
THREADS = 2
"""One that sends, and one that tells it that there is more."""

IDLE_MS = 200
PATIENCE_MS = 8_000


class SenderLease:
    """Takes messages from the queue of Telegram as long as this process holds the sender lease."""

    def __init__(
        self, database: Database, redis_url: str, clock: Clock, limiter: RateLimiter, deliveries: Deliveries
    ) -> None:
        self._database = database
        self._redis_url = redis_url
        self._clock = clock
        self._limiter = limiter
        self._deliveries = deliveries
        self._name = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._worker: Worker | None = None
        self._loop = asyncio.get_running_loop()

    async def run(self, stop: asyncio.Event) -> None:
        """Hold the lease, or wait for it, until `stop` is set; then leave it to another."""
        await repeat("lease", self._look, RENEWED_EVERY_S, stop)
        await self._leave()
        try:
            async with self._database.transaction() as session:
                await release(session, self._name)
        except FAILURES as error:
            log.warning("line not released", extra={"cause": type(error).__name__})

    async def _look(self) -> None:
        # Where the database is away, whoever sends cannot claim anything either: nothing is to be left.
        held = await self._hold()
        if held and self._worker is None:
            self._open()
        elif not held and self._worker is not None:
            log.warning("line lost")
            await self._leave()

    async def _hold(self) -> bool:
        now = self._clock()
        async with self._database.transaction() as session:
            held = await take(session, now, self._name, now + HELD_FOR)
            if not held or self._worker is not None:
                return held
            # Whoever held the lease before sends no more: what it had claimed and not accounted for is in doubt.
            forgotten = await give_up_forgotten(session, now, timedelta(0))
            closed = await closed_until(session)
        if forgotten:
            log.warning("messages perhaps not sent", extra={"number": forgotten})
        if closed is not None:
            self._limiter.close(closed)
        return True

    def _open(self) -> None:
        """Begin to take messages."""
        broker = redis_broker(self._redis_url)
        Actor(self._drain, broker=broker, actor_name=DELIVER, queue_name=queue_of(DELIVER), priority=0, options={})
        self._deliveries.start()
        self._worker = Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MS)
        self._worker.start()
        log.info("line taken", extra={"holder": self._name})

    async def _leave(self) -> None:
        """Take no more messages; what is being sent is still accounted for."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._deliveries.stop()
            await asyncio.to_thread(worker.stop, PATIENCE_MS)
            worker.broker.close()

    def _drain(self) -> None:
        asyncio.run_coroutine_threadsafe(self._deliveries.drain(), self._loop).result()
