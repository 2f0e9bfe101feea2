"""What may be chosen about a local Telegram."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatorSettings:
    """One bot, its phones, and how strict time is.

    `token`: the only token let in; without it the first well-formed token becomes the bot's.
    `rate_scale`: 1 keeps Telegram's rates, 10 allows ten times as much, None turns them off.
    `clock`: seconds since 1970; every retention and every rate is counted on it.
    """

    token: str | None = None
    bot_name: str = "Jalon"
    bot_username: str = "jalon_demo_bot"
    rate_scale: float | None = 1.0
    clock: Clock = time.time
    press_wait_s: float = 10.0
    webhook_retry_s: float = 1.0
    calls_kept: int = 200_000
