"""Everybody taps while the bot is away: all of it is handled once the bot is back, in each one's order.

Nobody taps a second time here: an update confirmed before it was handled would be missing at the end.
"""

import asyncio
from pathlib import Path
from random import Random

import pytest

from tests.faults.coach import Coach
from tests.faults.expectations import ledger
from tests.faults.feeding import fed, settled
from tests.faults.processes import Application, app
from tests.harness.waiting import until

pytestmark = pytest.mark.faults

PHONES = 500
PERSONS_EACH = 3
WITHIN_S = 140.0
"""Less than the 150 s for which Telegram keeps a tap."""

CUT_PHONES = 60
CUT_PERSONS_EACH = 15
KILLS = 4


async def test_two_thousand_updates_of_five_hundred_people_are_all_handled(database_url: str, tmp_path: Path) -> None:
    async with app(database_url, tmp_path, PHONES, PERSONS_EACH) as at:
        # Four taps each, the second one a finger too many: 2,000 updates for 1,500 persons.
        taps = [[first, first, *others] for first, *others in (caseload.taps() for caseload in at.caseloads)]
        async with asyncio.timeout(WITHIN_S):
            await fed(at, taps)
            assert await at.phones.waiting() == PHONES * (PERSONS_EACH + 1)
            at.start()
            await settled(at)

        await _everybody_is_done(at, PERSONS_EACH)


async def test_killed_in_the_middle_of_a_burst_no_update_is_missing(database_url: str, tmp_path: Path) -> None:
    draw = Random(11)
    everything = CUT_PHONES * CUT_PERSONS_EACH
    async with app(database_url, tmp_path, CUT_PHONES, CUT_PERSONS_EACH) as at:
        async with asyncio.timeout(WITHIN_S):
            await fed(at, [caseload.taps() for caseload in at.caseloads])
            for kill in range(KILLS):
                at.start()
                await _recorded(at, everything * (kill + 1) // (KILLS + 2) + draw.randrange(50))
                assert not await at.phones.all_taken(), "the burst was over before the last kill"
                at.kill()
            at.start()
            await settled(at)

        await _everybody_is_done(at, CUT_PERSONS_EACH)


async def _recorded(at: Application, number: int) -> None:
    async def recorded() -> bool:
        return (await ledger(at.database)).events.total() >= number

    await until(recorded, every_s=0.02)


async def _everybody_is_done(at: Application, persons_each: int) -> None:
    kept = await ledger(at.database)
    assert kept.not_once(len(at.caseloads) * persons_each) == {}
    for caseload in at.caseloads:
        screen = await Coach(at.phones, caseload.phone).look()
        assert Coach.says_done(screen, persons_each), screen["text"]
