"""Telegram's moods on showing a screen lose no effect, and hold up nobody else."""

import asyncio

import pytest

from bot.telegram import messenger
from models.accounts.tables import Account
from models.events.tables import EventHistory
from tests.harness.application import COACH, COORDINATOR, ON_SQLITE
from tests.harness.factories import USUAL
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, WiredApplication
from tests.telegram.updates import FIRST_ID, tapped, written

pytestmark = WIRED


async def on_a_card(app: WiredApplication, coach: Account) -> Phone:
    """Write three persons and open the first."""
    await app.given(3, USUAL)
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


async def shown(app: WiredApplication, phone: Phone, text: str) -> Phone:
    """Wait until the phone shows a screen that begins so."""
    with app.local.state.feed.watch(phone.user_id) as changes:
        async with asyncio.timeout(10):
            while not (await phone.look()).text.startswith(text):
                await changes.get()
    return phone


@pytest.mark.parametrize(
    "fault",
    [{"retry_after": 1}, {"error_code": 502}, {"error_code": 500}, {"drop": "before"}, {"drop": "after"}],
    ids=lambda fault: " ".join(f"{name} {value}" for name, value in fault.items()),
)
@ON_SQLITE
async def test_an_edit_that_fails_is_tried_again_and_the_entry_stands(
    app: WiredApplication, coach: Account, fault: dict[str, object]
) -> None:
    phone = await on_a_card(app, coach)
    other = await app.phone(COORDINATOR).send("/saisir")
    await app.fault(method="editMessageText", chat_id=COACH, times=1, **fault)

    await phone.tap("Rien n'a changé")
    assert phone.toast == "Enregistré : …0001."
    assert (await app.entered()).keys() == {1}
    await other.tap("Voir la liste")
    assert other.text == "À saisir : 2 personnes", "somebody else is answered at once"

    await shown(app, phone, "Enregistré : …0001.\n\nPersonne 2 sur 3")
    assert len(await app.rows(EventHistory)) == 1


@ON_SQLITE
async def test_a_newer_screen_takes_the_place_of_one_that_waits(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    await app.fault(method="editMessageText", chat_id=COACH, times=1, retry_after=1)
    await phone.tap("Rien n'a changé")

    await phone.tap("Voir la liste")
    assert phone.text == "À saisir : 2 personnes"
    await asyncio.gather(*app.service.messenger._later.values(), return_exceptions=True)

    assert (await phone.look()).text == "À saisir : 2 personnes"


@ON_SQLITE
async def test_who_blocks_the_bot_loses_nothing(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    same, message_id = phone.data("Rien n'a changé"), phone.screen["message_id"]
    await app.http.post(f"/sim/users/{COACH}/block")

    await app.service.handle(tapped(FIRST_ID, same, message_id))
    await app.service.handle(written(FIRST_ID + 1, "/saisir"))

    assert (await app.entered()).keys() == {1}
    await app.http.post(f"/sim/users/{COACH}/unblock")
    await phone.send("/saisir")
    assert "1 personne sur 3 saisie" in phone.text


@pytest.mark.parametrize("code", [400, 401, 404])
@ON_SQLITE
async def test_a_screen_that_telegram_refuses_is_logged_and_the_bot_goes_on(
    app: WiredApplication, coach: Account, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    phone = await on_a_card(app, coach)
    await app.fault(method="editMessageText", chat_id=COACH, times=1, error_code=code, description="Refused: no")

    await phone.tap("Rien n'a changé")

    assert "screen refused" in caplog.text
    assert (await app.entered()).keys() == {1}
    await phone.send("/saisir")
    assert "1 personne sur 3 saisie" in phone.text


@ON_SQLITE
async def test_a_screen_refused_when_tried_again_is_logged_too(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.service.messenger, "_pause_s", 0.01)
    phone = await on_a_card(app, coach)
    await app.fault(method="editMessageText", chat_id=COACH, times=1, error_code=502)
    await app.fault(method="editMessageText", chat_id=COACH, times=1, error_code=400, description="Refused: no")

    await phone.tap("Rien n'a changé")
    await asyncio.gather(*app.service.messenger._later.values())

    assert "screen not shown" in caplog.text


@ON_SQLITE
async def test_a_new_message_whose_outcome_is_unknown_is_not_sent_twice(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    messages = len(phone.messages)
    await app.fault(method="sendMessage", chat_id=COACH, times=1, drop="after")

    await phone.send("/personnes")

    assert len(phone.messages) == messages + 2, "what was typed, and one answer"


@ON_SQLITE
async def test_a_message_that_is_gone_gives_way_to_a_new_one(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    gone = phone.screen["message_id"]
    same = phone.data("Rien n'a changé")
    app.local.state.remove(app.local.state.chats[COACH].messages[gone])

    await app.service.handle(tapped(FIRST_ID, same, gone))

    assert (await phone.look()).text.startswith("Enregistré : …0001.")
    assert phone.screen["message_id"] > gone


@ON_SQLITE
async def test_answers_of_taps_and_menus_may_fail_without_a_trace_on_screen(
    app: WiredApplication, coach: Account
) -> None:
    phone = await on_a_card(app, coach)
    for method in ("answerCallbackQuery", "editMessageReplyMarkup", "setMyCommands"):
        await app.fault(method=method, times=1, error_code=400)

    await app.service.handle(tapped(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"]))
    await phone.send("/start")

    assert "1 personne sur 3 saisie" in phone.text


@ON_SQLITE
async def test_a_slow_edit_of_one_holds_up_nobody_else(app: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(app, coach)
    other = await app.phone(COORDINATOR).send("/saisir")
    await app.fault(method="editMessageText", chat_id=COACH, times=1, delay_s=1.5)
    await phone.tap_without_waiting(phone.data("Rien n'a changé"))

    loop = asyncio.get_running_loop()
    began = loop.time()
    with app.local.state.feed.watch(COORDINATOR) as changes:
        await other.tap_without_waiting(other.data("Voir la liste"))
        async with asyncio.timeout(1.5):
            await changes.get()

    assert loop.time() - began < 1.5
    assert (await other.look()).text.startswith("À saisir")
    assert (await phone.answered()).text.startswith("Enregistré : …0001.")


@ON_SQLITE
async def test_a_screen_is_given_up_after_a_while(
    app: WiredApplication, coach: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.service.messenger, "_pause_s", 0.01)
    phone = await on_a_card(app, coach)
    await app.fault(method="editMessageText", chat_id=COACH, times=messenger.ATTEMPTS + 1, error_code=502)

    await phone.tap("Rien n'a changé")
    await asyncio.gather(*app.service.messenger._later.values())

    assert "screen given up" in caplog.text
    await phone.tap(data="home")
    assert "1 personne sur 3 saisie" in phone.text
