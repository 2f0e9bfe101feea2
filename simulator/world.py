"""Who and what there is: the bot, the people with their phones, the chats and their messages."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from simulator.files import StoredFile
from simulator.formatted import FormattedText
from simulator.keyboard import Keyboard

Author = Literal["user", "bot", "note"]


@dataclass(slots=True)
class Bot:
    """The one bot of a simulator. Its token is the first well-formed one that calls, unless one was set."""

    name: str
    username: str
    token: str | None = None
    description: str = ""
    short_description: str = ""

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0]) if self.token else 1

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True)
class Person:
    """Somebody with a phone. `started`: has written to the bot, so the bot may write to them."""

    id: int
    first_name: str
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def as_user(self) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        user["language_code"] = "fr"
        return user

    def as_phone(self) -> dict[str, Any]:
        return {"id": self.id, "first_name": self.first_name, "username": self.username}


@dataclass(slots=True)
class Chat:
    """A private chat (with `person`), or a group the bot was brought into."""

    id: int
    type: Literal["private", "supergroup"]
    person: Person | None = None
    title: str = ""
    bot_is_member: bool = True
    messages: dict[int, "Message"] = field(default_factory=dict)
    pinned: int | None = None
    menu_button: dict[str, Any] | None = None

    @property
    def is_group(self) -> bool:
        return self.type == "supergroup"

    def as_chat(self) -> dict[str, Any]:
        if self.person is None:
            return {"id": self.id, "title": self.title, "type": self.type}
        chat: dict[str, Any] = {"id": self.id, "first_name": self.person.first_name}
        if self.person.username:
            chat["username"] = self.person.username
        chat["type"] = self.type
        return chat


@dataclass(slots=True)
class Message:
    """A message as it stands now. `text` is the caption where there is a document or a photo."""

    message_id: int
    chat: Chat
    author: Author
    sender: dict[str, Any]
    date: int
    text: FormattedText | None = None
    document: StoredFile | None = None
    photo: StoredFile | None = None
    keyboard: Keyboard | None = None
    edit_date: int | None = None
    reply_to: "Message | None" = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def has_media(self) -> bool:
        return self.document is not None or self.photo is not None

    def as_json(self) -> dict[str, Any]:
        """The message as the Bot API gives it."""
        told: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat.as_chat(),
            "date": self.date,
        }
        if self.edit_date is not None:
            told["edit_date"] = self.edit_date
        if self.reply_to is not None:
            told["reply_to_message"] = replace(self.reply_to, reply_to=None).as_json()
        if self.document is not None:
            told["document"] = self.document.as_document()
        if self.photo is not None:
            told["photo"] = self.photo.as_photo_sizes()
        if self.text is not None:
            text, entities = self.text
            name = "caption" if self.has_media else "text"
            if text or name == "text":
                told[name] = text
            if entities:
                told["caption_entities" if self.has_media else "entities"] = entities
        if self.keyboard:
            told["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.extra:
            told |= self.extra
        return told

    def as_seen(self) -> dict[str, Any]:
        """The message as the phone shows it."""
        return {
            "message_id": self.message_id,
            "from": self.author,
            "text": self.text.text if self.text else "",
            "html": self.text.as_html() if self.text else "",
            "buttons": [[_seen_button(button) for button in row] for row in self.keyboard or ()],
            "document": self.document.as_seen() if self.document else None,
            "photo": self.photo.as_seen() if self.photo else None,
            "date": datetime.fromtimestamp(self.date, UTC).isoformat(),
            "edited": self.edit_date is not None,
        }


def _seen_button(button: dict[str, Any]) -> dict[str, Any]:
    seen: dict[str, Any] = {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
    }
    if "copy_text" in button:
        seen["copy_text"] = button["copy_text"]["text"]
    if "style" in button:
        seen["style"] = button["style"]
    return seen
