"""A person's phone: write, tap, send a file; each is a step of the scene."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from tests.golden.harness import Quarter


@dataclass
class Phone:
    """One person's phone."""

    number: int
    name: str
    quarter: "Quarter"

    async def write(self, text: str) -> None:
        """Write a text."""
        await self.quarter.step(f"{self.name} writes « {text} »")
        await self._post("send", json={"text": text})
        await self.quarter.settle()

    async def send_file(self, name: str, content: bytes, kind: str = "document") -> None:
        """Send a file."""
        await self.quarter.step(f"{self.name} sends {name}")
        form = aiohttp.FormData()
        form.add_field(kind, content, filename=name)
        await self._post("send", data=form)
        await self.quarter.settle()

    async def tap(self, *labels: str, on: str = "") -> None:
        """Tap the buttons that read, begin or go on so, one after the other; of several the first is meant.

        Of the messages that begin with `on`, the last one that has such a button.
        """
        for label in labels:
            message, button = await self._button(label, on)
            await self.quarter.step(f"{self.name} taps « {plain(button['text'])} »")
            await self._press(message, button["data"])

    async def forge(self, data: str) -> None:
        """Tap a button that the last message does not have."""
        message = [one for one in await self.quarter.chat(self.number) if one["from"] == "bot"][-1]
        await self.quarter.step(f"{self.name} taps a button that carries « {data} »")
        await self._press(message, data)

    async def again(self, message: dict[str, Any], label: str) -> None:
        """Tap a button of a message as it once was."""
        button = _fitting(message, label)
        assert button is not None, label
        await self.quarter.step(f"{self.name} taps the old « {plain(button['text'])} »")
        await self._press(message, button["data"])

    async def screen(self) -> dict[str, Any]:
        """Return the last message of the bot that has buttons."""
        return [one for one in await self.quarter.chat(self.number) if one["from"] == "bot" and one["buttons"]][-1]

    async def text(self) -> str:
        """Return what that message says."""
        return plain((await self.screen())["text"])

    async def has(self, label: str) -> bool:
        """Whether that message has a button that begins so."""
        return _fitting(await self.screen(), label) is not None

    async def _press(self, message: dict[str, Any], data: str) -> None:
        toast = await self._post("press", json={"message_id": message["message_id"], "data": data})
        if toast["text"]:
            self.quarter.record.note(f"{'alert' if toast['show_alert'] else 'toast'} « {toast['text']} »")
        if not toast["answered"]:
            self.quarter.record.note("no answer to the tap")
        await self.quarter.settle()

    async def _button(self, label: str, on: str) -> tuple[dict[str, Any], dict[str, Any]]:
        chat = await self.quarter.chat(self.number)
        shown = [one for one in chat if one["from"] == "bot" and one["buttons"] and plain(one["text"]).startswith(on)]
        for message in reversed(shown):
            button = _fitting(message, label)
            if button is not None and button["data"] is not None:
                return message, button
        last = shown[-1] if shown else chat[-1]
        labels = [plain(button["text"]) for row in last["buttons"] for button in row]
        raise AssertionError(f"no button {label!r} for {self.name} among {labels}, under: {plain(last['text'])}")

    async def _post(self, act: str, **body: Any) -> dict[str, Any]:
        async with self.quarter.http.post(f"/sim/users/{self.number}/{act}", **body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == 200, told
            return told


def _fitting(message: dict[str, Any], label: str) -> dict[str, Any] | None:
    buttons: list[dict[str, Any]] = [button for row in message["buttons"] for button in row]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for button in buttons:
            if fits(plain(button["text"]), label):
                return button
    return None


def plain(text: str) -> str:
    """Return a text with plain spaces."""
    return text.replace("\u00a0", " ")
