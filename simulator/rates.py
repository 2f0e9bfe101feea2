"""Telegram's rates, as its Bots FAQ gives them: token buckets over the whole bot and per chat.

About 30 messages a second overall; one a second in a private chat, where a burst of 20 passes; 20 a minute
in a group. What is sent and what is edited counts; answers to taps and `getUpdates` do not.
"""

import math
from dataclasses import dataclass

from simulator.errors import too_many_requests
from simulator.settings import Clock


@dataclass(slots=True)
class _Bucket:
    capacity: float
    per_second: float
    level: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until one more passes; 0 when it may now."""
        self.level = min(self.capacity, self.level + (now - self.seen) * self.per_second)
        self.seen = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.per_second


class Rates:
    """Lets a message through, or refuses it with the seconds to wait."""

    overall = (30.0, 30.0)
    private = (20.0, 1.0)
    group = (20.0, 20 / 60)

    def __init__(self, clock: Clock, scale: float | None) -> None:
        self._clock = clock
        self._scale = scale
        self._chats: dict[int, _Bucket] = {}
        self._all = self._bucket(self.overall)

    def _bucket(self, rate: tuple[float, float]) -> _Bucket:
        scale = self._scale or 1.0
        capacity, per_second = rate[0] * scale, rate[1] * scale
        return _Bucket(max(1.0, capacity), per_second, max(1.0, capacity), self._clock())

    def admit(self, chat_id: int, *, group: bool) -> None:
        if self._scale is None:
            return
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = self._bucket(self.group if group else self.private)
        now = self._clock()
        wait = max(self._all.wait(now), chat.wait(now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._all.level -= 1
        chat.level -= 1
