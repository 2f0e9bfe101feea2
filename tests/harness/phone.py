"""A person's phone in a story: write, tap, and read the screen once the bot has answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.telegram.client import TIMEOUT_S, Telegram
from simulator import State

PATIENCE_S = 10.0


class Confirmations:
    """Sees the bot confirm its updates, by when they are committed, and end their turns, by when they are shown."""

    def __init__(self) -> None:
        self._offset = 0
        self._under_way: Counter[int] = Counter()
        self.polls = 0
        self._moved = asyncio.Condition()

    def watch(self, bot: Telegram) -> None:
        """Note what the bot's polls confirm."""
        call = bot.call

        async def noting(method: str, *, within_s: float = TIMEOUT_S, **parameters: Any) -> Any:
            if method == "getUpdates":
                async with self._moved:
                    self.polls += 1
                    self._offset = max(self._offset, parameters["offset"] or 0)
                    self._moved.notify_all()
            return await call(method, within_s=within_s, **parameters)

        bot.call = noting  # type: ignore[method-assign]

    @asynccontextmanager
    async def turn(self, person: int) -> AsyncIterator[None]:
        """A turn of somebody's, from its beginning until it is shown."""
        self._under_way[person] += 1
        try:
            yield
        finally:
            async with self._moved:
                self._under_way[person] -= 1
                self._moved.notify_all()

    async def shown(self, person: int, update_id: int) -> None:
        """Wait until that update is confirmed, and what that person did is shown."""
        async with asyncio.timeout(PATIENCE_S), self._moved:
            await self._moved.wait_for(lambda: self._offset > update_id and not self._under_way[person])

    async def polled(self, times: int) -> None:
        """Wait until the bot has asked for updates so many times."""
        async with asyncio.timeout(PATIENCE_S), self._moved:
            await self._moved.wait_for(lambda: self.polls >= times)


@dataclass
class Phone:
    """One person's phone. `taps` counts what they touched; what they typed is not a tap."""

    user_id: int
    http: aiohttp.ClientSession
    state: State
    confirmations: Confirmations
    taps: int = 0
    toast: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)

    async def send(self, text: str) -> "Phone":
        """Write a text, and wait for the answer."""
        await self._post("send", {"text": text})
        return await self.answered()

    async def send_file(self, kind: str = "document", name: str = "notes.txt", content: bytes = b"texte") -> "Phone":
        """Send a document or a photo, and wait for the answer."""
        form = aiohttp.FormData()
        form.add_field(kind, content, filename=name)
        async with self.http.post(f"/sim/users/{self.user_id}/send", data=form) as answer:
            assert answer.status == 200, await answer.text()
        return await self.answered()

    async def tap(self, label: str = "", *, data: str = "", message_id: int | None = None) -> "Phone":
        """Tap the one button that begins so (or forge one with `data`), and wait for the answer."""
        pressed = {"message_id": message_id or self.screen["message_id"]}
        pressed |= {"data": data} if data or not label else {"text": self._button(label)["text"]}
        self.taps += 1
        answer = await self._post("press", pressed)
        self.toast = plain(answer["text"] or "")
        return await self.answered()

    async def tap_without_waiting(self, *datas: str) -> None:
        """Tap faster than any answer comes."""
        message_id = self.screen["message_id"]
        await asyncio.gather(
            *(self._post("press", {"message_id": message_id, "data": data, "wait_s": 0}) for data in datas)
        )

    async def answered(self) -> "Phone":
        """Wait until the bot has handled all that waits, and look."""
        waiting = self.state.updates.pending()
        await self.confirmations.shown(self.user_id, waiting[-1].update_id if waiting else -1)
        return await self.look()

    async def look(self) -> "Phone":
        """Read the chat as it stands."""
        async with self.http.get(f"/sim/users/{self.user_id}/chat") as answer:
            self.messages = await answer.json()
        return self

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

    async def _post(self, act: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.http.post(f"/sim/users/{self.user_id}/{act}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == 200, told
            return told


def plain(text: str) -> str:
    """Return a text with plain spaces, and without the marks of what stands out."""
    return text.replace("\u00a0", " ").replace("\x02", "").replace("\x03", "")
