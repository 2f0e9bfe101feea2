"""Webhook mode: Telegram calls us, and hears 200 only once the update is committed and shown."""

import asyncio

import pytest

from bot.telegram.webhook import PATH, SECRET_HEADER
from models.accounts.tables import Account
from models.base import database
from models.events.tables import EventHistory
from tests.harness.application import ON_SQLITE
from tests.harness.factories import USUAL
from tests.harness.phone import Phone
from tests.harness.wired import WIRED, WiredApplication
from tests.telegram.outage import outage
from tests.telegram.updates import FIRST_ID, delivered_tap

pytestmark = WIRED

SECRET = "un-secret-de-test"


@pytest.fixture
async def called(app: WiredApplication, monkeypatch: pytest.MonkeyPatch) -> WiredApplication:
    """The application whose bot is called instead of polling, on a free port."""
    monkeypatch.setattr(database, "SQLITE_BUSY_MS", 50)
    await app.stop()
    app.settings = app.settings.model_copy(update={"webhook_secret": SECRET, "http_port": 0})
    await app.start()
    return app


async def shown(app: WiredApplication, phone: Phone, text: str) -> Phone:
    """Wait until the phone shows a screen that begins so."""
    with app.local.state.feed.watch(phone.user_id) as changes:
        async with asyncio.timeout(10):
            while not any(m["from"] == "bot" for m in (await phone.look()).messages) or not phone.text.startswith(text):
                await changes.get()
    return phone


async def on_a_card(app: WiredApplication, coach: Account) -> Phone:
    """Write two persons and open the first."""
    await app.given(2, USUAL)
    phone = app.phone()
    await app.http.post(f"/sim/users/{phone.user_id}/send", json={"text": "/saisir"})
    await shown(app, phone, "Remontée du 31 décembre 2026")
    await phone.tap_without_waiting(phone.data("Saisir la suivante"))
    return await shown(app, phone, "Personne 1 sur 2")


async def address(app: WiredApplication) -> str:
    """Return where the bot asked to be called."""
    calls = [call["params"]["url"] for call in app.calls("setWebhook")]
    return str(calls[-1])


async def test_two_quick_taps_over_the_webhook_count_once(called: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(called, coach)
    same = phone.data("Rien n'a changé")

    await phone.tap_without_waiting(same, same)
    await shown(called, phone, "Personne 2 sur 2")

    assert (await called.entered()).keys() == {1}
    assert len(await called.rows(EventHistory)) == 1


async def test_during_an_outage_telegram_is_asked_to_come_again(called: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(called, coach)
    url = await address(called)
    body = delivered_tap(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"])

    async with outage(called), called.http.post(url, json=body, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 503
    assert await called.entered() == {}

    async with called.http.post(url, json=body, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 200
    assert (await called.entered()).keys() == {1}


@ON_SQLITE
async def test_who_does_not_know_the_secret_is_refused(called: WiredApplication, coach: Account) -> None:
    phone = await on_a_card(called, coach)
    url = await address(called)
    assert url.endswith(PATH)
    body = delivered_tap(FIRST_ID, phone.data("Rien n'a changé"), phone.screen["message_id"])

    for headers in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "autre"}, {SECRET_HEADER: "é"}):
        async with called.http.post(url, json=body, headers=headers) as answer:
            assert answer.status == 403
    assert await called.entered() == {}


@ON_SQLITE
async def test_what_nobody_can_read_is_taken_and_let_go(
    called: WiredApplication, coach: Account, caplog: pytest.LogCaptureFixture
) -> None:
    await on_a_card(called, coach)
    url = await address(called)

    async with called.http.post(url, data=b"{", headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 200

    assert "unreadable update" in caplog.text
