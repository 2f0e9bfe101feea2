"""What Telegram delivers, read once: who speaks, where, and what they tapped or wrote.

Read from plain JSON: aiogram's models take twenty times as long, at every tap.
"""

from dataclasses import dataclass
from typing import Any

from handlers.context import Attachment
from handlers.conversation import Incoming
from tasks.telegram.limits import LARGEST_FETCHED


class Unreadable(Exception):
    """Something else than an update of Telegram's."""


@dataclass(frozen=True)
class Update:
    """An update of a person: what they did, and what showing the answer takes."""

    incoming: Incoming
    chat_id: int
    private: bool
    tap_id: str | None = None
    """The tap, to be answered."""
    on_document: bool = False
    """Whether the message tapped is a document with a caption: an invitation with its calendar file."""


def read(raw: dict[str, Any]) -> Update | None:
    """Return what a person did; none for an update that is nobody's turn to answer. Raises `Unreadable`."""
    try:
        if "callback_query" in raw:
            return _tap(raw["update_id"], raw["callback_query"])
        if "message" in raw:
            return _message(raw["update_id"], raw["message"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable from error
    return None


def _tap(number: int, tap: dict[str, Any]) -> Update:
    sender, action, message = tap["from"]["id"], tap.get("data") or "", tap.get("message")
    if message is None:
        return Update(Incoming(number, sender, action), sender, True, tap["id"])
    incoming, chat = Incoming(number, sender, action, message["message_id"]), message["chat"]
    return Update(incoming, chat["id"], chat["type"] == "private", tap["id"], "document" in message)


def _message(number: int, message: dict[str, Any]) -> Update | None:
    chat, sender = message["chat"], message.get("from")
    if sender is None or sender.get("is_bot"):
        return None
    attachment = None
    if (document := message.get("document")) is not None:
        fetchable = (document.get("file_size") or 0) <= LARGEST_FETCHED
        attachment = Attachment(document["file_id"], message["message_id"], fetchable)
    incoming = Incoming(number, sender["id"], text=message.get("text"), attachment=attachment)
    return Update(incoming, chat["id"], chat["type"] == "private")
