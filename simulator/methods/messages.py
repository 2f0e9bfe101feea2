"""Sending and deleting messages, and answering taps."""

import re

from simulator.callbacks import CallbackAnswer
from simulator.errors import bad_request
from simulator.methods.content import (
    admitted_chat,
    extra,
    find_message,
    keyboard,
    message_text,
    replied_to,
)
from simulator.methods.registry import DONE, Params, Result, simulated
from simulator.state import State
from simulator.world import Message

DELETE_WITHIN_S = 48 * 3600
MAX_DELETED_AT_ONCE = 100

SENDING = (
    "chat_id",
    "parse_mode",
    "disable_notification",
    "protect_content",
    "reply_parameters",
    "reply_to_message_id",
    "allow_sending_without_reply",
    "reply_markup",
)
_ACTIONS = re.compile(
    "typing|upload_photo|(record|upload)_(video|voice|video_note)|upload_document|choose_sticker|find_location"
)


@simulated("sendMessage", *SENDING, "text", "entities", "link_preview_options", "disable_web_page_preview")
def send_message(state: State, params: Params) -> Result:
    text, rows = message_text(params), keyboard(params)
    chat = admitted_chat(state, params)
    message = state.post(
        chat,
        "bot",
        state.bot.as_user(),
        text=text,
        keyboard=rows,
        reply_to=replied_to(chat, params),
        extra=extra(params),
    )
    return Result(message.as_json())


@simulated("sendChatAction", "chat_id", "action")
def send_chat_action(state: State, params: Params) -> Result:
    if not _ACTIONS.fullmatch(params["action"]):
        raise bad_request("wrong parameter action in request")
    chat = state.chat_open_to_bot(params["chat_id"])
    state.feed.tell(chat.id, {"type": "action", "action": params["action"]})
    return DONE


@simulated("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
def answer_callback_query(state: State, params: Params) -> Result:
    url = params.get("url")
    if url and not url.startswith((f"https://t.me/{state.bot.username}?", f"t.me/{state.bot.username}?")):
        raise bad_request("URL_INVALID")
    answer = CallbackAnswer(params.get("text"), params.get("show_alert", False), url)
    state.callbacks.answer(params["callback_query_id"], answer)
    return DONE


@simulated("deleteMessage", "chat_id", "message_id")
def delete_message(state: State, params: Params) -> Result:
    message = find_message(state.chat_open_to_bot(params["chat_id"]), params, "delete")
    _check_deletable(state, message)
    state.remove(message)
    return DONE


@simulated("deleteMessages", "chat_id", "message_ids")
def delete_messages(state: State, params: Params) -> Result:
    """Those that are not found are passed over, as Telegram does."""
    if len(params["message_ids"]) > MAX_DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    chat = state.chat_open_to_bot(params["chat_id"])
    known = (chat.messages.get(message_id) for message_id in set(params["message_ids"]))
    found = [message for message in known if message is not None and message.author != "note"]
    for message in found:
        _check_deletable(state, message)
    for message in found:
        state.remove(message)
    return DONE


def _check_deletable(state: State, message: Message) -> None:
    own = message.author == "bot" or not message.chat.is_group
    if not own or state.clock() - message.date > DELETE_WITHIN_S:
        raise bad_request("message can't be deleted")
