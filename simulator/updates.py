"""The updates that wait for the bot: kept until confirmed, and for no longer than Telegram keeps them."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from simulator.errors import BotApiError
from simulator.settings import Clock

MESSAGE_RETENTION_S = 24 * 3600
CALLBACK_RETENTION_S = 150
MAX_POLL_S = 50
MAX_BATCH = 100
FURTHEST_AHEAD = 10
"""An offset further ahead of what will be numbered next is of another numbering, and confirms nothing."""

_ON_DEMAND_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Update:
    """An update, already written as JSON; `lane` is the chat within which order is kept."""

    update_id: int
    lane: int
    expires: float
    json: str


class Updates:
    """The queue, seen by `getUpdates` and by the webhook."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = first_id(clock)
        # An ordered dict forgets its head in constant time; a plain one would scan its tombstones.
        self._waiting: OrderedDict[int, Update] = OrderedDict()
        self._poll: asyncio.Future[None] | None = None
        self.allowed: tuple[str, ...] = ()
        self.deliver: Callable[[Update], None] | None = None

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is open."""
        return self._poll is not None

    def number_from(self, update_id: int) -> None:
        """Number from there on, as Telegram does from a place of its choice after a week without updates."""
        self._next_id = update_id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Sticky: None leaves what was said before, an empty list goes back to the default."""
        if kinds is not None:
            self.allowed = tuple(kinds)

    def add(self, kind: str, content: dict[str, Any], lane: int) -> None:
        if not (kind in self.allowed if self.allowed else kind not in _ON_DEMAND_ONLY):
            return
        retention = CALLBACK_RETENTION_S if kind == "callback_query" else MESSAGE_RETENTION_S
        update_id = self._next_id
        self._next_id += 1
        text = json.dumps({"update_id": update_id, kind: content}, ensure_ascii=False, separators=(",", ":"))
        update = Update(update_id, lane, self._clock() + retention, text)
        self._waiting[update_id] = update
        if self.deliver is not None:
            self.deliver(update)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def pending(self) -> list[Update]:
        """All that wait and have not expired."""
        now = self._clock()
        for update in [each for each in self._waiting.values() if each.expires <= now]:
            del self._waiting[update.update_id]
        return list(self._waiting.values())

    def is_waiting(self, update: Update) -> bool:
        """Whether it is still to be delivered."""
        return update.update_id in self._waiting and update.expires > self._clock()

    def confirm(self, update: Update) -> None:
        self._waiting.pop(update.update_id, None)

    def drop(self) -> None:
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, timeout_s: float) -> str:
        """`getUpdates`: a JSON array. A poll that is already open gives way."""
        if self.deliver is not None:
            raise BotApiError(409, _WEBHOOK_ACTIVE)
        self.end_poll(BotApiError(409, _OTHER_POLL))
        self._confirm_below(offset)
        batch = self._batch(limit)
        if not batch and timeout_s > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout_s):
                    await poll
            except TimeoutError:
                pass
            finally:
                if self._poll is poll:
                    self._poll = None
            batch = self._batch(limit)
        return f"[{','.join(batch)}]"

    def end_poll(self, reason: BotApiError | None = None) -> None:
        """Close the open poll: with an error, or empty-handed when the server stops."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            if reason is None:
                poll.set_result(None)
            else:
                poll.set_exception(reason)

    def end_poll_for_webhook(self) -> None:
        self.end_poll(BotApiError(409, _WEBHOOK_SET))

    def _confirm_below(self, offset: int) -> None:
        waiting = self._waiting
        if offset < 0:
            keep = min(-offset, len(waiting))
            for _ in range(len(waiting) - keep):
                waiting.popitem(last=False)
        elif 0 < offset <= self._next_id + FURTHEST_AHEAD:
            while waiting and next(iter(waiting)) < offset:
                waiting.popitem(last=False)

    def _batch(self, limit: int) -> list[str]:
        now = self._clock()
        batch: list[str] = []
        expired = []
        for update in self._waiting.values():
            if update.expires <= now:
                expired.append(update.update_id)
                continue
            batch.append(update.json)
            if len(batch) == limit:
                break
        for update_id in expired:
            del self._waiting[update_id]
        return batch


def first_id(clock: Clock) -> int:
    """Identifiers start beyond those of an earlier run, for a bot that remembers what it has seen.

    Eight a second since 2025 stays ahead of a run's own pace and within 31 bits until 2033.
    """
    return max(1, int((clock() - 1_735_689_600) * 8))
