"""A Monday in December, seventeen days before the date: a coach with persons left, whose wishes are looked at."""

from datetime import UTC, datetime
from typing import Any

import pytest

from models.accounts.tables import Account
from models.audit.tables import Audit
from models.base.screens import Screen
from models.notifications.repository import notify
from models.reminders.messages import DIGEST, REMINDER
from models.reminders.tables import ReminderWish
from reminders.policy import OPENING
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone, plain

MONDAY = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris, seventeen days before the date: J-14 comes next."""


async def caseload(app: Application, coach: Account, left: int = 6, done: int = 14, base: int = 0) -> None:
    """Give the coach that many persons, so many of them entered."""
    async with app.database.transaction() as session:
        for number in range(base, base + done + left):
            person = await factories.person(session, 1000 + number, coach, past=USUAL)
            if number < base + done:
                await factories.event(session, person)


async def opened(app: Application, who: int = COACH) -> Phone:
    return await app.phone(who).send("/rappels")


def reading(phone: Phone, message_id: int) -> str:
    """Return what one message says now."""
    return plain(next(message["text"] for message in phone.messages if message["message_id"] == message_id))


async def wish(app: Application) -> dict[str, Any]:
    """Return the one wish there is, without its moment; empty where there is none."""
    rows = await app.rows(ReminderWish)
    return rows[0].model_dump(exclude={"changed_at", "account_id"}, exclude_none=True) if rows else {}


async def history(app: Application) -> list[str]:
    """Return what the audit holds of wishes."""
    return [row.action for row in await app.rows(Audit) if row.action.startswith("reminder_")]


@pytest.fixture
async def busy(app: Application, coach: Account) -> Application:
    """A Monday in December: the coach has six persons of twenty left; everybody was told what came."""
    app.now = MONDAY
    await caseload(app, coach)
    accounts = {row.channel_address: row.id for row in await app.rows(Account)}
    async with app.database.transaction() as session:
        subject, nothing = "campaign:2026-12-31", Screen("")
        await notify(session, MONDAY, REMINDER, accounts[COACH], subject, OPENING, nothing)
        await notify(session, MONDAY, DIGEST, accounts[COORDINATOR], subject, "2026-S51", nothing)
    return app
