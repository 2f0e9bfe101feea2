"""Everybody taps while the bot is away: all of it is handled once the bot is back, in each one's order."""

import asyncio
from pathlib import Path

import pytest

from tests.faults.coach import Coach
from tests.faults.feeding import fed, settled
from tests.faults.house import house
from tests.faults.ledger import ledger

pytestmark = pytest.mark.faults

PHONES = 500
PERSONS_EACH = 3
WITHIN_S = 140.0
"""Less than the 150 s for which Telegram keeps a tap."""


async def test_two_thousand_updates_of_five_hundred_people_are_all_handled(database_url: str, tmp_path: Path) -> None:
    async with house(database_url, tmp_path, PHONES, PERSONS_EACH) as at:
        # Four taps each, the second one a finger too many: 2,000 updates for 1,500 persons.
        taps = [[first, first, *others] for first, *others in (caseload.taps() for caseload in at.caseloads)]
        async with asyncio.timeout(WITHIN_S):
            await fed(at, taps)
            assert await at.phones.waiting() == PHONES * (PERSONS_EACH + 1)
            at.start()
            await settled(at)

        kept = await ledger(at.database)
        assert kept.not_once(PHONES * PERSONS_EACH) == {}
        for caseload in at.caseloads:
            screen = await Coach(at.phones, caseload.phone).look()
            assert Coach.says_done(screen, PERSONS_EACH), screen["text"]
