"""`/rappels apercu`: administrators see what would go out, in a message that the workers make, and nobody else does."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete
from sqlmodel import col

from models.accounts.tables import Account, Role, RoleGrant
from models.jobs.repository import ask
from models.jobs.tables import Job, JobState
from models.notifications.tables import OutboxMessage
from models.reference.scopes import NATIONAL
from models.reminders.jobs import PREVIEW
from models.reminders.tables import ReminderWish
from tasks.worker import work
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone
from tests.harness.waiting import until
from tests.harness.wired import WIRED, over_http

pytestmark = WIRED

ADMIN = 1013
PATIENCE_S = 15.0


@dataclass
class Looking:
    """An administrator's phone, beside a worker."""

    app: Application
    phone: Phone

    async def told(self, line: str) -> None:
        """Wait for a message that says so, and for the work to be noted as done: it is, a moment later."""
        with over_http(self.app).local.state.feed.watch(ADMIN) as changes:
            async with asyncio.timeout(PATIENCE_S):
                while line not in (await self.phone.look()).text:
                    await changes.get()
        async with asyncio.timeout(PATIENCE_S):
            await until(self._done)

    async def _done(self) -> bool:
        return {job.state for job in await self.app.rows(Job)} == {JobState.DONE}


@pytest.fixture
async def looking(busy: Application) -> AsyncIterator[Looking]:
    async with busy.database.transaction() as session:
        await factories.account(session, ADMIN, Role.ADMIN, NATIONAL, email="admin@exemple.fr")
    stop = asyncio.Event()
    working = asyncio.create_task(work(busy.settings, lambda: busy.now, stop))
    yield Looking(busy, busy.phone(ADMIN))
    stop.set()
    await working


async def test_administrators_see_what_would_go_out_now(looking: Looking) -> None:
    looking.app.now = datetime(2026, 12, 17, 6, 30, tzinfo=UTC)
    await looking.phone.send("/rappels aperçu")
    await looking.told("0 message à envoyer maintenant, 1 en attente de leur heure.\n1 rappel.")

    assert (
        "Rappel, job coach : coach@exemple.fr\nIl est 7 h 30 · J-14, tenu jusqu'à aujourd'hui 9 h\n"
        "Il vous reste 6 personnes sur 20 pour la remontée du 31 décembre."
    ) in looking.phone.text
    looking.app.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    await looking.phone.tap("Actualiser")
    await looking.told("1 message à envoyer maintenant, 0 en attente de leur heure.")
    assert await looking.app.rows(ReminderWish) == []
    assert "reminder" not in {row.kind for row in await looking.app.rows(OutboxMessage) if row.period == "J-14"}


@ON_SQLITE
async def test_administrators_turn_the_pages_of_what_would_go_out(looking: Looking) -> None:
    async with looking.app.database.transaction() as session:
        for number in range(14):
            coach = await factories.account(session, 3000 + number, email=f"coach{number}@exemple.fr")
            await factories.person(session, 7000 + number, coach, past=USUAL)
    looking.app.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    phone = await looking.phone.send("/rappels apercu")
    await looking.told("et 5 autres messages.")
    first = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert len(first) == 10
    assert phone.labels == ["Suivants", "Actualiser", "Vos rappels"]

    await phone.tap("Suivants")
    await looking.told("à envoyer maintenant")
    second = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert first | second == {"coach@exemple.fr", *(f"coach{number}@exemple.fr" for number in range(14))}
    assert first & second == set()
    assert phone.labels == ["Précédents", "Actualiser", "Vos rappels"]
    await phone.tap(data="reminders_preview:99")
    await looking.told("à envoyer maintenant")
    assert phone.labels == ["Précédents", "Actualiser", "Vos rappels"]


@ON_SQLITE
async def test_asked_for_again_while_it_is_prepared_it_is_made_once(busy: Application) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, ADMIN, Role.ADMIN, NATIONAL, email="admin@exemple.fr")
    phone = await busy.phone(ADMIN).send("/rappels apercu")
    assert phone.text.startswith("Aperçu des rappels : Jalon le prépare.")

    await phone.send("/rappels apercu")

    assert phone.text.startswith("L'aperçu des rappels est déjà en préparation.")
    assert [job.kind for job in await busy.rows(Job)] == [PREVIEW.code]


@ON_SQLITE
async def test_who_is_no_administrator_any_more_is_shown_nothing(looking: Looking) -> None:
    admin = next(row for row in await looking.app.rows(Account) if row.channel_address == ADMIN)
    async with looking.app.database.transaction() as session:
        await session.execute(delete(RoleGrant).where(col(RoleGrant.account_id) == admin.id))
        await ask(session, looking.app.now, PREVIEW, admin.id, page=0)

    async def done() -> bool:
        return [job.state for job in await looking.app.rows(Job)] == [JobState.DONE]

    async with asyncio.timeout(PATIENCE_S):
        await until(done)
    assert admin.id not in {row.account_id for row in await looking.app.rows(OutboxMessage)}


@ON_SQLITE
async def test_the_word_means_nothing_to_anybody_else(busy: Application) -> None:
    phone = await busy.phone().send("/rappels apercu")

    assert phone.text.startswith("Vos rappels")
