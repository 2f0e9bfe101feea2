"""Editing what the bot sent, without limit of age, and pinning."""

from simulator.errors import bad_request
from simulator.formatted import FormattedText
from simulator.keyboard import Keyboard
from simulator.methods.content import admitted_chat, caption, find_message, keyboard, message_text
from simulator.methods.registry import DONE, Params, Result, simulated
from simulator.state import State
from simulator.world import Message

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_EDITING = ("chat_id", "message_id", "reply_markup")


@simulated(
    "editMessageText",
    *_EDITING,
    "text",
    "parse_mode",
    "entities",
    "link_preview_options",
    "disable_web_page_preview",
)
def edit_message_text(state: State, params: Params) -> Result:
    """Without `reply_markup` the keyboard goes."""
    text, rows = message_text(params), keyboard(params)
    message = _to_edit(state, params)
    if message.has_media:
        raise bad_request("there is no text in the message to edit")
    return _edited(state, message, text, rows)


@simulated("editMessageCaption", *_EDITING, "caption", "parse_mode", "caption_entities")
def edit_message_caption(state: State, params: Params) -> Result:
    text, rows = caption(params), keyboard(params)
    message = _to_edit(state, params)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _edited(state, message, text, rows)


@simulated("editMessageReplyMarkup", *_EDITING)
def edit_message_reply_markup(state: State, params: Params) -> Result:
    rows = keyboard(params)
    message = _to_edit(state, params)
    return _edited(state, message, message.text, rows)


def _to_edit(state: State, params: Params) -> Message:
    if "chat_id" not in params:
        raise bad_request("message identifier is not specified")
    message = find_message(admitted_chat(state, params), params, "edit")
    if message.author != "bot":
        raise bad_request("message can't be edited")
    return message


def _edited(state: State, message: Message, text: FormattedText | None, rows: Keyboard | None) -> Result:
    if message.text == text and message.keyboard == rows:
        raise bad_request(_NOT_MODIFIED)
    if message.text != text:  # Telegram gives no edit date to a message whose keyboard alone has changed
        message.text = text
        message.edit_date = state.now()
    message.keyboard = rows
    state.feed.tell_message(message)
    return Result(message.as_json())


@simulated("pinChatMessage", "chat_id", "message_id", "disable_notification")
def pin_chat_message(state: State, params: Params) -> Result:
    chat = state.chat_open_to_bot(params["chat_id"])
    chat.pinned = find_message(chat, params, "pin").message_id
    return DONE


@simulated("unpinChatMessage", "chat_id", "message_id")
def unpin_chat_message(state: State, params: Params) -> Result:
    chat = state.chat_open_to_bot(params["chat_id"])
    if chat.pinned is None or params.get("message_id", chat.pinned) != chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = None
    return DONE
