"""An invitation that did not arrive: whoever leads sees it on the card, and has it sent once more."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import revoke
from models.jobs.signals import noted
from models.meetings.invitations.sending import invite_all
from models.notifications.tables import OutboxMessage
from tasks.enqueue import Enqueue
from tasks.worker import work
from tests.harness.application import ON_SQLITE
from tests.harness.factories import account
from tests.harness.phone import Phone
from tests.harness.waiting import until
from tests.harness.wired import WIRED, over_http
from tests.meetings.platform import INVITED, point
from tests.meetings.story import Platform
from tests.meetings.test_register_sent import told

pytestmark = WIRED

GUEST = 2900
BEGUN = datetime(2027, 1, 12, 13, 30, tzinfo=UTC)
LOST = "Cap emploi, responsable : sans réponse, invitation non remise"
AGAIN = "Renvoyer l'invitation à Cap emploi, responsable"


@pytest.fixture
async def blocked(platform: Platform) -> AsyncIterator[Phone]:
    """The phone of Cap emploi, invited while it had the bot blocked, and open to it again since."""
    app = platform.app
    async with app.database.transaction() as session:
        await account(session, GUEST, None, email=INVITED[2][2])
    guest = await app.phone(GUEST).send("/start")
    await turned(platform, "block")
    async with app.database.transaction() as session:
        await invite_all(session, app.now, [await point(session, platform.people)])
    enqueue = Enqueue(app.settings)
    await enqueue(noted(session))
    stop = asyncio.Event()
    running = asyncio.create_task(work(app.settings, lambda: app.now, stop))
    await until(lambda: ended(platform), every_s=0.02)
    await turned(platform, "unblock")
    yield guest
    stop.set()
    await running
    enqueue.close()


async def turned(platform: Platform, how: str) -> None:
    """Let the guest block the bot, or take it back."""
    async with over_http(platform.app).http.post(f"/sim/users/{GUEST}/{how}") as answer:
        assert answer.status == 200


async def ended(platform: Platform) -> bool:
    """Whether every message has met its end, sent or not."""
    return all(row.ended_at is not None for row in await platform.app.rows(OutboxMessage))


@ON_SQLITE
async def test_whom_an_invitation_missed_has_it_once_it_is_sent_again(platform: Platform, blocked: Phone) -> None:
    chef = await platform.phone().send("/point")
    await chef.tap("mardi 12 janvier")
    assert LOST in chef.text
    stale = chef.data(AGAIN)
    order = [line.partition(" : ")[0] for line in chef.text.splitlines() if line.startswith("·")]

    await chef.tap(AGAIN)

    assert [line.partition(" : ")[0] for line in chef.text.splitlines() if line.startswith("·")] == order
    assert chef.text.startswith("L'invitation repart à l'instant.")
    assert AGAIN not in chef.labels
    await told(platform, blocked, "Invitation : Point MDPH–SPE, Rhône")
    await blocked.tap("Présent")
    await chef.tap(data="mt:1")
    assert "Cap emploi, responsable : présent\n" in f"{chef.text}\n"

    await chef.tap(data=stale)
    assert chef.text.startswith("Aucune invitation n'est à renvoyer à ce contact : elle est déjà partie.")


@ON_SQLITE
async def test_who_has_an_address_only_is_not_sent_again_what_no_mail_can_carry(
    platform: Platform, blocked: Phone
) -> None:
    chef = await platform.phone().send("/point")

    await chef.tap("mardi 12 janvier")

    assert chef.text.count("invitation non remise") == 3
    assert [label for label in chef.labels if label.startswith("Renvoyer")] == [AGAIN]


@ON_SQLITE
async def test_a_meeting_that_moved_meanwhile_is_shown_instead(platform: Platform, blocked: Phone) -> None:
    chef = await platform.phone().send("/point")
    await chef.tap("mardi 12 janvier")
    stale = chef.data(AGAIN)
    for label in ("Annuler la réunion", "Oui, annuler"):
        await chef.tap(label)

    await chef.tap(data=stale)

    assert "État : annulé." in chef.text
    assert AGAIN not in chef.labels
    assert "repart" not in chef.text


@ON_SQLITE
async def test_whose_access_was_withdrawn_stays_on_the_card_once_the_meeting_begins(platform: Platform) -> None:
    app = platform.app
    async with app.database.transaction() as session:
        await account(session, GUEST, None, email=INVITED[2][2])
        await revoke(session, COMMAND_LINE, app.now, INVITED[2][2])
        await session.flush()
        await invite_all(session, app.now, [await point(session, platform.people)])
    chef = await platform.phone().send("/point")
    await chef.tap("mardi 12 janvier")
    before = [line for line in chef.text.splitlines() if "invité" in line or "invitation" in line]
    assert before == ["3 invités : 3 sans réponse.", f"· {LOST}"]

    await platform.on(BEGUN, chef)
    await chef.tap(data="mt:1")

    assert "La réunion a-t-elle eu lieu ?" in chef.text
    assert [line for line in chef.text.splitlines() if "invité" in line or "invitation" in line] == before
