"""Our own polling loop: fetch a batch, handle it, and only then confirm it to Telegram.

aiogram's own loop confirms updates before their handlers end, and loses them when the process dies.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramRetryAfter
from aiogram.types import Update

from bot.edge import Unavailable
from bot.incoming import incoming

log = logging.getLogger(__name__)

BATCH = 100
LONG_POLL_S = 25
CONCURRENCY = 32
"""Updates handled at once: enough to hide Telegram's latency, few enough to spare the database."""

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
ALLOWED = ("message", "callback_query")

Handle = Callable[[Update], Awaitable[object]]


class Polling:
    """Fetches, handles and confirms until told to stop."""

    def __init__(self, bot: Bot, handle: Handle, still_ours: Callable[[], Awaitable[bool]]) -> None:
        self.bot = bot
        self._handle = handle
        self._still_ours = still_ours
        self._slots = asyncio.Semaphore(CONCURRENCY)
        self._offset: int | None = None
        self._done: set[int] = set()
        self._pause = FIRST_PAUSE_S

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set or another bot takes over; what was handled is confirmed before leaving."""
        while not stop.is_set():
            if not await self._still_ours():
                log.warning("another bot has taken over: this one stops polling")
                return
            updates = await self._fetch(stop)
            if updates and not await self.handle_batch(updates):
                await self._wait(stop)
        await self._confirm()

    async def handle_batch(self, updates: Sequence[Update]) -> bool:
        """Handle a batch, people side by side and each one's updates in order; false if some must come again.

        The offset moves up to the first update that could not be committed.
        """
        chains: defaultdict[int, list[Update]] = defaultdict(list)
        for update in updates:
            if update.update_id not in self._done:
                came = incoming(update)
                chains[came.telegram_id if came else 0].append(update)
        failed = [
            update_id
            for update_id in await asyncio.gather(*(self._handle_chain(chain) for chain in chains.values()))
            if update_id is not None
        ]
        last = updates[-1].update_id
        self._offset = min(failed) if failed else last + 1
        self._done = {update_id for update_id in self._done if failed and update_id > self._offset}
        if not failed:
            self._pause = FIRST_PAUSE_S
        return not failed

    async def _handle_chain(self, chain: Sequence[Update]) -> int | None:
        """Handle one person's updates in order; return the first that must be delivered again."""
        for update in chain:
            async with self._slots:
                try:
                    await self._handle(update)
                except Unavailable as error:
                    log.error("database unavailable", extra={"cause": type(error.__cause__).__name__})
                    return update.update_id
            self._done.add(update.update_id)
        return None

    async def _fetch(self, stop: asyncio.Event) -> list[Update]:
        fetching = asyncio.ensure_future(
            self.bot.get_updates(
                offset=self._offset,
                limit=BATCH,
                timeout=LONG_POLL_S,
                allowed_updates=list(ALLOWED),
                request_timeout=LONG_POLL_S + 10,
            )
        )
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                return []
            return fetching.result()
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except TelegramConflictError:
            log.warning("another poll is open")
            await self._wait(stop)
        except TelegramAPIError as error:
            log.warning("updates not fetched", extra={"cause": type(error).__name__})
            await self._wait(stop)
        finally:
            fetching.cancel()
            stopping.cancel()
        return []

    async def _confirm(self) -> None:
        """Confirm what was handled, so that the next bot is not told it again."""
        if self._offset is None:
            return
        try:
            await self.bot.get_updates(offset=self._offset, limit=1, timeout=0, request_timeout=5)
        except TelegramAPIError as error:
            log.warning("last batch not confirmed", extra={"cause": type(error).__name__})

    async def _wait(self, stop: asyncio.Event) -> None:
        """Pause before trying again, longer each time."""
        try:
            await asyncio.wait_for(stop.wait(), self._pause)
        except TimeoutError:
            self._pause = min(self._pause * 2, LONGEST_PAUSE_S)
