"""Who polls: the newest bot; Redis only carries the sign."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.telegram.lease import KEY, Lease


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    """An empty Redis."""
    async with Redis.from_url(redis_url, decode_responses=True) as client:
        await client.flushall()
        yield client


@pytest.fixture
async def slow(redis_url: str) -> AsyncIterator[Redis]:
    """The same Redis, for one who does not wait for it, and asks once."""
    retry = Retry(NoBackoff(), 0)
    async with Redis.from_url(redis_url, decode_responses=True, socket_timeout=0.1, retry=retry) as client:
        yield client


async def unheard(client: Redis) -> None:
    """Have the next command take effect without its answer being heard."""
    connection = await client.connection_pool.get_connection()  # type: ignore[no-untyped-call]  # the library's
    await connection.send_command("CLIENT", "REPLY", "OFF")
    await client.connection_pool.release(connection)


async def test_the_newest_bot_holds_the_lease(redis: Redis) -> None:
    older, newer = Lease(redis), Lease(redis)
    await older.take()
    assert await older.held()

    await newer.take()

    assert await newer.held()
    assert not await older.held()


async def test_a_dead_bots_sign_is_taken_down_though_redis_was_slow_at_the_start(redis: Redis, slow: Redis) -> None:
    await Lease(redis).take()  # and died
    lease = Lease(slow)
    await redis.client_pause(60_000, all=False)
    await lease.take()
    assert await lease.held(), "nobody can be asked yet"

    await redis.client_unpause()

    assert await lease.held()
    assert await lease.held()


async def test_who_does_not_know_their_sign_to_be_up_gives_way_to_one_that_came_after_it(
    redis: Redis, slow: Redis
) -> None:
    dead, lease, newer = Lease(redis), Lease(slow), Lease(redis)
    await dead.take()
    await unheard(slow)
    await lease.take()
    await newer.take()

    assert not await lease.held()
    assert await newer.held()


async def test_a_sign_that_went_up_unknown_to_its_bot_is_found_there(redis: Redis, slow: Redis) -> None:
    dead, lease = Lease(redis), Lease(slow)
    await dead.take()
    await unheard(slow)
    await lease.take()

    assert await lease.held()
    assert not await dead.held()


async def test_a_bot_that_starts_after_redis_was_wiped_takes_over(redis: Redis) -> None:
    older, newer = Lease(redis), Lease(redis)
    await older.take()
    await redis.flushall()
    await newer.take()

    assert not await older.held()
    assert await newer.held()


async def test_the_sign_does_not_grow_with_every_start(redis: Redis) -> None:
    for _ in range(50):
        lease = Lease(redis)
        await lease.take()

    assert await lease.held()
    assert len(await redis.get(KEY)) < 200


@pytest.mark.parametrize("left", ["a1b2c3d4e5f60718", ""])
async def test_the_sign_of_a_former_version_is_taken_down(redis: Redis, left: str) -> None:
    await redis.set(KEY, left)
    lease = Lease(redis)

    await lease.take()

    assert await lease.held()
    await redis.set(KEY, "00ff00ff00ff00ff")
    assert not await lease.held(), "and one that comes after is given way to"


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
