"""Our own polling loop: fetch, handle, and only then confirm to Telegram.

aiogram's own loop confirms updates before their handlers end, and loses them when the process dies. Here an update
is confirmed once what it decided is committed and so is every one before it; showing it may take longer. Until then
Telegram tells it again with each fetch: what is under way is passed over, what is new is begun, so that nobody waits
for somebody else's slow phone.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from aiogram.exceptions import TelegramAPIError, TelegramConflictError

from bot.telegram.client import Telegram
from bot.telegram.incoming import Unreadable, Update, read
from bot.telegram.patience import Patience
from handlers.conversation import Unavailable

log = logging.getLogger(__name__)

BATCH = 100
LONG_POLL_S = 25
CONCURRENCY = 32
"""Updates handled at once: enough to hide Telegram's latency, few enough to spare the database."""

POLL_DELAY_S = 0.002
LONGEST_POLL_DELAY_S = 0.2
"""How long to wait for each update under way before asking again, longer each time that nothing new came: the more is
told again, the more it costs."""

LEASE_EVERY_S = 1.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0
ALLOWED = ("message", "callback_query")

UNFORESEEN = "update ended as nobody foresaw"
"""Its effect, if it had any, is committed. It is let go: coming round for ever, it would stop everybody else's."""

Handle = Callable[[Update, Callable[[], None]], Awaitable[object]]
"""Handles an update; calls what it is given once the effect is committed."""


class _NotUpdates(Exception):
    """Something else came where updates were asked for."""


def _updates(told: object) -> list[dict[str, Any]]:
    """Return the updates told, each of which has its number; raises `_NotUpdates`."""
    if not isinstance(told, list):
        raise _NotUpdates
    for raw in told:
        if not (isinstance(raw, dict) and isinstance(raw.get("update_id"), int)):
            raise _NotUpdates
    return told


