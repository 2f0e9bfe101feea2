"""Telegram in a bad mood: refusals, delays and lost connections lose nothing and double nothing."""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.caseloads import Caseload
from tests.faults.coach import Coach
from tests.faults.expectations import ledger
from tests.faults.processes import Application, app
from tests.harness.waiting import until

pytestmark = pytest.mark.faults

PHONES = 10
PERSONS_EACH = 12
FAULT_EVERY_S = 0.15
PILED_UP = 10
"""After so many, those that met no call are taken back: Telegram is in a bad mood, not gone."""

WITHIN_S = 100.0

METHODS = (*["editMessageText"] * 6, *["answerCallbackQuery"] * 3, "getUpdates")
"""Fewer polls fail than anything else: each failure makes the bot pause before it asks again."""

FAULTS: tuple[dict[str, Any], ...] = (
    {"error_code": 429, "retry_after": 1},
    {"error_code": 500},
    {"error_code": 502},
    {"delay_s": 0.7},
    {"drop": "before"},
    {"drop": "after"},
)


async def test_random_faults_of_telegram_change_nothing_in_the_database(database_url: str, tmp_path: Path) -> None:
    draw = Random(7)
    async with app(database_url, tmp_path, PHONES, PERSONS_EACH) as at:
        for caseload in at.caseloads:
            await at.phones.opened(caseload.phone)
        at.start()
        async with asyncio.timeout(WITHIN_S):
            await until(at.phones.all_taken)  # the bot is up once it has taken the first messages
            troubling = asyncio.create_task(_trouble(at, draw))
            try:
                coaches = await asyncio.gather(*(_entered(at, caseload, draw) for caseload in at.caseloads))
            finally:
                troubling.cancel()

        kept = await ledger(at.database)
        assert kept.not_once(PHONES * PERSONS_EACH) == {}
        assert set().union(*(coach.confirmed for coach in coaches)) <= kept.events.keys()


async def test_the_last_screen_comes_through_without_another_tap(database_url: str, tmp_path: Path) -> None:
    draw = Random(8)
    async with app(database_url, tmp_path, PHONES, 2) as at:
        numbers = [await at.phones.opened(caseload.phone) for caseload in at.caseloads]
        await at.phones.forget_waiting()
        for caseload in at.caseloads:
            await at.phones.fault(method="editMessageText", chat_id=caseload.phone, **draw.choice(FAULTS))
            await at.phones.fault(method="editMessageText", chat_id=caseload.phone, **draw.choice(FAULTS))
        for caseload, number in zip(at.caseloads, numbers, strict=True):
            for data in caseload.taps():
                await at.phones.press(caseload.phone, number, data=data)
        at.start()
        async with asyncio.timeout(WITHIN_S):
            for caseload in at.caseloads:
                await _says_done(at, caseload)

        assert (await ledger(at.database)).not_once(PHONES * 2) == {}


async def _trouble(at: Application, draw: Random) -> None:
    while True:
        for _ in range(PILED_UP):
            await at.phones.fault(method=draw.choice(METHODS), **draw.choice(FAULTS))
            await asyncio.sleep(FAULT_EVERY_S)
        await at.phones.clear_faults()


async def _entered(at: Application, caseload: Caseload, draw: Random) -> Coach:
    coach = Coach(at.phones, caseload.phone, draw)
    await coach.enter_everybody(PERSONS_EACH)
    return coach


async def _says_done(at: Application, caseload: Caseload) -> None:
    coach = Coach(at.phones, caseload.phone)

    async def done() -> bool:
        return Coach.says_done(await coach.look(), 2)

    await until(done)
