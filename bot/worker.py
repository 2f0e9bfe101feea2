"""The worker put together."""

import asyncio
import logging
from collections.abc import Collection

from bot.logs import configure_logs
from bot.supervisor import stop_on_signals
from models.base.clock import system_clock
from models.base.settings import Settings
from models.jobs.kinds import JobKind
from models.kinds import JOB_KINDS
from tasks.worker import work


def main(of: Settings, kinds: Collection[JobKind] = JOB_KINDS.values()) -> None:
    """Work until told to stop, by a signal or by the death of the supervisor."""
    configure_logs(of.log_format)
    # It tells each refused rate with a traceback; that a message waits is logged where it is decided.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    asyncio.run(_until_stopped(of, kinds))


async def _until_stopped(of: Settings, kinds: Collection[JobKind]) -> None:
    await work(of, system_clock, stop_on_signals(), kinds)
