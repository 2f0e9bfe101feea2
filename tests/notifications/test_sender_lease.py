"""One line to Telegram: one worker at a time, at a pace, silent when asked, decent in its hours."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.jobs.signals import JobSignal
from models.notifications.delivery.repository import Claimed, claim_due
from models.notifications.repository import notify
from models.notifications.sender_lease.repository import closed_until, release, take
from models.notifications.tables import ChannelLine, Delivery, OutboxMessage
from tasks.notifications.rate_limiter import RateLimit
from tasks.notifications.sender_lease import HELD_FOR
from tests.harness.waiting import until
from tests.harness.worker import ADMIN, COACH, NOTE, PATIENCE_S, SENT_BACK, WorkerHarness

REUNION = "974"
FRIDAY_EVENING_THERE = datetime(2026, 12, 18, 15, 30, tzinfo=UTC)
MONDAY_EIGHT_THERE = datetime(2026, 12, 21, 4, 0, tzinfo=UTC)


async def holder(workers: WorkerHarness) -> str | None:
    """Return who holds the lease."""
    async with workers.database.transaction() as session:
        found: str | None = await session.scalar(select(col(ChannelLine.holder)))
    return found


async def reminded(workers: WorkerHarness, subject: str = "a", telegram_id: int = COACH, **more: object) -> None:
    """Write a message that minds the hour, or its age."""
    account = await workers.account(telegram_id)
    async with workers.database.transaction() as session:
        await notify(session, workers.now, NOTE, account, subject, "", SENT_BACK, **more)  # type: ignore[arg-type]


async def drained(workers: WorkerHarness) -> list[OutboxMessage]:
    """Send what is due; return the messages."""
    async with workers.deliveries() as deliveries:
        await deliveries.drain()
    return await workers.messages()


class TestOneAtATime:
    async def test_one_holds_the_line_until_it_gives_no_sign_of_life(self, workers: WorkerHarness) -> None:
        now = workers.now
        table = (
            ("a", now, True),
            ("b", now + timedelta(seconds=2), False),
            ("a", now + timedelta(seconds=2), True),
            ("b", now + timedelta(seconds=4), False),
            ("b", now + timedelta(seconds=6), True),
            ("a", now + timedelta(seconds=6), False),
        )
        for name, at, held in table:
            async with workers.database.transaction() as session:
                assert await take(session, at, name, at + HELD_FOR) is held, (name, at)

    async def test_who_leaves_is_followed_at_once(self, workers: WorkerHarness) -> None:
        async with workers.database.transaction() as session:
            assert await take(session, workers.now, "a", workers.now + HELD_FOR)
            await release(session, "b")
            assert not await take(session, workers.now, "b", workers.now + HELD_FOR)
            await release(session, "a")
            assert await take(session, workers.now, "b", workers.now + HELD_FOR)

    async def test_two_who_begin_at_once_do_not_both_have_it(self, workers: WorkerHarness) -> None:
        async def taking(name: str) -> bool:
            async with workers.database.transaction() as session:
                return await take(session, workers.now, name, workers.now + HELD_FOR)

        assert sorted(await asyncio.gather(taking("a"), taking("b"), taking("c"))) == [False, False, True]

    async def test_a_worker_that_stops_leaves_the_line_to_the_other(self, workers: WorkerHarness) -> None:
        workers.start()
        await workers.tell()
        await workers.all_are(Delivery.SENT)
        first = await holder(workers)
        workers.start()
        await workers.stop_first()

        async def another() -> bool:
            return await holder(workers) not in {first, None}

        async with asyncio.timeout(PATIENCE_S):
            await until(another, every_s=0.05)
        await workers.tell("event:5")
        await workers.all_are(Delivery.SENT, Delivery.SENT)

    async def test_who_takes_over_says_what_its_predecessor_left_in_doubt(self, workers: WorkerHarness) -> None:
        async with workers.database.transaction() as session:
            await take(session, workers.now, "killed", workers.now + HELD_FOR)
        await workers.tell()
        async with workers.database.transaction() as session:
            assert len(await claim_due(session, workers.now, 5)) == 1
        workers.start()
        workers.later(seconds=4)
        (message,) = await workers.all_are(Delivery.UNCERTAIN)
        assert message.cause == "worker_killed"


class TestPace:
    async def test_a_chat_rests_while_the_others_are_written_to(self, workers: WorkerHarness) -> None:
        workers.pace = RateLimit(rate=200, chat_s=0.6)
        for number in range(3):
            await reminded(workers, f"coach:{number}")
        await reminded(workers, "admin", ADMIN)
        began = time.monotonic()
        messages = await drained(workers)
        assert time.monotonic() - began > 2 * 0.6
        assert {message.state for message in messages} == {Delivery.SENT}
        order = [call["chat_id"] for call in await workers.calls("sendMessage")]
        assert order == [COACH, ADMIN, COACH, COACH]

    async def test_what_is_sent_keeps_the_pace(self, workers: WorkerHarness) -> None:
        # When each begins is `test_rate_limiter.py`'s; that all of them wait shows in how long they take, which a busy
        # machine makes longer and never shorter.
        workers.pace = RateLimit(rate=20, chat_s=0)
        for number in range(40):
            await reminded(workers, f"n:{number}", COACH if number % 2 else ADMIN)
        began = time.monotonic()
        await drained(workers)
        assert time.monotonic() - began >= (40 - workers.pace.batch) / 20
        assert len(await workers.calls("sendMessage")) == 40


class TestSilence:
    async def test_asked_to_wait_no_other_message_leaves_before(self, workers: WorkerHarness) -> None:
        async with workers.database.transaction() as session:
            await take(session, workers.now, "before", workers.now)
        await workers.fault(method="sendMessage", error_code=429, retry_after=40, chat_id=COACH)
        await reminded(workers, "a")
        messages = await drained(workers)
        assert (messages[0].state, messages[0].attempts, messages[0].due_at) == (
            Delivery.PENDING,
            0,
            workers.now + timedelta(seconds=40),
        )
        async with workers.database.transaction() as session:
            assert await closed_until(session) == workers.now + timedelta(seconds=40)

        workers.start()  # another worker: it keeps the silence too
        await workers.line_taken_from("before")
        await workers.tell("b", ADMIN)
        workers.later(seconds=30)
        assert await workers.sweep() == [JobSignal("deliver")]
        await workers.calls_answered()
        assert await workers.told(ADMIN) == []
        workers.later(seconds=10)
        await workers.all_are(Delivery.SENT, Delivery.SENT)

    async def test_of_those_already_claimed_none_leaves_either(self, workers: WorkerHarness) -> None:
        await workers.fault(method="sendMessage", error_code=429, retry_after=40)
        workers.pace = RateLimit(rate=4, chat_s=0)
        await reminded(workers, "a")
        await reminded(workers, "b", ADMIN)
        await drained(workers)
        assert len(await workers.calls("sendMessage")) == 1


class TestHours:
    async def test_it_waits_for_a_decent_hour_there_and_the_others_do_not(self, workers: WorkerHarness) -> None:
        workers.now = FRIDAY_EVENING_THERE
        await reminded(workers, "there", departement=REUNION)
        await reminded(workers, "there too", ADMIN, departement=REUNION)
        await reminded(workers, "here", departement="69")
        await reminded(workers, "anywhere")
        messages = await drained(workers)
        assert [message.state for message in messages] == [
            Delivery.PENDING,
            Delivery.PENDING,
            Delivery.SENT,
            Delivery.SENT,
        ]
        assert [(message.due_at, message.attempts) for message in messages[:2]] == [(MONDAY_EIGHT_THERE, 0)] * 2
        assert await workers.sweep() == []

        workers.now = MONDAY_EIGHT_THERE
        assert {message.state for message in await drained(workers)} == {Delivery.SENT}


class TestWithdrawn:
    async def test_what_is_stale_is_taken_back_and_may_be_written_anew(self, workers: WorkerHarness) -> None:
        await reminded(workers, stale_after=workers.now + timedelta(hours=2))
        workers.later(hours=2)
        assert await drained(workers) == []
        await reminded(workers)
        assert [message.state for message in await drained(workers)] == [Delivery.SENT]

    async def test_the_sweep_takes_back_what_grew_stale_waiting(self, workers: WorkerHarness) -> None:
        due = workers.now + timedelta(days=2)
        await reminded(workers, due_at=due, stale_after=workers.now + timedelta(days=1))
        await reminded(workers, "b", due_at=due, stale_after=workers.now + timedelta(days=3))
        workers.later(days=1)
        await workers.sweep()
        assert [message.subject for message in await workers.messages()] == ["b"]

    async def test_what_has_become_moot_is_not_sent(self, workers: WorkerHarness) -> None:
        async def finished(_session: AsyncSession, _now: datetime, claimed: Sequence[Claimed]) -> set[int]:
            return {message.id for message in claimed if message.subject == "moot"}

        await reminded(workers, "moot")
        await reminded(workers, "wanted", ADMIN)
        async with workers.deliveries(replace(NOTE, no_longer_relevant=finished)) as deliveries:
            assert await deliveries.drain() == 1
        (message,) = await workers.messages()
        assert (message.subject, message.state) == ("wanted", Delivery.SENT)
        assert await workers.told(COACH) == []


async def test_what_never_passes_is_given_up_after_eight_attempts_and_seen(workers: WorkerHarness) -> None:
    await workers.fault(method="sendMessage", error_code=500, times=20)
    await reminded(workers)
    for attempt in range(1, 8):
        (message,) = await drained(workers)
        assert (message.state, message.attempts) == (Delivery.PENDING, attempt)
        workers.now = message.due_at
    (message,) = await drained(workers)
    assert (message.state, message.attempts, message.channel) == (Delivery.FAILED, 8, "telegram")
