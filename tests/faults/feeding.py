"""Taps of many phones, made without waiting for answers."""

import asyncio
from collections.abc import Sequence

from tests.faults.processes import Application
from tests.harness.waiting import until

SIDE_BY_SIDE = 16
QUIET_S = 1.0


async def fed(at: Application, taps: Sequence[Sequence[str]]) -> None:
    """Open every phone, then make each one's taps in order, everybody taking turns."""
    numbers = [await at.phones.opened(caseload.phone) for caseload in at.caseloads]
    await at.phones.forget_waiting()
    slots = asyncio.Semaphore(SIDE_BY_SIDE)

    async def press(phone: int, message_id: int, data: str) -> None:
        async with slots:
            await at.phones.press(phone, message_id, data=data)

    for turn in zip(*taps, strict=True):
        await asyncio.gather(
            *(
                press(caseload.phone, number, data)
                for caseload, number, data in zip(at.caseloads, numbers, turn, strict=True)
            )
        )


async def settled(at: Application) -> None:
    """Wait until no update waits any more, and the last screens have had their time."""

    async def all_taken() -> bool:
        assert at.bot is not None
        assert at.bot.alive, at.bot.said()
        return await at.phones.all_taken()

    await until(all_taken)
    await asyncio.sleep(QUIET_S)
