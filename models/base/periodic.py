"""Work done again and again: one loop for whatever is periodic."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from models.base.database import FAILURES

log = logging.getLogger(__name__)

Pause = Callable[[asyncio.Event, float], Awaitable[None]]


async def stopped_within(stop: asyncio.Event, seconds: float) -> None:
    """Return after so many seconds, or as soon as `stop` is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def repeat(
    what: str,
    work: Callable[[], Awaitable[object]],
    every_s: float,
    stop: asyncio.Event,
    *,
    at_once: bool = True,
    clock: Callable[[], float] | None = None,
    pause: Pause = stopped_within,
) -> None:
    """Do some work every so many seconds until `stop` is set; what is under way then is ended well.

    What fails is logged under its name and done again the next time. Work that took longer than its interval is done
    once as soon as it can be, not once for each interval missed.
    """
    now = clock or asyncio.get_running_loop().time
    due = now() if at_once else now() + every_s
    while not stop.is_set():
        if (left := due - now()) > 0:
            await pause(stop, left)
            continue
        began = now()
        due = due + every_s if due + every_s > began else began + every_s
        try:
            await work()
        except FAILURES as error:
            log.warning("periodic work not done", extra={"work": what, "cause": type(error).__name__})
        except Exception:
            # Our own fault: whoever watches sees it, and the next time tries again.
            log.exception("periodic work failed", extra={"work": what})
