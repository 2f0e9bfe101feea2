"""Every line of the reference's table of refusals: code and words, to the letter."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from simulator.files import MAX_BOT_DOWNLOAD, MAX_BOT_UPLOAD
from tests.simulator.client import ANA, BEN, TOKEN, Client, button, form_with_file, keyboard, until

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLL_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

SENT: list[tuple[str, dict[str, Any], str]] = [
    ("callback_data of 65 bytes", {"reply_markup": keyboard([button(data="x" * 65)])}, "BUTTON_DATA_INVALID"),
    (
        "callback_data of 65 bytes in 33 letters",
        {"reply_markup": keyboard([button(data="é" * 32 + "x")])},
        "BUTTON_DATA_INVALID",
    ),
    ("empty callback_data", {"reply_markup": keyboard([button(data="")])}, "BUTTON_DATA_INVALID"),
    (
        "a button without action",
        {"reply_markup": keyboard([{"text": "Oui"}])},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "101 buttons",
        {"reply_markup": keyboard(*[[button(data=str(n))] for n in range(101)])},
        "reply markup is too long",
    ),
    (
        "more than 10 kB of markup",
        {"reply_markup": keyboard(*[[button("x" * 150, str(n))] for n in range(80)])},
        "reply markup is too long",
    ),
    ("4097 characters", {"text": "x" * 4097}, "message is too long"),
    ("4097 units of UTF-16", {"text": "😀" * 2048 + "x"}, "message is too long"),
    ("no text", {"text": ""}, "message text is empty"),
    ("white space alone", {"text": " \n "}, "message text is empty"),
    ("empty tags alone", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("unknown parse mode", {"parse_mode": "HTLM"}, "unsupported parse_mode"),
    (
        "unknown tag",
        {"text": "été<br>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "br" at byte offset 5',
    ),
    (
        "unclosed tag",
        {"text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "wrong end tag",
        {"text": "é<b>x</i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 6, expected "</b>", found "</i>"',
    ),
    ("unknown chat", {"chat_id": 777}, "chat not found"),
    ("a person who never started the bot", {"chat_id": BEN}, "chat not found"),
    ("a name nobody has", {"chat_id": "@nobody"}, "chat not found"),
]


@pytest.mark.parametrize(("params", "reason"), [case[1:] for case in SENT], ids=[case[0] for case in SENT])
async def test_send_message(client: Client, params: dict[str, Any], reason: str) -> None:
    refused = await client.bot("sendMessage", **({"chat_id": ANA, "text": "x"} | params))
    assert refused.refusal == (400, f"Bad Request: {reason}")
    assert [seen["from"] for seen in await client.chat()] == ["user"]


async def test_the_limits_themselves_pass(client: Client) -> None:
    rows = [[button("Oui", "x" * 64)] for _ in range(20)]
    assert (await client.bot("sendMessage", chat_id=ANA, text="x" * 4096, reply_markup=keyboard(*rows))).result
    bold = await client.bot("sendMessage", chat_id=ANA, text=f"<b>{'é' * 4096}</b>", parse_mode="HTML")
    assert len(bold.result["text"]) == 4096
    hundred = keyboard(*[[button(str(n), str(n)) for n in range(8)] for _ in range(12)], [button()] * 4)
    assert (await client.bot("sendMessage", chat_id=ANA, text="x", reply_markup=hundred)).result


async def test_caption_over_1024(client: Client) -> None:
    form = form_with_file("document", b"x", "a.txt", {"chat_id": str(ANA), "caption": "x" * 1025})
    refused = await client.bot_multipart("sendDocument", form)
    assert refused.refusal == (400, "Bad Request: message caption is too long")


async def test_edit_that_changes_nothing(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    same = {"chat_id": ANA, "message_id": sent["message_id"], "text": "<b></b>Bonjour", "parse_mode": "HTML"}
    refused = await client.bot("editMessageText", **same, reply_markup=keyboard([button()]))
    assert refused.refusal == (400, f"Bad Request: {NOT_MODIFIED}")
    without_keyboard = await client.bot("editMessageText", **same)
    assert "reply_markup" not in without_keyboard.result
    refused = await client.bot("editMessageReplyMarkup", chat_id=ANA, message_id=sent["message_id"])
    assert refused.refusal == (400, f"Bad Request: {NOT_MODIFIED}")


@pytest.mark.parametrize(
    ("method", "more", "purpose"),
    [
        ("editMessageText", {"text": "x"}, "edit"),
        ("editMessageReplyMarkup", {}, "edit"),
        ("deleteMessage", {}, "delete"),
        ("pinChatMessage", {}, "pin"),
    ],
)
async def test_a_missing_message(client: Client, method: str, more: dict[str, Any], purpose: str) -> None:
    refused = await client.bot(method, chat_id=ANA, message_id=5, **more)
    assert refused.refusal == (400, f"Bad Request: message to {purpose} not found")


async def test_delete_after_48_hours_but_edit_without_limit(client: Client) -> None:
    first, second = await client.message(), await client.message()
    client.clock.pass_(48 * 3600)
    assert (await client.bot("deleteMessage", chat_id=ANA, message_id=first["message_id"])).result is True
    client.clock.pass_(1)
    refused = await client.bot("deleteMessage", chat_id=ANA, message_id=second["message_id"])
    assert refused.refusal == (400, "Bad Request: message can't be deleted")
    edited = await client.bot("editMessageText", chat_id=ANA, message_id=second["message_id"], text="Encore")
    assert edited.result["text"] == "Encore"


async def _tapped(client: Client) -> str:
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.tap(sent["message_id"], text="Oui")
    query: str = (await client.updates(offset=-1))[0]["callback_query"]["id"]
    return query


async def _answered_twice(client: Client) -> str:
    query = await _tapped(client)
    assert (await client.bot("answerCallbackQuery", callback_query_id=query)).result is True
    return query


async def _answered_late(client: Client) -> str:
    query = await _tapped(client)
    client.clock.pass_(150)
    return query


async def _unknown(client: Client) -> str:
    return "123"


@pytest.mark.parametrize("query", [_answered_twice, _answered_late, _unknown])
async def test_callback_answered_twice_too_late_or_unknown(
    client: Client, query: Callable[[Client], Awaitable[str]]
) -> None:
    refused = await client.bot("answerCallbackQuery", callback_query_id=await query(client))
    assert refused.refusal == (400, f"Bad Request: {TOO_OLD}")


async def test_callback_answer_over_200_characters(client: Client) -> None:
    query = await _tapped(client)
    refused = await client.bot("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert refused.refusal == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert (await client.bot("answerCallbackQuery", callback_query_id=query, text="x" * 200)).result is True


async def test_blocked_and_deleted_people(client: Client) -> None:
    sent = await client.message()
    await client.sim_post(f"users/{ANA}/block")
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).refusal == blocked
    edit = await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="x")
    assert edit.refusal == blocked
    await client.sim_post(f"users/{ANA}/unblock")
    assert (await client.bot("sendMessage", chat_id=ANA, text="x")).result
    await client.sim_post(f"users/{ANA}/deactivate")
    gone = await client.bot("sendMessage", chat_id=ANA, text="x")
    assert gone.refusal == (403, "Forbidden: user is deactivated")


async def test_too_many_requests(client: Client) -> None:
    for number in range(20):
        await client.message(text=str(number))
    refused = await client.bot("sendMessage", chat_id=ANA, text="x")
    assert refused.refusal == (429, "Too Many Requests: retry after 1")
    assert refused.body["parameters"] == {"retry_after": 1}


async def test_a_second_poll_ends_the_older(client: Client) -> None:
    older = asyncio.create_task(client.bot("getUpdates", timeout=50))
    await until(lambda: client.sim.state.updates.is_polled)
    newer = asyncio.create_task(client.bot("getUpdates", timeout=50))
    assert (await older).refusal == (409, POLL_CONFLICT)
    await client.write("Bonjour")
    assert [each["message"]["text"] for each in (await newer).result] == ["Bonjour"]


async def test_get_updates_while_a_webhook_is_set(client: Client) -> None:
    open_poll = asyncio.create_task(client.bot("getUpdates", timeout=50))
    await until(lambda: client.sim.state.updates.is_polled)
    assert (await client.bot("setWebhook", url="https://bot.example/hook")).result is True
    assert (await open_poll).refusal == (409, "Conflict: terminated by setWebhook request")
    assert (await client.bot("getUpdates")).refusal == (409, WEBHOOK_CONFLICT)


@pytest.mark.parametrize("token", ["", "nonsense", "42:OTHER", "x42:TEST", "%20"])
async def test_bad_token(client: Client, token: str) -> None:
    for path in (f"/bot{token}/getMe", f"/file/bot{token}/documents/file_1"):
        async with client.http.get(path) as answer:
            assert answer.status == 401
            assert (await answer.json())["description"] == "Unauthorized: invalid token specified"


async def test_unknown_method(client: Client) -> None:
    assert (await client.bot("sendPigeon")).refusal == (404, "Not Found: method not found")


async def test_get_file_over_20_mb(client: Client) -> None:
    form = form_with_file("document", b"x" * (MAX_BOT_DOWNLOAD + 1), "large.bin")
    async with client.http.post(f"/sim/users/{ANA}/send", data=form) as answer:
        file_id = (await answer.json())["document"]["file_id"]
    assert (await client.bot("getFile", file_id=file_id)).refusal == (400, "Bad Request: file is too big")


async def test_upload_over_50_mb(client: Client) -> None:
    form = form_with_file("document", b"x" * (MAX_BOT_UPLOAD + 1), "large.bin", {"chat_id": str(ANA)})
    refused = await client.bot_multipart("sendDocument", form)
    assert refused.refusal == (413, "Request Entity Too Large")


async def test_a_body_over_64_mb_is_refused_in_the_same_words(client: Client) -> None:
    body = io.BytesIO(b"text=" + b"x" * 65 * 1024 * 1024)
    async with client.http.post(f"/bot{TOKEN}/sendMessage", data=body) as answer:
        assert (answer.status, (await answer.json())["description"]) == (413, "Request Entity Too Large")


async def test_the_token_of_the_first_call_becomes_the_bot_s() -> None:
    from simulator import running

    async with running() as sim, aiohttp.ClientSession(sim.url) as http:
        for token, status in [("x", 401), ("77:abc", 200), (TOKEN, 401), ("77:abc", 200)]:
            async with http.post(f"/bot{token}/getMe") as answer:
                assert answer.status == status
        assert sim.token == "77:abc"
        assert sim.state.bot.id == 77
