"""A worker process of a test, on the test's clock, which sends so many times faster than Telegram would let it."""

import asyncio
import os
from datetime import timedelta

from bot.logs import configure_logs
from bot.supervisor import stop_on_signals
from models.base.clock import Clock, system_clock
from models.base.settings import Settings
from tasks.notifications.rate_limiter import TELEGRAM_RATE_LIMIT, RateLimit
from tasks.worker import work

TIMES = "TIMES_AS_FAST"
AHEAD = "SECONDS_AHEAD"


def clock_ahead(seconds: float) -> Clock:
    """Return a clock that is so many seconds ahead of the machine's."""
    ahead = timedelta(seconds=seconds)
    return lambda: system_clock() + ahead


async def _work(times: float) -> None:
    pace = RateLimit(rate=TELEGRAM_RATE_LIMIT.rate * times, chat_s=TELEGRAM_RATE_LIMIT.chat_s / times)
    clock = clock_ahead(float(os.environ[AHEAD]))
    await work(Settings(), clock, stop_on_signals(), (), pace)


if __name__ == "__main__":
    configure_logs("text")
    asyncio.run(_work(float(os.environ[TIMES])))
