"""A simulator per test, on a fake clock, with two phones."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from simulator import SimulatorSettings, running
from tests.simulator.client import ANA, BEN, TOKEN, Client, FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(clock: FakeClock) -> SimulatorSettings:
    return SimulatorSettings(token=TOKEN, clock=clock, webhook_retry_s=0.001)


@pytest.fixture
async def client(settings: SimulatorSettings, clock: FakeClock) -> AsyncIterator[Client]:
    """Ana has started the bot; Ben has not."""
    async with (
        running(settings=settings, people=[(ANA, "Ana"), (BEN, "Ben")]) as sim,
        aiohttp.ClientSession(sim.url) as http,
    ):
        made = Client(sim, clock, http)
        await made.started()
        yield made
