"""An event loop on virtual time: whoever sleeps wakes at once, and to the instant, however busy the machine is."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Outcome = TypeVar("Outcome")


_A_LITTLE = 1e-9
"""Time never stands still: who computes that it lacks a hair of a second to be over waits for that."""


class _Skipping(selectors.SelectSelector):
    """Waits for nothing: what would have been waited has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "everybody waits, and nothing will ever happen"
            self.now += max(timeout, 0.0)
        self.now += _A_LITTLE
        return ready


class _VirtualTime(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.now


def run(story: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run a story that begins at zero and waits for nothing but time."""
    with asyncio.Runner(loop_factory=_VirtualTime) as runner:
        return runner.run(story)
