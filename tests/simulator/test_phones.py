"""The person's side, as the design's table has it."""

import asyncio
import json
from typing import Any

import pytest

from tests.simulator.client import ANA, BEN, Client, button, keyboard


async def test_phones_are_listed_and_added(client: Client) -> None:
    assert await client.sim_get("users") == [
        {"id": ANA, "first_name": "Ana", "username": None},
        {"id": BEN, "first_name": "Ben", "username": None},
    ]
    added = await client.sim_post("users", id=2000, first_name="Zoé", username="zoe")
    assert added == (200, {"id": 2000, "first_name": "Zoé", "username": "zoe"})
    assert (await client.sim_post("users"))[1]["id"] == 2001
    assert (await client.sim_post("users", id=ANA, first_name="Anna"))[1]["first_name"] == "Anna"
    assert len(await client.sim_get("users")) == 4


async def test_a_person_writes(client: Client) -> None:
    seen = await client.write("Bonjour <b>", BEN)
    assert (seen["from"], seen["text"], seen["html"]) == ("user", "Bonjour <b>", "Bonjour &lt;b&gt;")
    update = (await client.updates())[0]
    assert update["message"]["from"] == {
        "id": BEN,
        "is_bot": False,
        "first_name": "Ben",
        "language_code": "fr",
    }
    assert (await client.bot("sendMessage", chat_id=BEN, text="Bonjour Ben")).status == 200


async def test_the_chat_shows_messages_as_they_stand_now(client: Client) -> None:
    rows = keyboard([button("Oui", "o"), button("Non", "n")], [{"text": "Guide", "url": "https://a.fr"}])
    sent = await client.message(text="<b>Question</b>", parse_mode="HTML", reply_markup=rows)
    last = (await client.chat())[-1]
    assert last == {
        "message_id": sent["message_id"],
        "from": "bot",
        "text": "Question",
        "html": "<b>Question</b>",
        "buttons": [
            [{"text": "Oui", "data": "o", "url": None}, {"text": "Non", "data": "n", "url": None}],
            [{"text": "Guide", "data": None, "url": "https://a.fr"}],
        ],
        "document": None,
        "photo": None,
        "date": "2027-01-15T08:00:00+00:00",
        "edited": False,
    }
    await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="Merci")
    last = (await client.chat())[-1]
    assert (last["html"], last["buttons"], last["edited"]) == ("Merci", [], True)
    await client.bot("deleteMessage", chat_id=ANA, message_id=sent["message_id"])
    assert [seen["from"] for seen in await client.chat()] == ["user"]


async def test_a_tap_waits_for_its_answer(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button("Oui", "o")]))
    tap = asyncio.create_task(client.tap(sent["message_id"], text="Oui", wait_s=10))
    query = (await client.updates(timeout=5))[0]["callback_query"]
    await client.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noté", show_alert=True)
    assert await tap == (200, {"answered": True, "text": "Noté", "show_alert": True, "url": None})


