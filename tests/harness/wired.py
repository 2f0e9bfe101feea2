"""The whole application over HTTP: the local Telegram, the bot that polls it, and the phones on it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import aiohttp
import pytest
from aiogram.client.session.aiohttp import AiohttpSession

from bot.service import BotService, bot_service
from bot.telegram.client import TIMEOUT_S, Telegram
from bot.telegram.incoming import Update
from models.base.database import Database
from models.base.settings import Settings
from simulator import Simulator, SimulatorSettings, State, running
from tests.harness.application import COACH, TOKEN, Application
from tests.harness.factories import NOW
from tests.harness.phone import Phone, plain

PATIENCE_S = 10.0

WIRED = pytest.mark.wired
"""For a story played end to end, over HTTP: what the channel does of it counts."""


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
class WiredPhone(Phone):
    """A phone on the local Telegram."""

    http: aiohttp.ClientSession
    state: State
    confirmations: Confirmations

    async def send(self, text: str) -> Self:
        """Write a text, and wait for the answer."""
        await self._post("send", {"text": text})
        return await self.answered()

    async def send_file(self, kind: str = "document", name: str = "notes.txt", content: bytes = b"texte") -> Self:
        """Send a document or a photo, and wait for the answer."""
        form = aiohttp.FormData()
        form.add_field(kind, content, filename=name)
        async with self.http.post(f"/sim/users/{self.user_id}/send", data=form) as answer:
            assert answer.status == 200, await answer.text()
        return await self.answered()

    async def tap(self, label: str = "", *, data: str = "", message_id: int | None = None) -> Self:
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

    async def answered(self) -> Self:
        """Wait until the bot has handled all that waits, and look."""
        waiting = self.state.updates.pending()
        await self.confirmations.shown(self.user_id, waiting[-1].update_id if waiting else -1)
        return await self.look()

    async def look(self) -> Self:
        """Read the chat as it stands."""
        async with self.http.get(f"/sim/users/{self.user_id}/chat") as answer:
            self.messages = await answer.json()
        return self

    async def _post(self, act: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self.http.post(f"/sim/users/{self.user_id}/{act}", json=body) as answer:
            told: dict[str, Any] = await answer.json()
            assert answer.status == 200, told
            return told


@dataclass
class WiredApplication(Application):
    """A running bot beside the local Telegram."""

    local: Simulator = field(kw_only=True)
    http: aiohttp.ClientSession = field(kw_only=True)
    confirmations: Confirmations = field(default_factory=Confirmations)
    _bot: AsyncExitStack = field(default_factory=AsyncExitStack)
    _service: BotService | None = None

    @property
    def service(self) -> BotService:
        """The bot that runs."""
        assert self._service is not None
        return self._service

    @property
    def served(self) -> Database:
        """The database as the bot has it open."""
        return self.service.database

    async def start(self) -> None:
        """Start a bot."""
        service = await self._bot.enter_async_context(bot_service(self.settings, lambda: self.now))
        session = service.bot.session
        assert isinstance(session, AiohttpSession)
        self.confirmations.watch(service.bot)
        handle = service.handle

        async def watched(update: Update, committed: Callable[[], None] = lambda: None) -> None:
            async with self.confirmations.turn(update.incoming.sender):
                await handle(update, committed)

        service.handle = watched  # type: ignore[method-assign]
        stop = asyncio.Event()
        polling = asyncio.create_task(service.run(stop))
        self._service = service

        async def end() -> None:
            stop.set()
            await polling
            if session._session is not None:  # aiogram waits 0.25 s for TLS, which is not spoken here
                await session._session.close()

        self._bot.push_async_callback(end)

    async def stop(self) -> None:
        """Stop the bot as a supervisor does; whatever waits, waits."""
        await self._bot.aclose()

    async def restart(self) -> None:
        """Stop the bot and start another on the same database."""
        await self.stop()
        await self.start()

    def phone(self, user_id: int = COACH) -> Phone:
        """Return somebody's phone."""
        self.local.state.add_person(user_id, f"Téléphone {user_id}")
        return WiredPhone(user_id, self.http, self.local.state, self.confirmations)

    def calls(self, method: str | None = None) -> list[dict[str, Any]]:
        """Return what the bot asked of Telegram."""
        return self.local.state.calls.listed(method)

    async def fault(self, **fault: Any) -> None:
        """Let the next calls fail."""
        async with self.http.post("/sim/faults", json=fault) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def open_wired(
    database_url: str, redis_url: str, folder: Path, *, now: datetime = NOW
) -> AsyncIterator["WiredApplication"]:
    """Open the application on that database; nobody polls until it is started."""
    async with (
        running(port=0, settings=SimulatorSettings(token=TOKEN, rate_scale=None)) as local,
        aiohttp.ClientSession(local.url) as http,
    ):
        database = Database(database_url)
        settings = Settings(
            telegram_token=TOKEN,
            telegram_api_url=local.url,
            database_url=database_url,
            redis_url=redis_url,
            data_dir=folder,
            secret_key="test",
            webhook_secret="",
        )
        app = WiredApplication(database, settings, now, local=local, http=http)
        try:
            yield app
        finally:
            await app.stop()
            await database.dispose()


def over_http(app: Application) -> WiredApplication:
    """Return the application of a story that is marked `WIRED`."""
    assert isinstance(app, WiredApplication), "the story is not marked WIRED"
    return app
