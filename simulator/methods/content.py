"""What sending and editing have in common: the text, the keyboard, the way into the chat."""

from typing import Any

from simulator.errors import bad_request
from simulator.formatted import Entity, FormattedText, cleaned, finished, plain, utf16_length
from simulator.html_parser import parse_html
from simulator.keyboard import Keyboard, inline_keyboard
from simulator.methods.registry import Params
from simulator.state import State
from simulator.world import Chat, Message

MAX_TEXT = 4096
MAX_CAPTION = 1024

_ENTITY_KINDS = frozenset(
    {
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
    }
)


# A library's default parse mode comes along even where nothing is quoted; a quote itself is refused.
_REPLY_FIELDS = frozenset({"message_id", "chat_id", "allow_sending_without_reply", "quote_parse_mode"})


def formatted(params: Params, name: str, entities: str) -> FormattedText:
    """The text of parameter `name`, read in its parse mode, or with the entities given beside it."""
    source: str = params.get(name, "")
    mode = params.get("parse_mode", "").lower()
    if mode in ("", "none"):
        given: list[dict[str, Any]] | None = params.get(entities)
        return finished(cleaned(source), _known_entities(given)) if given else plain(source)
    if mode == "html":
        return parse_html(source)
    if mode in ("markdown", "markdownv2"):
        raise bad_request(f'parse mode "{params["parse_mode"]}" is not simulated')
    raise bad_request("unsupported parse_mode")


def _known_entities(given: list[dict[str, Any]]) -> list[Entity]:
    """Telegram passes over the kinds it finds by itself, such as `url`."""
    kept = []
    for entity in given:
        if entity["type"] not in _ENTITY_KINDS or entity["offset"] < 0 or entity["length"] <= 0:
            continue
        if entity["type"] == "text_link" and not entity.get("url"):
            raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
        wanted = ("type", "offset", "length", "url", "language")
        kept.append({name: entity[name] for name in wanted if name in entity})
    return kept


def message_text(params: Params) -> FormattedText:
    text = formatted(params, "text", "entities")
    if not text.text.strip():
        raise bad_request("message text is empty")
    if utf16_length(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def caption(params: Params) -> FormattedText:
    text = formatted(params, "caption", "caption_entities")
    if utf16_length(text.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return text


def keyboard(params: Params) -> Keyboard | None:
    return inline_keyboard(params.get("reply_markup"))


def replied_to(chat: Chat, params: Params) -> Message | None:
    """The message a new one answers."""
    reply = params.get("reply_parameters") or {}
    if unsimulated := reply.keys() - _REPLY_FIELDS:
        raise bad_request(f'reply parameter "{min(unsimulated)}" is not simulated')
    message_id = reply.get("message_id", params.get("reply_to_message_id"))
    if message_id is None:
        return None
    if reply.get("chat_id", chat.id) != chat.id:
        raise bad_request("replies to another chat are not simulated")
    message = chat.messages.get(message_id)
    lenient = reply.get("allow_sending_without_reply", params.get("allow_sending_without_reply", False))
    if (message is None or message.author == "note") and not lenient:
        raise bad_request("message to be replied not found")
    return message


def extra(params: Params) -> dict[str, Any]:
    """What a message keeps of how it was asked for, told back with it."""
    kept: dict[str, Any] = {}
    if params.get("protect_content"):
        kept["has_protected_content"] = True
    if params.get("link_preview_options"):
        kept["link_preview_options"] = params["link_preview_options"]
    return kept


def find_message(chat: Chat, params: Params, purpose: str) -> Message:
    """The message to edit, delete or pin; a note is not of the bot's world."""
    message = chat.messages.get(params.get("message_id", 0))
    if message is None or message.author == "note":
        raise bad_request(f"message to {purpose} not found")
    return message


def admitted_chat(state: State, params: Params) -> Chat:
    """The chat to write in, once its rate lets the message through."""
    chat = state.chat_open_to_bot(params["chat_id"])
    state.rates.admit(chat.id, group=chat.is_group)
    return chat
