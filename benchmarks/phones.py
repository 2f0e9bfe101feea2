"""The people's side: their phones, and what the local Telegram has noted of the bot's calls."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from benchmarks.processes import TOKEN

CONNECTIONS = 50


@dataclass(frozen=True)
class Edit:
    """An edited message: when the call came in, on whose phone."""

    at: float
    phone: int


class TookTooLong(Exception):
    """Something awaited did not happen in time."""


class Phones:
    """Every phone of one local Telegram."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def opened(self, phone: int, text: str = "Bonjour") -> int:
        """Make a phone known to the bot and put a message of the bot on it; return the message's number."""
        await self._post("/sim/users", {"id": phone, "first_name": f"Coach {phone}"})
        await self.write(phone, "/start")
        markup = {"inline_keyboard": [[{"text": "Ouvrir", "callback_data": "home"}]]}
        sent = await self.api("sendMessage", chat_id=phone, text=text, reply_markup=markup)
        number: int = sent["message_id"]
        return number

    async def write(self, phone: int, text: str) -> None:
        """Send a text."""
        await self._post(f"/sim/users/{phone}/send", {"text": text})

    async def press(
        self, phone: int, message_id: int, *, data: str | None = None, label: str | None = None, wait_s: float = 0
    ) -> dict[str, Any]:
        """Tap a button; returns what the tap was answered with, in `wait_s` at most."""
        button = {"data": data} if data is not None else {"text": label}
        answer: dict[str, Any] = await self._post(
            f"/sim/users/{phone}/press", {"message_id": message_id, "wait_s": float(wait_s), **button}
        )
        return answer

    async def chat(self, phone: int) -> list[dict[str, Any]]:
        """Return the messages as they stand now."""
        async with self._http.get(f"/sim/users/{phone}/chat") as answer:
            answer.raise_for_status()
            messages: list[dict[str, Any]] = await answer.json()
            return messages

    async def forget_waiting(self) -> None:
        """Drop the updates that wait for the bot."""
        await self.api("deleteWebhook", drop_pending_updates=True)

    async def waiting(self) -> int:
        """Return how many updates the bot has not confirmed."""
        count: int = (await self.api("getWebhookInfo"))["pending_update_count"]
        return count

    async def all_taken(self) -> bool:
        """Whether the bot has confirmed every update."""
        return await self.waiting() == 0

    async def fault(self, **fault: Any) -> None:
        """Let the next calls fail."""
        await self._post("/sim/faults", fault)

    async def clear_faults(self) -> None:
        """Let every call through again."""
        async with self._http.delete("/sim/faults") as answer:
            answer.raise_for_status()

    async def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """Return the bot's calls since the log was cleared."""
        async with self._http.get("/sim/calls", params={"method": method} if method else {}) as answer:
            answer.raise_for_status()
            calls: list[dict[str, Any]] = await answer.json()
            return calls

    async def clear_calls(self) -> None:
        """Begin a new log of calls."""
        async with self._http.delete("/sim/calls") as answer:
            answer.raise_for_status()

    async def edits(self) -> list[Edit]:
        """Return the messages edited since the log was cleared, oldest first."""
        calls = [call for call in await self.calls("editMessageText") if call["ok"]]
        edits = [Edit(datetime.fromisoformat(call["time"]).timestamp(), call["chat_id"]) for call in calls]
        return sorted(edits, key=lambda edit: edit.at)

    async def edits_once(self, number: int, within_s: float, pause_s: float = 0.3) -> list[Edit]:
        """Wait until so many messages were edited, and return them."""
        deadline = time.monotonic() + within_s
        while True:
            # The queue is cheap to ask about; the log, long to write out, is asked for once the queue is empty.
            if await self.all_taken():
                edits = await self.edits()
                if len(edits) >= number:
                    return edits
            if time.monotonic() > deadline:
                raise TookTooLong(f"{len(await self.edits())} of {number} messages edited")
            await asyncio.sleep(pause_s)

    async def api(self, method: str, **params: Any) -> Any:
        """Call the Bot API in the bot's name."""
        return (await self._post(f"/bot{TOKEN}/{method}", params))["result"]

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._http.post(path, json=body) as answer:
            if answer.status != 200:
                raise AssertionError(f"{path}: {answer.status} {await answer.text()}")
            return await answer.json()


@asynccontextmanager
async def phones_of(telegram_url: str) -> AsyncIterator[Phones]:
    """The phones of a local Telegram."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(telegram_url, connector=connector, timeout=timeout) as http:
        yield Phones(http)
