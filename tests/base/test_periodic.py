"""Periodic work: at its interval, whatever one round meets, until it is told to stop."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from models.base.periodic import repeat


class Hours:
    """A clock that only goes on while somebody waits; it stops the work after so many rounds."""

    def __init__(self, rounds: int) -> None:
        self.now = 0.0
        self.stop = asyncio.Event()
        self.rounds = rounds
        self.begun: list[float] = []

    async def pause(self, _stop: asyncio.Event, seconds: float) -> None:
        self.now += seconds

    async def work(self, takes: float = 0.0, failure: Exception | None = None) -> None:
        self.begun.append(self.now)
        self.now += takes
        if len(self.begun) == self.rounds:
            self.stop.set()
        if failure is not None:
            raise failure


async def test_work_is_done_at_once_and_then_at_its_interval() -> None:
    hours = Hours(4)
    await repeat("work", lambda: hours.work(takes=5), 60, hours.stop, clock=lambda: hours.now, pause=hours.pause)
    assert hours.begun == [0, 60, 120, 180]


async def test_it_may_begin_an_interval_later() -> None:
    hours = Hours(2)
    await repeat("work", hours.work, 60, hours.stop, at_once=False, clock=lambda: hours.now, pause=hours.pause)
    assert hours.begun == [60, 120]


async def test_rounds_that_were_missed_are_made_up_for_once() -> None:
    hours = Hours(4)
    takes = iter((150.0, 0.0, 0.0, 0.0))
    await repeat("work", lambda: hours.work(next(takes)), 60, hours.stop, clock=lambda: hours.now, pause=hours.pause)
    assert hours.begun == [0, 150, 210, 270]


@pytest.mark.parametrize(
    ("failure", "level"),
    [(OperationalError("", {}, Exception()), "WARNING"), (LookupError("ours"), "ERROR")],
    ids=["the database is away", "our own fault"],
)
async def test_what_fails_is_logged_and_done_again(
    caplog: pytest.LogCaptureFixture, failure: Exception, level: str
) -> None:
    hours = Hours(2)
    work = "sweep"
    await repeat(work, lambda: hours.work(failure=failure), 60, hours.stop, clock=lambda: hours.now, pause=hours.pause)
    assert hours.begun == [0, 60]
    assert [(record.levelname, record.__dict__["work"]) for record in caplog.records] == [(level, work)] * 2


async def test_it_stops_in_the_midst_of_a_pause() -> None:
    stop, rounds = asyncio.Event(), 0

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        asyncio.get_running_loop().call_soon(stop.set)

    async with asyncio.timeout(5):
        await repeat("work", work, 3600, stop)
    assert rounds == 1