class Window:
    """The updates fetched and not confirmed yet, and from which one on to ask."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._open: set[int] = set()
        self._done: set[int] = set()
        self._again: set[int] = set()
        self.idle = asyncio.Event()
        self.roomy = asyncio.Event()
        self._signal()

    @property
    def offset(self) -> int | None:
        """The first update that is not handled: those before it are confirmed by asking from there."""
        return min(self._open | self._again, default=self._next)

    @property
    def under_way(self) -> int:
        """How many updates are fetched and not handled."""
        return len(self._open)

    @property
    def must_come_again(self) -> bool:
        """Whether an update could not be committed."""
        return bool(self._again)

    def take(self, update_ids: Sequence[int]) -> set[int]:
        """Note what was fetched, oldest first; return what is new.

        A number says nothing by being low: after a week without updates Telegram goes on from a place of its choice.
        """
        # What was to come again and did not has expired: a fetch tells all from the first that is not handled.
        self._again.clear()
        # What was handled while the fetch was on its way is told again; what is told no more need not be known.
        self._done.intersection_update(update_ids)
        new = set(update_ids) - self._open - self._done
        self._open |= new
        if update_ids:
            self._next = update_ids[-1] + 1
        self._signal()
        return new

    def done(self, update_id: int) -> None:
        """Note that an update is handled."""
        self._open.discard(update_id)
        self._done.add(update_id)
        self._signal()

    def ask_again(self, update_id: int) -> None:
        """Note that an update must be delivered again."""
        self._open.discard(update_id)
        self._again.add(update_id)
        self._signal()

    def _signal(self) -> None:
        for event, is_so in ((self.idle, not self._open), (self.roomy, len(self._open) <= CONCURRENCY)):
            if is_so:
                event.set()
            else:
                event.clear()


class Polling:
    """Fetches, handles and confirms until told to stop."""

    def __init__(self, bot: Telegram, handle: Handle, still_ours: Callable[[], Awaitable[bool]]) -> None:
        self.bot = bot
        self._handle = handle
        self._still_ours = still_ours
        self._asked_at = float("-inf")
        self._slots = asyncio.Semaphore(CONCURRENCY)
        self._window = Window()
        self._chains: dict[int, deque[Update]] = {}
        self._poll_delay = POLL_DELAY_S
        self._patience = Patience(FIRST_PAUSE_S, LONGEST_PAUSE_S)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set or another bot takes over; what was begun is finished before leaving."""
        async with asyncio.TaskGroup() as chains:
            while not stop.is_set():
                if not await self._may_go_on():
                    log.warning("another bot has taken over: this one stops polling")
                    return
                fetched = await self._fetch(stop)
                if fetched is None:
                    continue
                self._begin(fetched, chains)
                await self._rest(stop)
        await self._confirm()

    async def _may_go_on(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._asked_at < LEASE_EVERY_S:
            return True
        self._asked_at = now
        return await self._still_ours()

    def _begin(self, fetched: Sequence[dict[str, Any]], chains: asyncio.TaskGroup) -> None:
        """Begin what is new: people side by side, each one's updates in order."""
        new = self._window.take([raw["update_id"] for raw in fetched])
        self._poll_delay = POLL_DELAY_S if new else min(self._poll_delay * 2, LONGEST_POLL_DELAY_S)
        for raw in fetched:
            if raw["update_id"] not in new:
                continue
            try:
                update = read(raw)
            except Unreadable:
                # Delivered again it would be no more readable: said once, and let go.
                log.error("unreadable update")
                update = None
            if update is None:
                self._window.done(raw["update_id"])
                continue
            person = update.incoming.sender
            if person in self._chains:
                self._chains[person].append(update)
            else:
                self._chains[person] = deque([update])
                chains.create_task(self._follow(person))

    async def _follow(self, person: int) -> None:
        """Handle one person's updates in order, for as long as there are any."""
        chain = self._chains[person]
        try:
            while chain:
                committed = partial(self._window.done, chain[0].incoming.number)
                async with self._slots:
                    await self._one(chain[0], committed)
                committed()  # also where there was nothing to commit
                chain.popleft()
        except Unavailable as error:
            log.error("database unavailable", extra={"cause": type(error.__cause__).__name__})
            for update in chain:
                self._window.ask_again(update.incoming.number)
        finally:
            del self._chains[person]

    async def _one(self, update: Update, committed: Callable[[], None]) -> None:
        try:
            await self._handle(update, committed)
        except Unavailable:
            raise
        except Exception:
            log.exception(UNFORESEEN, extra={"update_id": update.incoming.number})

    async def _rest(self, stop: asyncio.Event) -> None:
        """Wait until it is worth fetching again."""
        if self._window.must_come_again:
            await self._patience.wait(stop)
            return
        await self._window.roomy.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(min(self._poll_delay * self._window.under_way, LONGEST_POLL_DELAY_S)):
                await self._window.idle.wait()

    async def _fetch(self, stop: asyncio.Event) -> list[dict[str, Any]] | None:
        """Return what Telegram tells; none at all where it told nothing, having failed or been stopped."""
        timeout = LONG_POLL_S if self._window.idle.is_set() else 0
        fetching = asyncio.ensure_future(
            self.bot.call(
                "getUpdates",
                within_s=LONG_POLL_S + 10,
                offset=self._window.offset,
                limit=BATCH,
                timeout=timeout,
                allowed_updates=ALLOWED,
            )
        )
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not fetching.done():
                return None
            fetched = _updates(fetching.result())
            if not self._window.must_come_again:
                self._patience.start_over()
            return fetched
        except TelegramConflictError:
            log.warning("another poll is open")
            self._asked_at = float("-inf")
            await self._patience.wait(stop)
        except (TelegramAPIError, _NotUpdates) as error:
            log.warning("updates not fetched", extra={"cause": type(error).__name__})
            await self._patience.bear(error, stop)
        finally:
            fetching.cancel()
            stopping.cancel()
        return None

    async def _confirm(self) -> None:
        """Confirm what was handled, so that the next bot is not told it again."""
        if self._window.offset is None:
            return
        try:
            await self.bot.call("getUpdates", within_s=5, offset=self._window.offset, limit=1, timeout=0)
        except TelegramAPIError as error:
            log.warning("last batch not confirmed", extra={"cause": type(error).__name__})
