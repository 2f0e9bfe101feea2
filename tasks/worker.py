"""A worker: the threads that take messages, and the main loop in which they send and keep account."""

import asyncio
import logging
from collections.abc import Collection
from contextlib import AsyncExitStack

from dramatiq import Worker

from models.base.clock import Clock
from models.base.database import Database
from models.base.settings import Settings
from models.jobs.kinds import JobKind
from models.kinds import JOB_KINDS
from tasks.broker import redis_broker
from tasks.enqueue import Enqueue
from tasks.jobs.actors import declare_actors
from tasks.jobs.runner import JobRunner
from tasks.jobs.sweep import Sweep
from tasks.notifications.delivery import Deliveries
from tasks.notifications.mail import Mail, MailAddressRefused
from tasks.notifications.rate_limiter import TELEGRAM_RATE_LIMIT, RateLimit, RateLimiter
from tasks.notifications.sender_lease import SenderLease
from tasks.notifications.sending import Sending
from tasks.telegram.client import telegram

log = logging.getLogger(__name__)

THREADS = 4
IDLE_MS = 200
"""How often an idle worker looks for messages."""

PATIENCE_MS = 8_000
"""Less than the supervisor's: a job that will not pause is taken over by another worker."""


async def work(
    settings: Settings,
    clock: Clock,
    stop: asyncio.Event,
    kinds: Collection[JobKind] = JOB_KINDS.values(),
    limit: RateLimit = TELEGRAM_RATE_LIMIT,
) -> None:
    """Take messages until `stop` is set; jobs under way are then given back."""
    async with AsyncExitStack() as stack:
        database = Database.from_settings(settings)
        stack.push_async_callback(database.dispose)
        enqueue = Enqueue(settings)
        stack.callback(enqueue.close)
        limiter = RateLimiter(limit, clock)
        client = await stack.enter_async_context(telegram(settings, limiter))
        runner = JobRunner(settings, database, client, clock, enqueue)
        broker = redis_broker(settings.redis_url)
        stack.callback(broker.client.close)
        declare_actors(broker, runner, kinds)
        worker = Worker(broker, worker_threads=THREADS, worker_timeout=IDLE_MS)
        worker.start()
        sending = Sending(database, client, clock, settings.data_dir, _mail(settings))
        deliveries = Deliveries(database, clock, sending, limiter, limit)
        lease = SenderLease(database, settings.redis_url, clock, limiter, deliveries)
        periodic = asyncio.gather(lease.run(stop), Sweep(database, clock, enqueue).run(stop))
        log.info("worker started")
        await stop.wait()
        runner.stop()
        await asyncio.gather(asyncio.to_thread(worker.stop, PATIENCE_MS), periodic)


def _mail(settings: Settings) -> Mail | None:
    if not settings.smtp_url:
        return None
    try:
        return Mail(settings.smtp_url)
    except MailAddressRefused:
        # `jalon doctor` says what is wrong; whoever Telegram reaches is not to wait for that.
        log.error("no e-mail: JALON_SMTP_URL cannot be used")
        return None
