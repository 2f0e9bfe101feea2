"""The bot under cProfile, its imports left out: `python -m benchmarks.profiled_bot FILE`, with the bot's settings."""

import asyncio
import cProfile
import sys

from bot.service import bot_service
from bot.supervisor import stop_on_signals
from models.base.gc_paused import spare_what_is_there
from models.base.settings import Settings


async def _run() -> None:
    stop = stop_on_signals()
    async with bot_service(Settings()) as service:
        spare_what_is_there()
        await service.run(stop)


def main() -> None:
    """Run until told to stop, then write the statistics."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        asyncio.run(_run())
    finally:
        profile.disable()
        profile.dump_stats(sys.argv[1])


if __name__ == "__main__":
    main()