async def test_a_tap_nobody_answers_ends_all_the_same(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    for wait_s in (0, 0.001):
        status, answer = await client.tap(sent["message_id"], text="Oui", wait_s=wait_s)
        assert (status, answer["answered"]) == (200, False)
    assert len(await client.updates()) == 2


async def test_a_forged_tap_reaches_the_bot(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    assert (await client.tap(sent["message_id"], data="admin:1"))[0] == 200
    assert (await client.updates())[0]["callback_query"]["data"] == "admin:1"


async def test_a_link_button_tells_its_address_and_the_bot_nothing(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([{"text": "Guide", "url": "https://a.fr"}]))
    status, answer = await client.tap(sent["message_id"], text="Guide")
    assert (status, answer) == (
        200,
        {"answered": False, "text": None, "show_alert": False, "url": "https://a.fr"},
    )
    assert await client.updates() == []


async def test_an_answer_may_open_the_bot_s_own_link_only(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.tap(sent["message_id"], text="Oui")
    query = (await client.updates())[0]["callback_query"]["id"]
    elsewhere = await client.bot("answerCallbackQuery", callback_query_id=query, url="https://a.fr")
    assert elsewhere.refusal == (400, "Bad Request: URL_INVALID")
    own = "https://t.me/jalon_demo_bot?start=x"
    assert (await client.bot("answerCallbackQuery", callback_query_id=query, url=own)).status == 200


async def test_an_invitation_reaches_the_phone_and_not_the_bot(client: Client) -> None:
    url = "https://t.me/jalon_demo_bot?start=TOKEN"
    status, seen = await client.sim_post(f"users/{BEN}/note", text="Votre invitation", url=url)
    assert (status, seen["from"], seen["buttons"][0][0]["url"]) == (200, "note", url)
    assert await client.updates() == []
    assert (await client.bot("sendMessage", chat_id=BEN, text="x")).status == 400
    for method, more in [("editMessageText", {"text": "x"}), ("deleteMessage", {}), ("pinChatMessage", {})]:
        await client.write("x", BEN)
        refused = await client.bot(method, chat_id=BEN, message_id=seen["message_id"], **more)
        assert refused.refusal[1].endswith("not found")


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("users/9/send", {"text": "x"}, 404, "no phone has the number 9"),
    (f"users/{ANA}/send", {}, 400, "text is missing"),
    (f"users/{ANA}/send", {"text": " "}, 400, "the text is empty"),
    (f"users/{ANA}/send", {"text": "x" * 4097}, 400, "the text is longer than 4096 characters"),
    (f"users/{ANA}/send", {"text": 5}, 400, "text must be of type str"),
    (f"users/{ANA}/send", {"txt": "x"}, 400, "unknown field txt"),
    (f"users/{ANA}/send", {"text": "x", "chat_id": 7}, 400, "a group has a negative chat_id"),
    (f"users/{ANA}/press", {"text": "Oui"}, 400, "message_id is missing"),
    (f"users/{ANA}/press", {"message_id": 1}, 400, "either text or data is needed"),
    (f"users/{ANA}/press", {"message_id": 1, "text": "a", "data": "b"}, 400, "either text or data is needed"),
    (f"users/{ANA}/press", {"message_id": 1, "text": "Oui"}, 404, "no message 1 in this chat"),
    (f"users/{ANA}/press", {"message_id": True, "text": "Oui"}, 400, "message_id must be of type int"),
    ("users", {"id": -5}, 400, "id must be positive"),
    (f"users/{ANA}/note", {}, 400, "text is missing"),
]


@pytest.mark.parametrize(("path", "body", "status", "error"), REFUSED)
async def test_what_a_phone_cannot_do(client: Client, path: str, body: dict[str, Any], status: int, error: str) -> None:
    assert await client.sim_post(path, **body) == (status, {"error": error})


async def test_a_button_that_is_not_there(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button("Oui")]))
    status, answer = await client.tap(sent["message_id"], text="oui")
    assert status == 404
    assert "no button reads 'oui'" in answer["error"]


async def test_somebody_who_blocked_the_bot_neither_writes_nor_taps(client: Client) -> None:
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.sim_post(f"users/{ANA}/block")
    assert (await client.tap(sent["message_id"], text="Oui"))[0] == 400
    assert (await client.sim_post(f"users/{ANA}/send", text="x"))[0] == 400
    await client.sim_post(f"users/{BEN}/deactivate")
    assert (await client.sim_post(f"users/{BEN}/send", text="x"))[0] == 400


async def test_a_page_is_told_of_every_change(client: Client) -> None:
    async with client.http.get(f"/sim/users/{ANA}/events") as feed:
        assert feed.content_type == "text/event-stream"
        await feed.content.readuntil(b"\n\n")
        sent = await client.message(text="Un")
        await client.bot("sendChatAction", chat_id=ANA, action="typing")
        await client.bot("editMessageText", chat_id=ANA, message_id=sent["message_id"], text="Deux")
        await client.bot("deleteMessage", chat_id=ANA, message_id=sent["message_id"])
        await client.bot("setMyCommands", commands=[])
        told = [json.loads((await feed.content.readuntil(b"\n\n")).removeprefix(b"data: ")) for _ in range(5)]
    assert [each["type"] for each in told] == ["message", "action", "message", "deleted", "commands"]
    assert [each["message"]["html"] for each in told if each["type"] == "message"] == ["Un", "Deux"]
