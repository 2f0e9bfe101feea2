"""What changes on a phone, told at once to the pages that watch it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from simulator.world import Message

_WAITING_AT_MOST = 1_000


class Feed:
    """Watchers by person; nothing is written down while nobody watches."""

    def __init__(self) -> None:
        self._watchers: dict[int, set[asyncio.Queue[dict[str, Any] | None]]] = {}

    @contextmanager
    def watch(self, person_id: int) -> Iterator[asyncio.Queue[dict[str, Any] | None]]:
        """A queue of changes; None in it says that the server stops or the watcher is too slow."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        watchers = self._watchers.setdefault(person_id, set())
        watchers.add(queue)
        try:
            yield queue
        finally:
            watchers.discard(queue)

    def is_watched(self, person_id: int) -> bool:
        return bool(self._watchers.get(person_id))

    def tell(self, person_id: int, change: dict[str, Any]) -> None:
        for queue in self._watchers.get(person_id, ()):
            queue.put_nowait(None if queue.qsize() > _WAITING_AT_MOST else change)

    def tell_message(self, message: Message) -> None:
        """A message is there, or is another now."""
        if self.is_watched(message.chat.id):
            self.tell(message.chat.id, {"type": "message", "message": message.as_seen()})

    def close(self) -> None:
        for watchers in self._watchers.values():
            for queue in watchers:
                queue.put_nowait(None)
