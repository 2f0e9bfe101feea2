"""The scheduler put together."""

import asyncio

from bot.logs import configure_logs
from bot.supervisor import stop_on_signals
from models.base.clock import system_clock
from models.base.settings import Settings
from tasks.scheduler import schedule


def main(of: Settings) -> None:
    """Tick until told to stop, by a signal or by the death of the supervisor."""
    configure_logs(of.log_format)
    asyncio.run(_until_stopped(of))


async def _until_stopped(of: Settings) -> None:
    await schedule(of, system_clock, stop_on_signals())
