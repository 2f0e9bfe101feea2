"""Who polls: the newest bot; Redis only carries the sign."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.lease import KEY, Lease


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """An empty Redis."""
    async with Redis.from_url(redis_url, decode_responses=True) as client:
        await client.flushall()
        yield client


async def test_the_newest_bot_holds_the_lease(redis: Redis) -> None:
    older, newer = Lease(redis), Lease(redis)
    await older.take()
    assert await older.held()

    await newer.take()

    assert await newer.held()
    assert not await older.held()


async def test_a_wiped_redis_leaves_the_one_who_polls_in_place(redis: Redis) -> None:
    lease = Lease(redis)
    await lease.take()

    await redis.flushall()

    assert await lease.held()
    assert await redis.exists(KEY)


async def test_without_redis_there_is_nobody_to_ask(caplog: pytest.LogCaptureFixture) -> None:
    async with Redis.from_url("unix:///nowhere/redis.sock", decode_responses=True) as nobody:
        lease = Lease(nobody)
        await lease.take()

        assert await lease.held()

    assert "redis unavailable" in caplog.text
