"""A worker: the threads that take messages, and the main loop in which they send and keep account."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack

from dramatiq import Worker

from models.clock import Clock
from models.database import Database
from models.settings import Settings
from tasks.actors import declare_actors
from tasks.broker import redis_broker
from tasks.delivery import Deliveries
from tasks.enqueue import Enqueue
from tasks.kinds import KINDS
from tasks.sweep import Sweep
from tasks.telegram import telegram
from tasks.work import Kind
from tasks.workshop import Workshop

log = logging.getLogger(__name__)

THREADS = 4
IDLE_MS = 200
"""How often an idle worker looks for messages."""

PATIENCE_MS = 8_000
"""Less than the supervisor's: a job that will not pause is taken over by another worker."""


async def work(settings: Settings, clock: Clock, stop: asyncio.Event, kinds: Sequence[Kind] = KINDS) -> None:
    """Take messages until `stop` is set; jobs under way are then given back."""
    async with AsyncExitStack() as stack:
        database = Database.from_settings(settings)
        stack.push_async_callback(database.dispose)
        enqueue = Enqueue(settings)
        stack.callback(enqueue.close)
        client = await stack.enter_async_context(telegram(settings))
        deliveries = Deliveries(database, client, clock, settings.data_dir)
        workshop = Workshop(settings, database, client, clock, enqueue)
        broker = redis_broker(settings.redis_url)
        stack.callback(broker.client.close)
        declare_actors(broker, workshop, deliveries, kinds)
        worker = Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MS)
        worker.start()
        sweeping = asyncio.create_task(Sweep(database, clock, enqueue).run())
        log.info("worker started")
        await stop.wait()
        sweeping.cancel()
        workshop.stop()
        await asyncio.to_thread(worker.stop, PATIENCE_MS)
        await asyncio.gather(sweeping, return_exceptions=True)
