"""How fast messages go to Telegram: so many messages a second overall, one a second to a chat, none while closed."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

from models.base.clock import Clock


@dataclass(frozen=True)
class RateLimit:
    """`rate` messages a second overall, and `chat_s` seconds between two to one chat.

    Telegram lets through about 30 a second: what is left is for the conversations.
    """

    rate: float = 20.0
    chat_s: float = 1.0

    @property
    def batch(self) -> int:
        """How many are claimed at a time: a quarter of a second's worth, which is all that a kill leaves in doubt."""
        return max(1, min(25, round(self.rate / 4)))


TELEGRAM_RATE_LIMIT = RateLimit()


class RateLimiter(AIORateLimiter):
    """Lets calls begin at the limited rate; once Telegram asks for silence, none begins before that is over.

    A call whose turn comes while sending is paused fails with `RetryAfter` without having left.
    """

    def __init__(self, limit: RateLimit, clock: Clock) -> None:
        # A batch at most at once: twenty in the first instant and twenty more in its second would be too many.
        super().__init__(overall_max_rate=limit.batch, overall_time_period=limit.batch / limit.rate, max_retries=0)
        self._clock = clock
        self._closed_until: datetime | None = None
        self._waiting = 0
        self._none_waits = asyncio.Event()
        self._none_waits.set()

    async def all_begun(self) -> None:
        """Return once no call waits for its turn."""
        await self._none_waits.wait()

    def close(self, until: datetime) -> None:
        """Let no call begin before that moment."""
        self._closed_until = max(self._closed_until or until, until)

    def silence(self) -> timedelta:
        """Return how long sending is still paused; zero when it is not."""
        if self._closed_until is None:
            return timedelta(0)
        return max(self._closed_until - self._clock(), timedelta(0))

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Call when it is the call's turn. Raises what the call raises, and `RetryAfter` while sending is paused."""
        waits = True
        self._waiting += 1
        self._none_waits.clear()

        def begin() -> None:
            nonlocal waits
            if waits:
                waits = False
                self._waiting -= 1
                if not self._waiting:
                    self._none_waits.set()

        async def in_turn(*given: Any, **named: Any) -> Any:
            begin()
            if silence := self.silence():
                raise RetryAfter(silence)
            try:
                return await callback(*given, **named)
            except RetryAfter as told:
                self.close(self._clock() + told_to_wait(told))
                raise

        try:
            return await super().process_request(in_turn, args, kwargs, endpoint, data, rate_limit_args)
        finally:
            begin()


def told_to_wait(error: RetryAfter) -> timedelta:
    """Return how long Telegram asks to wait."""
    told = error.retry_after
    return told if isinstance(told, timedelta) else timedelta(seconds=told)
