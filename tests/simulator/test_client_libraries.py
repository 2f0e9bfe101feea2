"""The two libraries the product uses, against the simulator over HTTP, as they come."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
import telegram
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import ExtBot

from simulator.files import MAX_BOT_UPLOAD
from tests.simulator.client import ANA, TOKEN, Client, button, form_with_file, keyboard
from tests.simulator.test_files import PNG


@pytest.fixture
async def aiogram_bot(client: Client) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(client.sim.url))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
    yield bot
    await session.close()


@pytest.fixture
async def ptb_bot(client: Client) -> AsyncIterator[ExtBot[None]]:
    bot: ExtBot[None] = ExtBot(TOKEN, base_url=f"{client.sim.url}/bot", base_file_url=f"{client.sim.url}/file/bot")
    async with bot:
        yield bot


async def test_aiogram_converses(client: Client, aiogram_bot: Bot) -> None:
    await client.write("/start abc")
    assert (await aiogram_bot.me()).username == "jalon_demo_bot"
    (update,) = await aiogram_bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
    assert update.message is not None
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
    rows = [
        [InlineKeyboardButton(text="Oui", callback_data="o")],
        [InlineKeyboardButton(text="Guide", url="https://a.fr")],
    ]
    sent = await aiogram_bot.send_message(
        ANA,
        "<b>Question</b> 😀 &amp; <i>suite</i>",
        reply_markup=InlineKeyboardMarkup(inline_keyboard=rows),
        reply_parameters=ReplyParameters(message_id=update.message.message_id),
        protect_content=True,
        disable_notification=True,
    )
    assert sent.html_text == "<b>Question</b> 😀 &amp; <i>suite</i>"
    assert sent.reply_markup is not None
    assert [[key.text for key in row] for row in sent.reply_markup.inline_keyboard] == [["Oui"], ["Guide"]]
    tap = asyncio.create_task(client.tap(sent.message_id, text="Oui", wait_s=5))
    (tapped,) = await aiogram_bot.get_updates(offset=update.update_id + 1, timeout=5)
    assert tapped.callback_query is not None
    assert isinstance(tapped.callback_query.message, Message)
    assert tapped.callback_query.data == "o"
    await aiogram_bot.answer_callback_query(tapped.callback_query.id, text="Noté")
    assert (await tap)[1]["text"] == "Noté"
    edited = await aiogram_bot.edit_message_text("Merci", chat_id=ANA, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    await aiogram_bot.set_my_commands(
        [BotCommand(command="aide", description="Aide")], scope=BotCommandScopeChat(chat_id=ANA)
    )
    assert (await aiogram_bot.get_my_commands(scope=BotCommandScopeChat(chat_id=ANA)))[0].command == "aide"
    assert (await aiogram_bot.get_chat(ANA)).first_name == "Ana"
    assert (await aiogram_bot.get_webhook_info()).url == ""
    assert await aiogram_bot.delete_messages(ANA, [sent.message_id])


async def test_aiogram_sends_and_fetches_files(client: Client, aiogram_bot: Bot) -> None:
    sent = await aiogram_bot.send_document(ANA, BufferedInputFile(b"a;b", "été.csv"), caption="<b>x</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size) == ("été.csv", 3)
    fetched = await aiogram_bot.download(sent.document)
    assert fetched is not None
    assert fetched.read() == b"a;b"
    photo = await aiogram_bot.send_photo(ANA, BufferedInputFile(PNG, "a.png"))
    assert photo.photo is not None
    assert photo.photo[-1].width == 640
    again = await aiogram_bot.send_document(ANA, sent.document.file_id)
    assert again.document == sent.document


async def test_aiogram_understands_every_refusal(client: Client, aiogram_bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(5, "x")
    with pytest.raises(TelegramEntityTooLarge):
        await aiogram_bot.send_document(ANA, BufferedInputFile(b"x" * (MAX_BOT_UPLOAD + 1), "a.bin"))
    await client.sim_post("faults", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as wait:
        await aiogram_bot.send_message(ANA, "x")
    assert wait.value.retry_after == 3
    await client.sim_post("faults", error_code=404)
    with pytest.raises(TelegramNotFound):
        await aiogram_bot.send_message(ANA, "x")
    await client.sim_post(f"users/{ANA}/block")
    with pytest.raises(TelegramForbiddenError):
        await aiogram_bot.send_message(ANA, "x")
    stranger = Bot("43:OTHER", session=aiogram_bot.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()


async def test_python_telegram_bot_converses(client: Client, ptb_bot: ExtBot[None]) -> None:
    assert ptb_bot.username == "jalon_demo_bot"
    keyboard = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Saisir la suivante", callback_data="n")]])
    sent = await ptb_bot.send_message(ANA, "Il vous reste <b>6</b> personnes.", "HTML", reply_markup=keyboard)
    assert sent.text_html == "Il vous reste <b>6</b> personnes."
    assert sent.reply_markup == keyboard
    await client.tap(sent.message_id, text="Saisir la suivante")
    (update,) = await ptb_bot.get_updates(timeout=1, allowed_updates=telegram.Update.ALL_TYPES)
    assert update.callback_query is not None
    assert update.callback_query.message == sent
    assert await ptb_bot.answer_callback_query(update.callback_query.id)
    edited = await ptb_bot.edit_message_text("Fini", ANA, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.text == "Fini"
    assert (await ptb_bot.get_chat(ANA)).first_name == "Ana"
    assert await ptb_bot.send_chat_action(ANA, "typing")
    assert await ptb_bot.pin_chat_message(ANA, sent.message_id)
    assert await ptb_bot.delete_message(ANA, sent.message_id)


async def test_python_telegram_bot_sends_and_fetches_files(client: Client, ptb_bot: ExtBot[None]) -> None:
    sent = await ptb_bot.send_document(ANA, io.BytesIO(b"a;b"), caption="Le fichier", filename="été.csv")
    assert sent.document is not None
    assert sent.document.file_name == "été.csv"
    file = await ptb_bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a;b"
    photo = await ptb_bot.send_photo(ANA, io.BytesIO(PNG))
    assert photo.photo[0].height == 480


async def test_python_telegram_bot_understands_every_refusal(
    client: Client, ptb_bot: ExtBot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the library warns of the other way
    with pytest.raises(BadRequest, match="Chat not found"):
        await ptb_bot.send_message(5, "x")
    await client.sim_post("faults", retry_after=3)
    with pytest.raises(RetryAfter):
        await ptb_bot.send_message(ANA, "x")
    await client.sim_post(f"users/{ANA}/block")
    with pytest.raises(Forbidden):
        await ptb_bot.send_message(ANA, "x")
    await ptb_bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict):
        await ptb_bot.get_updates()
    stranger: ExtBot[None] = ExtBot("43:OTHER", base_url=f"{client.sim.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_both_libraries_read_every_kind_of_update(
    client: Client, aiogram_bot: Bot, ptb_bot: ExtBot[None]
) -> None:
    await client.write("dans un groupe", chat_id=-100_200)
    await client.http.post(f"/sim/users/{ANA}/send", data=form_with_file("photo", PNG, "a.png"))
    await client.http.post(f"/sim/users/{ANA}/send", data=form_with_file("document", b"x", "a.txt"))
    sent = await client.message(reply_markup=keyboard([button()]))
    await client.tap(sent["message_id"], text="Oui")
    await client.sim_post(f"users/{ANA}/block")
    kinds = ["my_chat_member", "message", "message", "message", "callback_query", "my_chat_member"]
    assert [update.event_type for update in await aiogram_bot.get_updates()] == kinds
    read = await ptb_bot.get_updates()
    assert [next(kind for kind in set(kinds) if getattr(update, kind)) for update in read] == kinds
    assert read[-1].my_chat_member is not None
    assert read[-1].my_chat_member.new_chat_member.status == "kicked"
