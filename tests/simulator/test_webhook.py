"""The webhook: its secret, its retries, the order within a chat, and the answer that is itself a call."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import FormData, web

from tests.simulator.client import ANA, BEN, Client, until

SECRET = "s3cret_-"


class Hook:
    """A bot's webhook that answers what it is told to, and remembers what came."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.reply: dict[str, Any] | FormData | None = None
        self.secrets: list[str | None] = []
        self.came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.came.put(await request.json())
        status = self.statuses.pop(0) if self.statuses else 200
        if isinstance(self.reply, FormData):
            return web.Response(status=status, body=self.reply())
        return web.json_response(self.reply, status=status)

    async def next(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            return await self.came.get()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    async with _running_hook() as running:
        yield running


@asynccontextmanager
async def _running_hook() -> AsyncIterator[Hook]:
    made = Hook()
    app = web.Application()
    app.add_routes([web.post("/hook", made.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield made
    finally:
        await runner.cleanup()


async def _settled(client: Client) -> None:
    """Everything that waited has been taken."""
    await until(lambda: not client.sim.state.updates.pending())


async def test_updates_are_posted_with_the_secret(client: Client, hook: Hook) -> None:
    await client.write("avant")
    answer = await client.bot("setWebhook", url=hook.url, secret_token=SECRET)
    assert (answer.result, answer.body["description"]) == (True, "Webhook was set")
    await client.write("après")
    assert [(await hook.next())["message"]["text"] for _ in range(2)] == ["avant", "après"]
    assert hook.secrets == [SECRET, SECRET]
    await _settled(client)


async def test_anything_but_2xx_is_tried_again(client: Client, hook: Hook) -> None:
    hook.statuses = [500, 404, 302, 204]
    await client.bot("setWebhook", url=hook.url)
    await client.write("encore")
    came = [await hook.next() for _ in range(4)]
    assert len({update["update_id"] for update in came}) == 1
    await _settled(client)
    info = (await client.bot("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert info["pending_update_count"] == 0


async def test_one_person_s_updates_keep_their_order_and_hold_nobody_else_up(client: Client, hook: Hook) -> None:
    hook.statuses = [500, 200, 200, 200]
    await client.bot("setWebhook", url=hook.url)
    await client.write("un")
    await client.write("deux")
    await client.write("ailleurs", BEN)
    came = [(await hook.next())["message"]["text"] for _ in range(4)]
    assert [text for text in came if text != "ailleurs"] == ["un", "un", "deux"]
    assert "ailleurs" in came


async def test_an_expired_update_is_not_tried_again(client: Client, hook: Hook) -> None:
    hook.statuses = [500] * 1000
    await client.bot("setWebhook", url=hook.url)
    await client.write("trop tard")
    await hook.next()
    client.clock.pass_(24 * 3600)
    await _settled(client)


async def test_what_a_webhook_did_not_take_goes_to_get_updates(client: Client) -> None:
    await client.bot("setWebhook", url="http://127.0.0.1:9/nobody")
    await client.write("gardé")
    deleted = await client.bot("deleteWebhook")
    assert deleted.body["description"] == "Webhook was deleted"
    assert (await client.bot("deleteWebhook")).body["description"] == "Webhook is already deleted"
    assert [update["message"]["text"] for update in await client.updates()] == ["gardé"]


async def test_pending_updates_can_be_dropped(client: Client) -> None:
    await client.write("oublié")
    await client.bot("deleteWebhook", drop_pending_updates=True)
    assert await client.updates() == []


@pytest.mark.parametrize("form", [False, True])
async def test_the_answer_may_be_a_call(client: Client, hook: Hook, form: bool) -> None:
    if form:  # as aiogram answers
        hook.reply = FormData({"method": "sendMessage", "chat_id": str(ANA), "text": "Reçu"}, default_to_multipart=True)
    else:
        hook.reply = {"method": "sendMessage", "chat_id": ANA, "text": "Reçu"}
    await client.bot("setWebhook", url=hook.url)
    await client.write("Allô ?")
    await hook.next()
    await _settled(client)
    assert (await client.chat())[-1]["text"] == "Reçu"


async def test_an_answer_that_is_refused_counts_as_taken(client: Client, hook: Hook) -> None:
    hook.reply = {"method": "sendMessage", "chat_id": 5, "text": "Reçu"}
    await client.bot("setWebhook", url=hook.url)
    await client.write("Allô ?")
    await hook.next()
    await _settled(client)
    assert hook.came.empty()


async def test_webhook_info(client: Client) -> None:
    assert (await client.bot("getWebhookInfo")).result == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
    url = "https://bot.example/hook"
    await client.bot("setWebhook", url=url, allowed_updates=["message"], max_connections=7)
    info = (await client.bot("getWebhookInfo")).result
    assert (info["url"], info["max_connections"], info["allowed_updates"]) == (url, 7, ["message"])
    again = await client.bot("setWebhook", url=url, max_connections=7)
    assert again.body["description"] == "Webhook is already set"
    default = await client.bot("setWebhook", url=url)
    assert default.body["description"] == "Webhook was set"
    assert (await client.bot("getWebhookInfo")).result["max_connections"] == 40


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "http://bot.example/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "hook"}, "invalid webhook URL specified"),
        ({"url": "https://[/"}, "invalid webhook URL specified"),
        ({"url": "https://b.fr/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "https://b.fr/", "secret_token": "é"}, "secret token contains unallowed characters"),
        ({"url": "https://b.fr/", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_that_cannot_be(client: Client, params: dict[str, Any], reason: str) -> None:
    assert (await client.bot("setWebhook", **params)).refusal == (400, f"Bad Request: {reason}")


async def test_no_more_than_max_connections_at_once(client: Client) -> None:
    at_once, highest, gate = 0, 0, asyncio.Event()

    async def take(request: web.Request) -> web.StreamResponse:
        nonlocal at_once, highest
        at_once += 1
        highest = max(highest, at_once)
        await gate.wait()
        at_once -= 1
        return web.Response()

    app = web.Application()
    app.add_routes([web.post("/", take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await client.bot("setWebhook", url=url, max_connections=3)
    for person in range(10, 20):
        await client.sim_post("users", id=person)
        await client.write("x", person)
    await until(lambda: at_once == 3)
    gate.set()
    await _settled(client)
    assert highest == 3
    await runner.cleanup()
