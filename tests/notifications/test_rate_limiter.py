"""When calls to Telegram begin, to the instant: on virtual time, so that a busy machine changes nothing of it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from telegram.error import RetryAfter

from tasks.notifications.rate_limiter import TELEGRAM_RATE_LIMIT, RateLimit, RateLimiter
from tests.harness.factories import NOW
from tests.notifications.virtual_time import run

TELEGRAMS_LIMIT = 30
"""So many messages a second Telegram lets through; conversations need some of them."""

ROOM = 5
INSTANT = 1e-4
"""How exactly the instants of virtual time add up."""

_DRAW = Random(17)
ARRIVALS: dict[str, Sequence[float]] = {
    "all at once": [0.0] * 200,
    "a quarter of a second's worth at a time": [number // 5 * 0.05 for number in range(200)],
    "after a rest": [0.0] * 30 + [60.0] * 30,
    "in bursts just when there is room again": [number // 25 * 1.25 for number in range(200)],
    "as it happens": sorted(_DRAW.uniform(0, 8) for _ in range(200)),
}


def clock() -> datetime:
    """Tell the virtual time."""
    return NOW + timedelta(seconds=asyncio.get_running_loop().time())


async def begun(pace: RateLimit, arrivals: Sequence[float], answered_within_s: float) -> list[float]:
    """Let calls arrive at these instants; return when each began."""
    loop, turns, at = asyncio.get_running_loop(), RateLimiter(pace, clock), list[float]()

    async def call() -> None:
        at.append(loop.time())
        await asyncio.sleep(answered_within_s)

    async def arriving(after_s: float, chat: int) -> None:
        await asyncio.sleep(after_s)
        await turns.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, None)

    await asyncio.gather(*(arriving(after_s, chat) for chat, after_s in enumerate(arrivals, 1)))
    return at


@pytest.mark.parametrize("answered_within_s", [0.0, 0.4, 3.0])
@pytest.mark.parametrize("name", ARRIVALS)
def test_of_any_second_no_more_begin_than_the_rate_and_a_batch(name: str, answered_within_s: float) -> None:
    pace, arrivals = TELEGRAM_RATE_LIMIT, ARRIVALS[name]
    at = run(begun(pace, arrivals, answered_within_s))

    assert len(at) == len(arrivals)
    busiest = max(sum(first - INSTANT <= other < first + 1 - INSTANT for other in at) for first in at)
    assert busiest <= pace.rate + pace.batch <= TELEGRAMS_LIMIT - ROOM


def test_many_at_once_take_as_long_as_the_rate_says_and_no_longer() -> None:
    pace = TELEGRAM_RATE_LIMIT
    at = run(begun(pace, [0.0] * 200, 0.4))

    # Those that the first instant lets through have not waited; from then on one begins every twentieth of a second.
    assert at[: pace.batch] == pytest.approx([0.0] * pace.batch, abs=INSTANT)
    assert at[-1] == pytest.approx((len(at) - pace.batch) / pace.rate, abs=INSTANT)
    assert max(later - sooner for sooner, later in pairwise(at)) <= 1 / pace.rate + INSTANT


def test_once_telegram_asks_for_silence_none_begins_before_it_is_over() -> None:
    async def story() -> tuple[list[float], list[float]]:
        loop, turns = asyncio.get_running_loop(), RateLimiter(TELEGRAM_RATE_LIMIT, clock)
        left, sent_back = list[float](), list[float]()

        async def call() -> None:
            left.append(loop.time())
            if len(left) == 1:
                raise RetryAfter(timedelta(seconds=7))

        async def asking(after_s: float) -> None:
            await asyncio.sleep(after_s)
            try:
                await turns.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None)
            except RetryAfter:
                sent_back.append(loop.time())

        await asyncio.gather(*(asking(after_s) for after_s in (0.0, 0.5, 6.9, 7.0, 7.5)))
        return left, sent_back

    left, sent_back = run(story())
    assert left == pytest.approx([0.0, 7.0, 7.5], abs=INSTANT)
    assert sent_back == pytest.approx([0.0, 0.5, 6.9], abs=INSTANT)
