"""What fails below the edge: the database away, a fault of ours."""

import logging
import re

import pytest

from bot.telegram import polling
from handlers.context import Context
from handlers.conversation import Unavailable
from handlers.entry import conversation
from models.accounts.tables import Account
from models.base import database
from models.base.screens import Screen
from models.conversations.tables import SeenUpdate
from models.entry.queries import EventReader
from models.entry.repository import EntryWriter
from tests.harness.application import COORDINATOR, ON_SQLITE
from tests.harness.factories import USUAL
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, WiredApplication
from tests.telegram.outage import outage
from tests.telegram.updates import FIRST_ID, tapped, written

pytestmark = WIRED


@pytest.fixture
async def impatient(app: WiredApplication, monkeypatch: pytest.MonkeyPatch) -> WiredApplication:
    """The application whose bot does not wait long for a locked SQLite, nor before it polls again."""
    monkeypatch.setattr(database, "SQLITE_BUSY_MS", 50)
    monkeypatch.setattr(polling, "FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(polling, "LONGEST_PAUSE_S", 0.05)
    await app.restart()
    return app


async def on_a_card(app: WiredApplication, coach: Account) -> Phone:
    """Write two persons and open the first."""
    await app.given(2, USUAL)
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


async def test_without_its_database_the_bot_leaves_the_update_unconfirmed(
    impatient: WiredApplication, coach: Account
) -> None:
    app = impatient
    phone = await on_a_card(app, coach)
    card = phone.text
    tap = tapped(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"])

    async with outage(app):
        for update in (tap, written(FIRST_ID + 1, "/saisir")):
            with pytest.raises(Unavailable):
                await app.service.handle(update)

    assert (await phone.look()).text == card
    assert await app.entered() == {}
    assert FIRST_ID not in {seen.update_id for seen in await app.rows(SeenUpdate)}
    await app.service.handle(tap)
    assert (await app.entered()).keys() == {1}


async def test_a_tap_made_during_an_outage_counts_once_the_database_is_back(
    impatient: WiredApplication, coach: Account
) -> None:
    app = impatient
    phone = await on_a_card(app, coach)
    polled = app.confirmations.polls

    async with outage(app):
        await phone.tap_without_waiting(phone.data("Rien n'a changé"))
        await app.confirmations.polled(polled + 2)
        assert (await phone.look()).text.startswith("Personne 1 sur 2")
    await phone.answered()

    assert phone.text.startswith("Enregistré : …0001.")
    assert (await app.entered()).keys() == {1}


class Broken(Exception):
    """A fault of ours."""


async def test_a_fault_is_told_in_french_with_the_reference_under_which_its_cause_is_logged(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    phone = await on_a_card(app, coach)
    before = await app.everything()

    async def break_down(self: EntryWriter, *_entries: object) -> list[int]:
        await EventReader.progress(self.reader)
        raise Broken

    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(EntryWriter, "save", break_down)
        await phone.tap("Rien n'a changé")

    told = re.search(r"donnez le code ([A-Z2-9]{4}) à", phone.text)
    assert told is not None, phone.text
    assert "Rien n'est perdu : vos saisies précédentes sont là." in phone.text
    (record,) = [record for record in caplog.records if record.name == "handlers.conversation"]
    assert vars(record)["reference"] == told[1]
    assert record.exc_info is not None
    assert record.exc_info[0] is Broken
    assert await app.everything() == before
    await phone.tap("Réessayer")
    assert (await app.entered()).keys() == {1}


@ON_SQLITE
async def test_a_fault_after_a_text_offers_the_way_home(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    await on_a_card(app, coach)
    phone = app.phone()

    async def break_down(_turn: Context) -> Screen:
        raise Broken

    with monkeypatch.context() as broken:
        broken.setattr(conversation, "home_screen", break_down)
        await phone.send("/saisir")
    assert phone.labels == ["Réessayer"]

    await phone.tap("Réessayer")

    assert phone.text.startswith("Remontée du 31 décembre 2026")


async def test_a_fault_of_one_holds_up_nobody_else(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await on_a_card(app, coach)
    page = EventReader.page

    async def break_down_for_the_coach(self: EventReader, *given: object) -> object:
        if self.actor.account_id == coach.id:
            raise Broken
        return await page(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(EventReader, "page", break_down_for_the_coach)
    await phone.tap("Voir la liste")
    assert "Je n'ai pas pu traiter votre demande." in phone.text

    other = await app.phone(COORDINATOR).send("/saisir")
    await other.tap("Voir la liste")

    assert other.text == "À saisir : 2 personnes"


@ON_SQLITE
async def test_nothing_is_shown_that_was_not_committed(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await on_a_card(app, coach)
    seen: list[tuple[int, int]] = []
    edit = app.service.messenger._edit

    async def look_first(chat_id: int, message_id: int, screen: Screen) -> int | None:
        seen.append((len(await app.entered()), screen.text.count("Enregistré")))
        return await edit(chat_id, message_id, screen)

    monkeypatch.setattr(app.service.messenger, "_edit", look_first)
    await phone.tap("Rien n'a changé")

    assert seen == [(1, 1)], "what the screen says is in the database before it is shown"
