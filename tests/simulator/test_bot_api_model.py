"""The committed model of the Bot API, and the checks made from it."""

from typing import Any

import pytest

from simulator.errors import BotApiError
from simulator.methods.registry import SIMULATED
from simulator.schema import METHODS, find_method
from tests.simulator.client import ANA, Client, button, keyboard
from tests.simulator.generate_bot_api import TARGET, rendered


def test_the_committed_model_is_what_the_library_says_now() -> None:
    assert TARGET.read_text(encoding="utf-8") == rendered(), "run python -m tests.simulator.generate_bot_api"


def test_every_simulated_method_and_parameter_exists() -> None:
    for name, simulated in SIMULATED.items():
        assert simulated.honours <= METHODS[name.lower()].checks.keys(), name


def test_methods_are_found_in_any_case() -> None:
    assert find_method("SENDmessage").name == "sendMessage"


async def test_a_method_that_is_not_simulated_says_so(client: Client) -> None:
    refused = await client.bot("sendDice", chat_id=ANA)
    assert refused.refusal == (400, 'Bad Request: method "sendDice" is not simulated')


async def test_a_parameter_that_is_not_simulated_says_so(client: Client) -> None:
    refused = await client.bot("sendMessage", chat_id=ANA, text="x", message_effect_id="7")
    assert refused.refusal == (400, 'Bad Request: parameter "message_effect_id" is not simulated')


TYPED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("getUpdates", {"offset": "-1", "timeout": "0"}, {"offset": -1, "timeout": 0}),
    ("getUpdates", {"allowed_updates": '["message"]'}, {"allowed_updates": ["message"]}),
    ("sendMessage", {"chat_id": "1001", "text": 5}, {"chat_id": 1001, "text": "5"}),
    ("sendMessage", {"chat_id": "@ana", "text": "x"}, {"chat_id": "@ana", "text": "x"}),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1", "show_alert": "True"},
        {"callback_query_id": "1", "show_alert": True},
    ),
    ("sendLocation", {"chat_id": 1, "latitude": "4.5", "longitude": 2}, {"latitude": 4.5, "longitude": 2.0}),
    ("deleteMyCommands", {"scope": '{"type": "default"}'}, {"scope": {"type": "default"}}),
]


@pytest.mark.parametrize(("method", "given", "typed"), TYPED)
def test_values_are_read_in_every_form(method: str, given: dict[str, Any], typed: dict[str, Any]) -> None:
    read = find_method(method).parameters(given)
    assert {name: read[name] for name in typed} == typed


MISTYPED: list[tuple[str, dict[str, Any], str]] = [
    ("getMe", {"colour": 1}, 'unknown parameter "colour"'),
    ("getUpdates", {"limit": "ten"}, 'parameter "limit" must be of type Integer'),
    ("getUpdates", {"limit": True}, 'parameter "limit" must be of type Integer'),
    ("getUpdates", {"limit": 1.5}, 'parameter "limit" must be of type Integer'),
    ("getUpdates", {"allowed_updates": "message"}, "can't parse allowed_updates JSON object"),
    ("getUpdates", {"allowed_updates": {}}, 'parameter "allowed_updates" must be of type Array'),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1", "show_alert": "maybe"},
        'parameter "show_alert" must be of type Boolean',
    ),
    ("answerCallbackQuery", {}, 'parameter "callback_query_id" is required'),
    ("sendLocation", {"latitude": "north"}, 'parameter "latitude" must be of type Float'),
    ("sendMessage", {"chat_id": [1], "text": "x"}, 'parameter "chat_id" must be of type Integer'),
    ("sendMessage", {"chat_id": 1}, "message text is empty"),
    ("sendMessage", {"text": "x"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
    ("sendMessage", {"text": {"a": 1}}, 'parameter "text" must be of type String'),
    ("deleteMessage", {"chat_id": 1}, "message identifier is not specified"),
    ("sendDocument", {"chat_id": 1}, "there is no document in the request"),
    ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
    ("getFile", {}, "file_id not specified"),
    ("setMyCommands", {}, 'parameter "commands" is required'),
    ("sendMessage", {"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ("sendMessage", {"reply_markup": "[]"}, "object expected as reply markup"),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [[{"text": "x", "data": "y"}]]}},
        'can\'t parse inline keyboard button: unknown field "data"',
    ),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [[{"callback_data": "y"}]]}},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [[{"text": ["x"]}]]}},
        'can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    (
        "sendMessage",
        {"reply_markup": {"inline_keyboard": [{"text": "x"}]}},
        'can\'t parse InlineKeyboardMarkup: Field "inline_keyboard" must be of type Array',
    ),
    (
        "sendMessage",
        {"entities": [{"type": "bold", "offset": 0}]},
        "can't parse MessageEntity: Can't find field \"length\"",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "moon"}},
        "can't parse BotCommandScope: unsupported type specified",
    ),
    ("setMyCommands", {"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
    ("setWebhook", {"certificate": "x"}, 'parameter "certificate" must be of type InputFile'),
]


@pytest.mark.parametrize(("method", "given", "reason"), MISTYPED)
def test_what_does_not_fit_is_refused(method: str, given: dict[str, Any], reason: str) -> None:
    with pytest.raises(BotApiError) as refused:
        find_method(method).parameters(given)
    assert (refused.value.error_code, refused.value.description) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize("way", ["bot", "bot_form"])
async def test_json_and_forms_say_the_same(client: Client, way: str) -> None:
    sent = await getattr(client, way)(
        "sendMessage", chat_id=ANA, text="x", reply_markup=keyboard([button()]), protect_content=True
    )
    assert sent.result["reply_markup"] == keyboard([button()])
    assert sent.result["has_protected_content"] is True


async def test_a_call_may_stand_in_the_address(client: Client) -> None:
    async with client.http.get("/bot42:TEST/sendMessage", params={"chat_id": "1001", "text": "é"}) as answer:
        assert (await answer.json())["result"]["text"] == "é"


async def test_a_body_that_is_no_json_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/json"}
    for body, reason in [
        (b"{", "can't parse request body as JSON"),
        (b"[]", "object expected as request body"),
    ]:
        async with client.http.post("/bot42:TEST/getMe", data=body, headers=headers) as answer:
            assert (await answer.json())["description"] == f"Bad Request: {reason}"
