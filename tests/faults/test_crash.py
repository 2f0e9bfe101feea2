"""`kill -9` at any moment: what the coach saw confirmed is there, once."""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.faults.coach import Coach
from tests.faults.expectations import ledger
from tests.faults.processes import Application, app

pytestmark = pytest.mark.faults

PERSONS = 200
KILLS = 20
FLUSHES = {6, 13}
"""Before which kills Redis is emptied."""

WITHIN_S = 280.0
MOST_TAPS = 6
LATEST_S = 0.04
"""How long after a tap the bot is killed at the latest: it takes about half of that to handle one."""


async def test_killed_twenty_times_no_tap_is_lost_and_none_is_applied_twice(database_url: str, tmp_path: Path) -> None:
    draw = Random(20_240_331)
    async with app(database_url, tmp_path, phones=1, persons_each=PERSONS) as at:
        coach = Coach(at.phones, at.caseloads[0].phone, draw)
        await at.phones.opened(coach.phone)
        at.start()

        async with asyncio.timeout(WITHIN_S):
            entering = asyncio.create_task(coach.enter_everybody(PERSONS))
            try:
                await _kill_again_and_again(at, coach, draw, entering)
                await entering
            finally:
                entering.cancel()

        kept = await ledger(at.database)
        assert kept.not_once(PERSONS) == {}
        assert coach.confirmed <= kept.events.keys()
        assert len(coach.confirmed) > PERSONS * 0.8, "most of what was recorded was seen confirmed"


async def _kill_again_and_again(at: Application, coach: Coach, draw: Random, entering: "asyncio.Task[None]") -> None:
    for number in range(KILLS):
        await coach.several_screens(draw.randint(1, MOST_TAPS))
        await coach.tapped.wait()
        await asyncio.sleep(draw.uniform(0, LATEST_S))
        assert not entering.done(), "the coach finished before the last kill"
        if number in FLUSHES:
            at.flush_redis()
        at.kill()
        at.start()
