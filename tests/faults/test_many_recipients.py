"""Ten thousand job coaches are reminded on a bad day: each once, and where nobody can know, it is said."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from models.notifications.tables import Delivery
from simulator.faults import read_fault
from tasks.notifications.rate_limiter import TELEGRAM_RATE_LIMIT, RateLimit
from tests.faults.load import Crowd, crowd
from tests.harness.waiting import until

pytestmark = [pytest.mark.faults, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]

MANY = 10_000
TIMES_AS_FAST = 30.0
BLOCKED, LOST, SLOW = 500, 96, 4
"""5 % have blocked the bot; 1 % of the answers never come, four of them because Telegram takes too long."""

DONE, GONE, LATE = 200, 50, 100
"""So many finish meanwhile, so many lose their access, for so many a reminder of a week ago was left over."""

KILLS, FLUSHES = 10, 3
BURST_EVERY_S, BURST = 8.0, {"method": "sendMessage", "retry_after": 1, "times": 5}
WITHIN_S = 400.0
"""Beyond this it hangs. It takes a minute and a half on two cores that do nothing else, 266 s beside two other runs."""

LOOK_EVERY_S = 0.4
"""Counting ten thousand rows takes time from those who send."""

TAKEN_OVER_S = 8.0
"""About five seconds, on a machine that does nothing else."""

SOME = 400
SOME_WITHIN_S = 60.0
"""Twenty seconds at the rate; the rest is for a worker that starts on a busy machine."""

AT_LEAST = 0.95


async def test_everybody_has_it_once_whatever_happens(database_url: str, tmp_path: Path) -> None:
    draw = Random(10)
    async with crowd(database_url, tmp_path, MANY, TIMES_AS_FAST) as at:
        drawn = iter(draw.sample(at.phones, BLOCKED + LOST + SLOW + DONE + GONE))
        blocked, lost, slow, done, gone = (list(islice(drawn, some)) for some in (BLOCKED, LOST, SLOW, DONE, GONE))
        for phone in blocked:
            at.telegram.people[phone].blocked = True
        for phone in lost:
            at.telegram.faults.ask(read_fault({"chat_id": phone, "drop": draw.choice(("before", "after"))}))
        for phone in slow:
            at.telegram.faults.ask(read_fault({"chat_id": phone, "delay_s": 30, "drop": "before"}))
        at.start()
        at.start()
        async with asyncio.timeout(WITHIN_S):
            started = time.monotonic()
            await at.leave_over(draw.sample(at.phones, LATE))
            await at.tick()
            bursting = asyncio.create_task(_bursts(at))
            try:
                taken_over = await _killed_and_flushed(at, done, gone)
                await at.tick()
                await until(lambda: _nothing_waits(at), LOOK_EVERY_S)
            finally:
                bursting.cancel()
            took = time.monotonic() - started

        states, shown = await at.states(), at.shown()
        assert {phone: count for phone, count in shown.items() if count > 1} == {}
        assert {phone: len(rows) for phone, rows in states.items() if len(rows) != 1} == {}
        withdrawn = set(at.phones) - states.keys()
        assert withdrawn <= {*done, *gone}
        assert len(withdrawn) > (DONE + GONE) / 2
        assert withdrawn & shown.keys() == set()
        ended = {phone: state for phone, (state,) in states.items()}
        assert {phone for phone, state in ended.items() if state == Delivery.UNREACHABLE} <= set(blocked)
        assert {phone for phone, state in ended.items() if state == Delivery.SENT} <= shown.keys()
        doubtful = {phone for phone, state in ended.items() if state == Delivery.UNCERTAIN}
        assert {phone for phone in at.phones if not shown[phone]} <= {*blocked, *doubtful, *withdrawn}
        assert {*lost, *slow} <= doubtful
        assert set(ended.values()) == {Delivery.SENT, Delivery.UNCERTAIN, Delivery.UNREACHABLE}
        in_doubt = len(doubtful) - LOST - SLOW
        assert in_doubt <= KILLS * RateLimit(TELEGRAM_RATE_LIMIT.rate * TIMES_AS_FAST).batch
        assert max(taken_over) < TAKEN_OVER_S
        print(
            f"{MANY} in {took:.0f} s, {len(withdrawn)} withdrawn, {dict(Counter(ended.values()))}, "
            f"{in_doubt} in doubt after {KILLS} kills, taken over in {max(taken_over):.1f} s at most"
        )


async def test_at_the_true_rates_it_keeps_the_pace_and_is_never_asked_to_wait(
    database_url: str, tmp_path: Path
) -> None:
    async with crowd(database_url, tmp_path, SOME, 1.0) as at:
        await at.tick()
        at.start()
        async with asyncio.timeout(SOME_WITHIN_S):
            await until(lambda: _all_ended(at, SOME))
        calls = at.telegram.calls.listed("sendMessage")
        assert [call["error_code"] for call in calls if not call["ok"]] == []
        assert set(at.shown().values()) == {1}
        begun = sorted(datetime.fromisoformat(call["time"]) for call in calls)
        rate = (len(begun) - 1) / (begun[-1] - begun[0]).total_seconds()
        assert rate >= AT_LEAST * TELEGRAM_RATE_LIMIT.rate
        busiest = max(sum(1 for other in begun if timedelta(0) <= other - one < timedelta(seconds=1)) for one in begun)
        print(f"{rate:.1f} a second on average, {busiest} in the busiest second")


async def _bursts(at: Crowd) -> None:
    while True:
        await asyncio.sleep(BURST_EVERY_S)
        at.telegram.faults.ask(read_fault(BURST))


async def _killed_and_flushed(at: Crowd, done: Sequence[int], gone: Sequence[int]) -> list[float]:
    """Kill whoever holds the lease, and empty Redis now and then; return how long each takeover took.

    After the first kill some finish, and some lose their access.
    """
    taken_over = []
    for number in range(1, KILLS + 1):
        some = math.floor(MANY * number / (KILLS + 1))
        await until(lambda: _all_ended(at, some), LOOK_EVERY_S)  # noqa: B023 - awaited at once
        holder = await at.holder()
        assert holder is not None
        at.kill(holder)
        killed = time.monotonic()
        at.start()
        if number == 1:
            await at.enter(done)
            await at.revoke(gone)
        if number % (KILLS // FLUSHES) == 0:
            at.flush_redis()

        async def another(gone: int = holder) -> bool:
            return await at.holder() not in {gone, None}

        await until(another)
        taken_over.append(time.monotonic() - killed)
    return taken_over


async def _all_ended(at: Crowd, number: int) -> bool:
    return await at.ended() >= number


async def _nothing_waits(at: Crowd) -> bool:
    return await at.waiting() == 0
