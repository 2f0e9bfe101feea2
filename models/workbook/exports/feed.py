"""Rows read by the event loop, written by a thread: the writers know nothing of asyncio."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def fed(pages: AsyncIterator[Sequence[T]], loop: asyncio.AbstractEventLoop) -> Iterator[T]:
    """Yield what the pages hold, one by one, in another thread than the loop that reads them.

    At most one page is held. What reading raises is raised here.
    """
    while page := asyncio.run_coroutine_threadsafe(_next(pages), loop).result():
        yield from page


async def _next(pages: AsyncIterator[Sequence[T]]) -> Sequence[T]:
    """Return the next page; empty at the end."""
    async for page in pages:
        if page:
            return page
    return ()
