"""One line to Telegram: one worker at a time, at a pace, silent when asked, decent in its hours."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.jobs.signals import JobSignal
from models.notifications.delivery import Claimed, claim_due
from models.notifications.repository import notify
from models.notifications.sender_lease import closed_until, release, take
from models.notifications.tables import Delivery, OutboxMessage, TelegramLine
from tasks.notifications.rate_limiter import RateLimit
from tasks.notifications.sender_lease import HELD_FOR
from tests.faults.waiting import until
from tests.queue.yard import ADMIN, COACH, PATIENCE_S, SENT_BACK, Yard

REUNION = "974"
FRIDAY_EVENING_THERE = datetime(2026, 12, 18, 15, 30, tzinfo=UTC)
MONDAY_EIGHT_THERE = datetime(2026, 12, 21, 4, 0, tzinfo=UTC)


async def holder(yard: Yard) -> str | None:
    """Return who holds the line."""
    async with yard.database.transaction() as session:
        found: str | None = await session.scalar(select(col(TelegramLine.holder)))
    return found


async def reminded(yard: Yard, subject: str = "a", telegram_id: int = COACH, **more: object) -> None:
    """Write a message that minds the hour, or its age."""
    account = await yard.account(telegram_id)
    async with yard.database.transaction() as session:
        await notify(session, yard.now, "note", account, subject, "", SENT_BACK, **more)  # type: ignore[arg-type]


async def drained(yard: Yard) -> list[OutboxMessage]:
    """Send what is due; return the messages."""
    async with yard.deliveries() as deliveries:
        await deliveries.drain()
    return await yard.messages()


class TestOneAtATime:
    async def test_one_holds_the_line_until_it_gives_no_sign_of_life(self, yard: Yard) -> None:
        now = yard.now
        table = (
            ("a", now, True),
            ("b", now + timedelta(seconds=2), False),
            ("a", now + timedelta(seconds=2), True),
            ("b", now + timedelta(seconds=4), False),
            ("b", now + timedelta(seconds=6), True),
            ("a", now + timedelta(seconds=6), False),
        )
        for name, at, held in table:
            async with yard.database.transaction() as session:
                assert await take(session, at, name, at + HELD_FOR) is held, (name, at)

    async def test_who_leaves_is_followed_at_once(self, yard: Yard) -> None:
        async with yard.database.transaction() as session:
            assert await take(session, yard.now, "a", yard.now + HELD_FOR)
            await release(session, "b")
            assert not await take(session, yard.now, "b", yard.now + HELD_FOR)
            await release(session, "a")
            assert await take(session, yard.now, "b", yard.now + HELD_FOR)

    async def test_two_who_begin_at_once_do_not_both_have_it(self, yard: Yard) -> None:
        async def taking(name: str) -> bool:
            async with yard.database.transaction() as session:
                return await take(session, yard.now, name, yard.now + HELD_FOR)

        assert sorted(await asyncio.gather(taking("a"), taking("b"), taking("c"))) == [False, False, True]

    async def test_a_worker_that_stops_leaves_the_line_to_the_other(self, yard: Yard) -> None:
        yard.start()
        await yard.tell()
        await yard.all_are(Delivery.SENT)
        first = await holder(yard)
        yard.start()
        await yard.stop_first()

        async def another() -> bool:
            return await holder(yard) not in {first, None}

        async with asyncio.timeout(PATIENCE_S):
            await until(another, every_s=0.05)
        await yard.tell("event:5")
        await yard.all_are(Delivery.SENT, Delivery.SENT)

    async def test_who_takes_over_says_what_its_predecessor_left_in_doubt(self, yard: Yard) -> None:
        async with yard.database.transaction() as session:
            await take(session, yard.now, "killed", yard.now + HELD_FOR)
        await yard.tell()
        async with yard.database.transaction() as session:
            assert len(await claim_due(session, yard.now, 5)) == 1
        yard.start()
        yard.later(seconds=4)
        (message,) = await yard.all_are(Delivery.UNCERTAIN)
        assert message.cause == "worker_killed"


class TestPace:
    async def test_a_chat_rests_while_the_others_are_written_to(self, yard: Yard) -> None:
        yard.pace = RateLimit(rate=200, chat_s=0.6)
        for number in range(3):
            await reminded(yard, f"coach:{number}")
        await reminded(yard, "admin", ADMIN)
        began = time.monotonic()
        messages = await drained(yard)
        assert time.monotonic() - began > 2 * 0.6
        assert {message.state for message in messages} == {Delivery.SENT}
        order = [call["chat_id"] for call in await yard.calls("sendMessage")]
        assert order == [COACH, ADMIN, COACH, COACH]

    async def test_what_is_sent_keeps_the_pace(self, yard: Yard) -> None:
        # When each begins is `test_pace.py`'s; that all of them wait for their turn shows in how long they take, which
        # a busy machine makes longer and never shorter.
        yard.pace = RateLimit(rate=20, chat_s=0)
        for number in range(40):
            await reminded(yard, f"n:{number}", COACH if number % 2 else ADMIN)
        began = time.monotonic()
        await drained(yard)
        assert time.monotonic() - began >= (40 - yard.pace.batch) / 20
        assert len(await yard.calls("sendMessage")) == 40


class TestSilence:
    async def test_asked_to_wait_no_other_message_leaves_before(self, yard: Yard) -> None:
        async with yard.database.transaction() as session:
            await take(session, yard.now, "before", yard.now)
        await yard.fault(method="sendMessage", error_code=429, retry_after=40, chat_id=COACH)
        await reminded(yard, "a")
        messages = await drained(yard)
        assert (messages[0].state, messages[0].attempts, messages[0].due_at) == (
            Delivery.PENDING,
            0,
            yard.now + timedelta(seconds=40),
        )
        async with yard.database.transaction() as session:
            assert await closed_until(session) == yard.now + timedelta(seconds=40)

        yard.start()  # another worker: it keeps the silence too
        await yard.line_taken_from("before")
        await yard.tell("b", ADMIN)
        yard.later(seconds=30)
        assert await yard.sweep() == [JobSignal("deliver")]
        await yard.calls_answered()
        assert await yard.told(ADMIN) == []
        yard.later(seconds=10)
        await yard.all_are(Delivery.SENT, Delivery.SENT)

    async def test_of_those_already_claimed_none_leaves_either(self, yard: Yard) -> None:
        await yard.fault(method="sendMessage", error_code=429, retry_after=40)
        yard.pace = RateLimit(rate=4, chat_s=0)
        await reminded(yard, "a")
        await reminded(yard, "b", ADMIN)
        await drained(yard)
        assert len(await yard.calls("sendMessage")) == 1


class TestHours:
    async def test_it_waits_for_a_decent_hour_there_and_the_others_do_not(self, yard: Yard) -> None:
        yard.now = FRIDAY_EVENING_THERE
        await reminded(yard, "there", departement=REUNION)
        await reminded(yard, "there too", ADMIN, departement=REUNION)
        await reminded(yard, "here", departement="69")
        await reminded(yard, "anywhere")
        messages = await drained(yard)
        assert [message.state for message in messages] == [
            Delivery.PENDING,
            Delivery.PENDING,
            Delivery.SENT,
            Delivery.SENT,
        ]
        assert [(message.due_at, message.attempts) for message in messages[:2]] == [(MONDAY_EIGHT_THERE, 0)] * 2
        assert await yard.sweep() == []

        yard.now = MONDAY_EIGHT_THERE
        assert {message.state for message in await drained(yard)} == {Delivery.SENT}


class TestWithdrawn:
    async def test_what_is_stale_is_taken_back_and_may_be_written_anew(self, yard: Yard) -> None:
        await reminded(yard, stale_after=yard.now + timedelta(hours=2))
        yard.later(hours=2)
        assert await drained(yard) == []
        await reminded(yard)
        assert [message.state for message in await drained(yard)] == [Delivery.SENT]

    async def test_the_sweep_takes_back_what_grew_stale_waiting(self, yard: Yard) -> None:
        due = yard.now + timedelta(days=2)
        await reminded(yard, due_at=due, stale_after=yard.now + timedelta(days=1))
        await reminded(yard, "b", due_at=due, stale_after=yard.now + timedelta(days=3))
        yard.later(days=1)
        await yard.sweep()
        assert [message.subject for message in await yard.messages()] == ["b"]

    async def test_what_has_become_moot_is_not_sent(self, yard: Yard) -> None:
        async def finished(_session: AsyncSession, _now: datetime, claimed: Sequence[Claimed]) -> set[int]:
            return {message.id for message in claimed if (message.kind, message.subject) == ("note", "moot")}

        await reminded(yard, "moot")
        await reminded(yard, "wanted", ADMIN)
        async with yard.deliveries(finished) as deliveries:
            assert await deliveries.drain() == 1
        (message,) = await yard.messages()
        assert (message.subject, message.state) == ("wanted", Delivery.SENT)
        assert await yard.told(COACH) == []


async def test_what_never_passes_is_given_up_after_eight_attempts_and_seen(yard: Yard) -> None:
    await yard.fault(method="sendMessage", error_code=500, times=20)
    await reminded(yard)
    for attempt in range(1, 8):
        (message,) = await drained(yard)
        assert (message.state, message.attempts) == (Delivery.PENDING, attempt)
        yard.now = message.due_at
    (message,) = await drained(yard)
    assert (message.state, message.attempts, message.channel) == (Delivery.FAILED, 8, "telegram")
