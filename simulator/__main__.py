"""`python -m simulator`: the local Telegram alone."""

import argparse
import asyncio
import contextlib

from simulator.app import Simulator, serve
from simulator.settings import SimulatorSettings


def main() -> None:
    parser = argparse.ArgumentParser(prog="simulator", description="A local Telegram with its phones.")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--token", help="the only bot token let in; the first to call when left out")
    parser.add_argument("--bot-username", default="jalon_demo_bot")
    parser.add_argument("--no-rates", action="store_true", help="without Telegram's rate limits")
    options = parser.parse_args()
    settings = SimulatorSettings(
        token=options.token,
        bot_username=options.bot_username,
        rate_scale=None if options.no_rates else 1.0,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.port, options.host, settings, _announce))


def _announce(simulator: Simulator) -> None:
    print(f"{simulator.url}/", flush=True)


if __name__ == "__main__":
    main()
