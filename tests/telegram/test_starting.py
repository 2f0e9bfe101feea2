"""A bot that starts while Telegram is in trouble: it waits, and begins once Telegram answers."""

import asyncio
from typing import Any

import pytest

from bot.shell.telegram import REFUSED, UNREACHABLE, TelegramRefused, bot_username
from models.accounts.tables import Account
from simulator.webhook import Target
from tests.harness.application import ON_SQLITE
from tests.harness.wired import WIRED, WiredApplication

pytestmark = WIRED

TROUBLES: dict[str, dict[str, Any]] = {
    "a gateway's page": {"html": "<html><h1>nginx</h1></html>", "error_code": 502},
    "a page that says it is well": {"html": "<html>Connexion au réseau</html>"},
    "Telegram restarting": {"error_code": 500, "description": "Internal Server Error: restart"},
    "too many requests": {"retry_after": 1},
    "a lost connection": {"drop": "before"},
}


@pytest.fixture
async def closed(app: WiredApplication) -> WiredApplication:
    """The application whose bot is not started yet."""
    await app.stop()
    return app


@ON_SQLITE
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_bot_begins_to_poll_once_telegram_answers(
    closed: WiredApplication, coach: Account, trouble: dict[str, Any]
) -> None:
    closed.local.state.webhook.point_at(Target("http://127.0.0.1:9/gone"))
    await closed.fault(method="setMyCommands", **trouble)
    await closed.fault(method="deleteWebhook", **trouble)

    await closed.start()
    phone = await closed.phone().send("/saisir")

    assert phone.text.startswith("Remontée du 31 décembre 2026")


@ON_SQLITE
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_bot_asks_to_be_called_until_telegram_agrees(closed: WiredApplication, trouble: dict[str, Any]) -> None:
    closed.settings = closed.settings.model_copy(update={"webhook_secret": "un-secret-de-test", "http_port": 0})
    await closed.fault(method="setWebhook", **trouble)

    await closed.start()

    async with asyncio.timeout(10):
        while closed.local.state.webhook.target is None:
            await asyncio.sleep(0)


@ON_SQLITE
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_passing_trouble_refuses_no_token(closed: WiredApplication, trouble: dict[str, Any]) -> None:
    # Twice: the client asks again by itself where the connection was lost.
    await closed.fault(method="getMe", times=2, **trouble)

    with pytest.raises(TelegramRefused, match=UNREACHABLE):
        await bot_username(closed.settings)

    closed.local.state.faults.clear()
    assert await bot_username(closed.settings) == "jalon_demo_bot"
    with pytest.raises(TelegramRefused, match=REFUSED):
        await bot_username(closed.settings.model_copy(update={"telegram_token": "43:unknown"}))
