"""A person's phone in a story: write, tap, and read the screen once it is answered."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from handlers.context import Attachment
from handlers.conversation import Answer, Conversation, Incoming
from models.base.screens import Screen, typeset

LARGEST_TOAST = 200


@dataclass
class Phone(ABC):
    """One person's phone. `taps` counts what they touched; what they typed is not a tap."""

    user_id: int
    taps: int = field(default=0, kw_only=True)
    toast: str = field(default="", kw_only=True)
    messages: list[dict[str, Any]] = field(default_factory=list, kw_only=True)

    @abstractmethod
    async def send(self, text: str) -> Self:
        """Write a text, and wait for the answer."""

    @abstractmethod
    async def send_file(self, kind: str = "document", name: str = "notes.txt", content: bytes = b"texte") -> Self:
        """Send a document or a photo, and wait for the answer."""

    @abstractmethod
    async def tap(self, label: str = "", *, data: str = "", message_id: int | None = None) -> Self:
        """Tap the one button that begins so (or forge one with `data`), and wait for the answer."""

    @abstractmethod
    async def tap_without_waiting(self, *datas: str) -> None:
        """Tap faster than any answer comes."""

    @abstractmethod
    async def answered(self) -> Self:
        """Wait until all that this person did is handled, and look."""

    @abstractmethod
    async def look(self) -> Self:
        """Read the chat as it stands."""

    @property
    def screen(self) -> dict[str, Any]:
        """The last message of the bot."""
        return next(message for message in reversed(self.messages) if message["from"] == "bot")

    @property
    def text(self) -> str:
        """What the screen says, its unbreakable spaces made plain."""
        return plain(self.screen["text"])

    @property
    def labels(self) -> list[str]:
        """The labels of the screen's buttons."""
        return [plain(button["text"]) for row in self.screen["buttons"] for button in row]

    def data(self, label: str) -> str:
        """Return what the button that begins so carries."""
        return str(self._button(label)["data"])

    def _button(self, label: str) -> dict[str, Any]:
        buttons = [button for row in self.screen["buttons"] for button in row]
        for fits in (str.__eq__, str.startswith):
            found = [button for button in buttons if fits(plain(button["text"]), label)]
            if len(found) == 1:
                return dict(found[0])
            assert not found, f"{label!r} is said of several buttons"
        raise AssertionError(f"no button {label!r} among {self.labels}, under: {self.text}")


@dataclass
class Chats:
    """What phones have before them, in a story that needs no channel."""

    conversation: Callable[[], Conversation]
    by_person: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    in_turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def show(self, person: int, screen: Screen, message: int | None = None) -> int:
        """Show a screen in place of a message, or as a new one; return its number."""
        number: int = message or next(self.numbers)
        shown = {
            "message_id": number,
            "from": "bot",
            "text": screen.plain(),
            "html": screen.marked("<b>", "</b>"),
            "buttons": [[{"text": b.label, "data": b.action.pack()} for b in row] for row in screen.rows],
        }
        chat = self.by_person.setdefault(person, [])
        places = [place for place, one in enumerate(chat) if one["message_id"] == message]
        if places:
            chat[places[0]] = shown
        else:
            chat.append(shown)
        return number


@dataclass
class DirectPhone(Phone):
    """A phone whose taps go straight to the conversation: context in, screen out."""

    chats: Chats

    async def send(self, text: str) -> Self:
        """Write a text, and wait for the answer."""
        return await self._write({"text": text, "document": None}, text=text)

    async def send_file(self, kind: str = "document", name: str = "notes.txt", content: bytes = b"texte") -> Self:
        """Send a document or a photo, and wait for the answer."""
        attachment = Attachment(f"file-{name}", next(self.chats.numbers), True) if kind == "document" else None
        return await self._write({"text": "", "document": name}, attachment=attachment)

    async def tap(self, label: str = "", *, data: str = "", message_id: int | None = None) -> Self:
        """Tap the one button that begins so (or forge one with `data`), and wait for the answer."""
        forged = bool(data) or not label
        self.taps += 1
        await self._tap(data if forged else self.data(label), message_id or self.screen["message_id"])
        return await self.look()

    async def tap_without_waiting(self, *datas: str) -> None:
        """Tap faster than any answer comes."""
        message_id = self.screen["message_id"]
        await asyncio.gather(*(self._tap(data, message_id) for data in datas))

    async def answered(self) -> Self:
        """Wait until all that this person did is handled, and look."""
        return await self.look()

    async def look(self) -> Self:
        """Read the chat as it stands."""
        self.messages = [*self.chats.by_person.get(self.user_id, ())]
        return self

    async def _write(self, message: dict[str, Any], **what: Any) -> Self:
        own = {"message_id": next(self.chats.numbers), "from": "user", "buttons": [], **message}
        self.chats.by_person.setdefault(self.user_id, []).append(own)

        async def show(answer: Answer) -> int:
            for shown in self.chats.by_person[self.user_id]:
                if shown["message_id"] == answer.former_message:
                    shown["buttons"] = []
            return self.chats.show(self.user_id, answer.screen)

        await self._turn(Incoming(next(self.chats.numbers), self.user_id, **what), show)
        return await self.look()

    async def _tap(self, data: str, message_id: int) -> None:
        async def show(answer: Answer) -> None:
            self.toast = plain(typeset(answer.screen.notice)[:LARGEST_TOAST])
            self.chats.show(self.user_id, answer.screen, message_id)

        await self._turn(Incoming(next(self.chats.numbers), self.user_id, tap=data, message=message_id), show)

    async def _turn(self, incoming: Incoming, show: Any) -> None:
        async with self.chats.in_turn:  # one person's updates are handled in order, whatever the channel
            await self.chats.conversation().turn(incoming, show)


def plain(text: str) -> str:
    """Return a text with plain spaces, and without the marks of what stands out."""
    return text.replace("\u00a0", " ").replace("\x02", "").replace("\x03", "")
