"""Many things are told in one statement, and each of them once."""

import asyncio
from datetime import timedelta

from sqlalchemy import event, select

from models.base.database import Database
from models.base.screens import Screen
from models.jobs.signals import JobSignal, noted
from models.notifications.emails import Email
from models.notifications.repository import DELIVER, Notification, notify, notify_all
from models.notifications.tables import Delivery, OutboxMessage
from models.reminders.messages import REMINDER
from tests.harness import factories
from tests.harness.factories import NOW

SCREEN = Screen("Il vous reste 6 personnes sur 20.")


async def tellings_of(database: Database, number: int) -> list[Notification]:
    """Return a reminder for each of so many new coaches."""
    async with database.transaction() as session:
        await factories.dispositif(session)
        coaches = [await factories.account(session, 1000 + n) for n in range(number)]
    return [Notification(REMINDER, c.id or 0, "campaign:2026-12-31", "J-7", SCREEN) for c in coaches]


async def messages(database: Database) -> list[OutboxMessage]:
    """Return what the outbox holds."""
    async with database.transaction() as session:
        return list((await session.scalars(select(OutboxMessage))).all())


async def test_many_are_told_in_one_statement_and_the_workers_called_once(database: Database) -> None:
    tellings = await tellings_of(database, 30)
    statements: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    async with database.transaction() as session:
        await notify_all(session, NOW, tellings)
        assert noted(session) == (JobSignal(DELIVER),)
        assert len([sql for sql in statements if "INSERT" in sql]) == 1
    assert len(await messages(database)) == 30


async def test_told_again_or_by_two_at_once_nothing_comes_twice(database: Database) -> None:
    tellings = await tellings_of(database, 30)

    async def write() -> None:
        async with database.transaction() as session:
            await notify_all(session, NOW, tellings)

    await asyncio.gather(write(), write())
    await write()
    async with database.transaction() as session:
        first = tellings[0]
        assert not await notify(session, NOW, first.kind, first.account_id, first.subject, first.period, SCREEN)
    assert len(await messages(database)) == 30


async def test_nothing_to_tell_calls_nobody(database: Database) -> None:
    async with database.transaction() as session:
        await notify_all(session, NOW, [])
        assert noted(session) == ()


async def test_a_row_keeps_what_its_telling_says(database: Database) -> None:
    (telling,) = await tellings_of(database, 1)
    letter = Email("Rappel", "Il vous reste des réponses à donner.")
    due, stale = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    async with database.transaction() as session:
        await notify(
            session, NOW, REMINDER, telling.account_id, "a", "b", SCREEN,
            letter=letter, due_at=due, stale_after=stale, departement="974",
        )  # fmt: skip
    (kept,) = await messages(database)
    assert Email.restored(kept.letter or {}) == letter
    assert (kept.due_at, kept.stale_after, kept.departement) == (due, stale, "974")
    assert (kept.state, kept.channel) == (Delivery.PENDING, None)
