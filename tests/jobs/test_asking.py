"""What a transaction leaves for the workers: rows, written with what they tell, and signals noted for later."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.accounts.tables import Account
from models.base.database import Database
from models.base.screens import Screen, bold, button
from models.jobs.repository import ask
from models.jobs.signals import JobSignal, noted
from models.jobs.tables import Job, JobState
from models.notifications.repository import notify
from models.notifications.stored import restored
from models.notifications.tables import OutboxMessage
from models.review.messages import SENT_BACK
from models.workbook.jobs import EXPORT
from tests.harness.factories import NOW, kept_screen

SCREEN = Screen(
    f"{bold('…4217')} : à vérifier.", ((button("Vérifier", "person", 4, 77),), (button("Plus tard", "home"),))
)


async def test_the_same_thing_is_told_once(database: Database, account_id: int) -> None:
    async with database.transaction() as session:
        assert await notify(session, NOW, SENT_BACK, account_id, "event:4", "2026-12-31", SCREEN)
        assert not await notify(session, NOW, SENT_BACK, account_id, "event:4", "2026-12-31", SCREEN)
        assert noted(session) == (JobSignal("deliver"),)
    async with database.transaction() as session:
        later = NOW + timedelta(days=1)
        assert not await notify(session, later, SENT_BACK, account_id, "event:4", "2026-12-31", SCREEN)
        assert noted(session) == ()
        assert await notify(session, later, SENT_BACK, account_id, "event:5", "2026-12-31", SCREEN)
    async with database.transaction() as session:
        kept = (await session.scalars(select(OutboxMessage))).all()
    assert [restored(kept_screen(message)) for message in kept] == [SCREEN, SCREEN]


async def test_what_is_rolled_back_is_neither_told_nor_done(database: Database, account_id: int) -> None:
    async def failing() -> None:
        async with database.transaction() as session:
            await notify(session, NOW, SENT_BACK, account_id, "event:4", "2026-12-31", SCREEN)
            await ask(session, NOW, EXPORT, account_id, campaign=3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing()
    async with database.transaction() as session:
        assert (await session.scalars(select(OutboxMessage))).all() == []
        assert (await session.scalars(select(Job))).all() == []


async def test_work_is_asked_for_with_numbers_and_codes(database: Database, account_id: int) -> None:
    async with database.transaction() as session:
        number = await ask(session, NOW, EXPORT, account_id, campaign=3, scope="dispositif:ABC01")
        assert noted(session) == (JobSignal("export", number),)
    async with database.transaction() as session:
        job = await session.get_one(Job, number)
    assert (job.state, job.arguments) == (JobState.WAITING, {"campaign": 3, "scope": "dispositif:ABC01"})
    assert (job.asked_by, job.asked_at, job.attempts) == (account_id, NOW, 0)


@pytest.fixture
async def account_id(database: Database) -> int:
    """Somebody to tell things to."""
    async with database.transaction() as session:
        account = Account(email="coach@example.org", channel_address=1001, created_at=NOW)
        session.add(account)
        await session.flush()
        assert account.id is not None
        return account.id
