"""Waiting before Telegram is asked again: longer each time, up to a limit, and not once the bot is to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError

log = logging.getLogger(__name__)

PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter)
"""Troubles that pass by themselves."""


class Patience:
    """The pauses between attempts of one thing."""

    def __init__(self, first_s: float, longest_s: float) -> None:
        self._first_s = first_s
        self._longest_s = longest_s
        self._next_s = first_s

    def start_over(self) -> None:
        """Begin with the shortest pause again: something has succeeded."""
        self._next_s = self._first_s

    async def wait(self, stop: asyncio.Event) -> None:
        """Pause, or return as soon as `stop` is set."""
        await _pause(stop, self._next_s)
        self._next_s = min(self._next_s * 2, self._longest_s)

    async def bear(self, error: Exception, stop: asyncio.Event) -> None:
        """Pause after a failure: for as long as Telegram asks, where it does."""
        if isinstance(error, TelegramRetryAfter):
            await _pause(stop, error.retry_after)
        else:
            await self.wait(stop)

    async def insist(self, ask: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
        """Ask until no passing trouble is in the way, or until `stop` is set; raises what another failure raises."""
        while not stop.is_set():
            try:
                await ask()
            except PASSING as error:
                log.warning("telegram does not answer yet", extra={"cause": type(error).__name__})
                await self.bear(error, stop)
            else:
                return


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    """Return when `stop` is set, or after so many seconds."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
