"""What the tests hold: a clock that moves when told, a bot that speaks plain HTTP, and the people's phones."""

import asyncio
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from simulator import Simulator

TOKEN = "42:TEST"
ANA = 1001
BEN = 1002


async def until(condition: Callable[[], object]) -> None:
    """Let the server, which runs in this loop too, come to where the condition holds."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


class FakeClock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Answer:
    """An answered Bot API call."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


class Client:
    """Both sides of one simulator."""

    def __init__(self, sim: Simulator, clock: FakeClock, http: aiohttp.ClientSession) -> None:
        self.sim = sim
        self.clock = clock
        self.http = http

    async def bot(self, method: str, **params: Any) -> Answer:
        """A call of the Bot API with a JSON body."""
        async with self.http.post(f"/bot{TOKEN}/{method}", json=params) as answer:
            return Answer(answer.status, await answer.json())

    async def bot_form(self, method: str, **params: Any) -> Answer:
        """The same call as a url-encoded form, everything as text."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        async with self.http.post(f"/bot{TOKEN}/{method}", data=form) as answer:
            return Answer(answer.status, await answer.json())

    async def bot_multipart(self, method: str, form: aiohttp.FormData) -> Answer:
        async with self.http.post(f"/bot{TOKEN}/{method}", data=form) as answer:
            return Answer(answer.status, await answer.json())

    async def message(self, chat_id: int = ANA, text: str = "Bonjour", **params: Any) -> dict[str, Any]:
        sent = await self.bot("sendMessage", chat_id=chat_id, text=text, **params)
        message: dict[str, Any] = sent.result
        return message

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.bot("getUpdates", **params)).result
        return found

    async def sim_post(self, path: str, **body: Any) -> tuple[int, Any]:
        async with self.http.post(f"/sim/{path}", json=body) as answer:
            return answer.status, await answer.json()

    async def sim_get(self, path: str) -> Any:
        async with self.http.get(f"/sim/{path}") as answer:
            return await answer.json()

    async def write(self, text: str, person: int = ANA, **more: Any) -> dict[str, Any]:
        status, seen = await self.sim_post(f"users/{person}/send", text=text, **more)
        assert status == 200, seen
        message: dict[str, Any] = seen
        return message

    async def tap(self, message_id: int, person: int = ANA, **how: Any) -> tuple[int, Any]:
        return await self.sim_post(f"users/{person}/press", **({"message_id": message_id, "wait_s": 0} | how))

    async def chat(self, person: int = ANA) -> list[dict[str, Any]]:
        seen: list[dict[str, Any]] = await self.sim_get(f"users/{person}/chat")
        return seen

    async def started(self, person: int = ANA) -> None:
        """The person has written to the bot, and the bot has seen it."""
        await self.write("/start", person)
        self.sim.state.updates.drop()


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Oui", data: str = "oui") -> dict[str, Any]:
    return {"text": text, "callback_data": data}


def form_with_file(field: str, content: bytes, filename: str, fields: dict[str, str] | None = None) -> aiohttp.FormData:
    form = aiohttp.FormData(fields or {}, quote_fields=False)
    form.add_field(field, io.BytesIO(content), filename=filename)
    return form
