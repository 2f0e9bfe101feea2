"""The rest of the Bot API that is simulated: commands, replies, pins, the bot's own words."""

from typing import Any

import pytest

from tests.simulator.client import ANA, BEN, Client, button, keyboard


def command(name: str, description: str = "Fait quelque chose") -> dict[str, str]:
    return {"command": name, "description": description}


async def test_commands_by_scope_and_language(client: Client) -> None:
    scope = {"type": "chat", "chat_id": ANA}
    await client.bot("setMyCommands", commands=[command("aide")])
    await client.bot("setMyCommands", commands=[command("help")], language_code="en")
    await client.bot("setMyCommands", commands=[command("perso")], scope={"type": "all_private_chats"})
    await client.bot_form("setMyCommands", commands=[command("saisir")], scope=scope, language_code="fr")
    assert (await client.bot("getMyCommands")).result == [command("aide")]
    assert (await client.bot("getMyCommands", language_code="en")).result == [command("help")]
    assert await client.sim_get(f"users/{ANA}/commands") == [command("saisir")]
    assert await client.sim_get(f"users/{BEN}/commands") == [command("perso")]
    await client.bot("deleteMyCommands", scope={"type": "all_private_chats"})
    assert await client.sim_get(f"users/{BEN}/commands") == [command("aide")]
    await client.bot("deleteMyCommands")
    assert await client.sim_get(f"users/{BEN}/commands") == []


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([command(f"c{number}") for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
        ([command("aide", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([command("aide", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([command("é")], "BOT_COMMAND_INVALID"),
        ([command("x" * 33)], "BOT_COMMAND_INVALID"),
    ],
)
async def test_commands_that_cannot_be(client: Client, commands: list[Any], reason: str) -> None:
    refused = await client.bot("setMyCommands", commands=commands)
    assert refused.refusal == (400, f"Bad Request: {reason}")


async def test_commands_at_their_limits(client: Client) -> None:
    hundred = [command(f"c{number}", "x" * 256) for number in range(100)]
    assert (await client.bot("setMyCommands", commands=hundred)).result is True


async def test_a_reply_shows_what_it_answers(client: Client) -> None:
    first = await client.message(text="Un")
    second = await client.message(text="Deux", reply_parameters={"message_id": first["message_id"]})
    third = await client.message(text="Trois", reply_to_message_id=second["message_id"])
    assert second["reply_to_message"]["text"] == "Un"
    assert third["reply_to_message"]["text"] == "Deux"
    assert "reply_to_message" not in third["reply_to_message"]
    missing = await client.bot("sendMessage", chat_id=ANA, text="x", reply_parameters={"message_id": 5})
    assert missing.refusal == (400, "Bad Request: message to be replied not found")
    lenient = {"message_id": 5, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await client.message(reply_parameters=lenient)


async def test_pins(client: Client) -> None:
    sent = await client.message()
    assert (await client.bot("pinChatMessage", chat_id=ANA, message_id=sent["message_id"])).result is True
    chat = (await client.bot("getChat", chat_id=ANA)).result
    assert chat["pinned_message"]["message_id"] == sent["message_id"]
    assert (await client.bot("unpinChatMessage", chat_id=ANA)).result is True
    refused = await client.bot("unpinChatMessage", chat_id=ANA)
    assert refused.refusal == (400, "Bad Request: message to unpin not found")
    await client.bot("pinChatMessage", chat_id=ANA, message_id=sent["message_id"])
    await client.bot("deleteMessage", chat_id=ANA, message_id=sent["message_id"])
    assert "pinned_message" not in (await client.bot("getChat", chat_id=ANA)).result


async def test_many_are_deleted_at_once(client: Client) -> None:
    sent = [(await client.message())["message_id"] for _ in range(3)]
    assert (await client.bot("deleteMessages", chat_id=ANA, message_ids=[*sent[:2], 5])).result is True
    assert [seen["message_id"] for seen in await client.chat()][1:] == sent[2:]
    too_many = await client.bot("deleteMessages", chat_id=ANA, message_ids=list(range(101)))
    assert too_many.refusal == (400, "Bad Request: too many message identifiers specified")


async def test_only_the_bot_s_messages_can_be_edited(client: Client) -> None:
    written = await client.write("Bonjour")
    refused = await client.bot("editMessageText", chat_id=ANA, message_id=written["message_id"], text="x")
    assert refused.refusal == (400, "Bad Request: message can't be edited")
    nowhere = await client.bot("editMessageText", text="x")
    assert nowhere.refusal == (400, "Bad Request: message identifier is not specified")


async def test_a_keyboard_alone_changes_without_an_edit_date(client: Client) -> None:
    sent = await client.message()
    edited = await client.bot(
        "editMessageReplyMarkup",
        chat_id=ANA,
        message_id=sent["message_id"],
        reply_markup=keyboard([button()]),
    )
    assert edited.result["reply_markup"] == keyboard([button()])
    assert "edit_date" not in edited.result


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": " ", "callback_data": "x"}, 'can\'t parse inline keyboard button: Field "text" must be non-empty'),
        (
            {"text": "x", "url": "pas une adresse"},
            "inline keyboard button URL 'pas une adresse' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "url": "javascript:alert(1)"},
            "inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "web_app": {"url": "https://a.fr"}}, 'inline keyboard button "web_app" is not simulated'),
        (
            {"text": "x", "url": "https://a.fr", "callback_data": "y"},
            "can't parse inline keyboard button: more than one action: url, callback_data",
        ),
        (
            {"text": "x", "callback_data": "y", "style": "pink"},
            "can't parse inline keyboard button: invalid button style specified",
        ),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_buttons_that_cannot_be(client: Client, given: dict[str, Any], reason: str) -> None:
    refused = await client.bot("sendMessage", chat_id=ANA, text="x", reply_markup=keyboard([given]))
    assert refused.refusal == (400, f"Bad Request: {reason}")


async def test_buttons_that_can(client: Client) -> None:
    rows = keyboard(
        [{"text": "a", "url": "http://127.0.0.1:8080/x?y=1"}, {"text": "b", "url": "tg://user?id=1"}],
        [{"text": "c", "copy_text": {"text": "K7Q2"}}, {"text": "d", "callback_data": "d", "style": "primary"}],
    )
    assert (await client.message(reply_markup=rows))["reply_markup"] == rows


async def test_reply_keyboards_are_refused_and_removing_one_is_not(client: Client) -> None:
    shown = await client.bot("sendMessage", chat_id=ANA, text="x", reply_markup={"keyboard": [[{"text": "Oui"}]]})
    assert shown.refusal == (400, "Bad Request: reply keyboards and forced replies are not simulated")
    assert "reply_markup" not in await client.message(reply_markup={"remove_keyboard": True})


async def test_the_bot_s_own_words(client: Client) -> None:
    await client.bot("setMyName", name="Jalon de test")
    await client.bot("setMyDescription", description="Saisir en un geste.")
    await client.bot("setMyShortDescription", short_description="Saisir.")
    assert (await client.bot("getMe")).result["first_name"] == "Jalon de test"
    assert (await client.bot("getMyName")).result == {"name": "Jalon de test"}
    assert (await client.bot("getMyDescription")).result == {"description": "Saisir en un geste."}
    assert (await client.bot("getMyShortDescription")).result == {"short_description": "Saisir."}
    too_long = await client.bot("setMyDescription", description="x" * 513)
    assert too_long.refusal == (400, "Bad Request: description is too long")


async def test_menu_buttons(client: Client) -> None:
    await client.bot("setChatMenuButton", chat_id=ANA, menu_button={"type": "default"})
    assert (await client.bot("getChatMenuButton", chat_id=ANA)).result == {"type": "default"}
    assert (await client.bot("getChatMenuButton")).result == {"type": "commands"}


async def test_chat_actions(client: Client) -> None:
    assert (await client.bot("sendChatAction", chat_id=ANA, action="upload_document")).result is True
    wrong = await client.bot("sendChatAction", chat_id=ANA, action="dance")
    assert wrong.refusal == (400, "Bad Request: wrong parameter action in request")


async def test_a_private_chat_cannot_be_left(client: Client) -> None:
    refused = await client.bot("leaveChat", chat_id=ANA)
    assert refused.refusal == (400, "Bad Request: chat member status can't be changed in private chats")
