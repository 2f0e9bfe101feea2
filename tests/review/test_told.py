"""The coach is told at once, by a worker, with a button that opens what is asked."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from models.accounts.tables import Account
from models.events.tables import EventState
from tasks.worker import work
from tests.harness.application import Application
from tests.harness.phone import Phone
from tests.harness.waiting import until
from tests.harness.wired import WIRED
from tests.review.stories import entered, event_of, reviewer

pytestmark = WIRED

PATIENCE_S = 15.0


@pytest.fixture
async def worker(app: Application) -> AsyncIterator[None]:
    """A worker beside the bot."""
    stop = asyncio.Event()
    working = asyncio.create_task(work(app.settings, lambda: app.now, stop))
    yield
    stop.set()
    await working


@pytest.mark.usefixtures("worker")
async def test_the_message_opens_the_answer_to_look_at_again(app: Application, coach: Account) -> None:
    await entered(app, coach, 1)
    coaching = await app.phone().send("/start")
    phone = await reviewer(app)
    await phone.tap("Voir les saisies")
    for label in ("…0001", "Renvoyer…", "Soutien", "Les heures ne semblent pas correspondre"):
        await phone.tap(label)

    await _told(coaching)
    await coaching.tap("Vérifier")
    await coaching.tap("Régulier")

    assert coaching.text.startswith("Enregistré : …0001.")
    assert (await event_of(app, 1)).state == EventState.ENTERED


async def _told(phone: Phone) -> None:
    """Wait for the message."""

    async def there() -> bool:
        return (await phone.look()).text.startswith("…0001 : votre coordination demande de vérifier le soutien.")

    async with asyncio.timeout(PATIENCE_S):
        await until(there)
