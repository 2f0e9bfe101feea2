"""Waiting for what another process does: looked at again and again, within the test's own time limit."""

import asyncio
from collections.abc import Awaitable, Callable

EVERY_S = 0.1


async def until(so: Callable[[], Awaitable[bool]], every_s: float = EVERY_S) -> None:
    """Return once it is so."""
    while True:
        if await so():
            return
        await asyncio.sleep(every_s)
