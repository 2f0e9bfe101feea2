"""A worker process of a test, which sends so many times faster than Telegram would let it."""

import asyncio
import os

from bot.logs import configure_logs
from bot.supervisor import stop_on_signals
from models.clock import system_clock
from models.settings import Settings
from tasks.pace import TELEGRAMS_PACE, Pace
from tasks.worker import work

TIMES = "TIMES_AS_FAST"


async def _work(times: float) -> None:
    pace = Pace(rate=TELEGRAMS_PACE.rate * times, chat_s=TELEGRAMS_PACE.chat_s / times)
    await work(Settings(), system_clock, stop_on_signals(), (), pace)


if __name__ == "__main__":
    configure_logs("text")
    asyncio.run(_work(float(os.environ[TIMES])))
