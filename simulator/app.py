"""The local Telegram as a web application, and two ways to run it: inside a test, and until it is stopped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from simulator.bot_api import BotApi
from simulator.person_api import PersonApi
from simulator.settings import SimulatorSettings
from simulator.state import State

STATE: web.AppKey[State] = web.AppKey("state", State)

_STATIC = Path(__file__).with_name("static")
_MAX_BODY = 64 * 1024 * 1024
_PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": ("default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"),
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: SimulatorSettings | None = None) -> web.Application:
    """The Bot API, the person's side and the phone page. Its state is at `app[STATE]`."""
    state = State(settings or SimulatorSettings())
    app = web.Application(client_max_size=_MAX_BODY)
    app[STATE] = state
    app.add_routes(BotApi(state).routes())
    app.add_routes(PersonApi(state).routes())
    app.add_routes(_page_routes())
    app.on_shutdown.append(_close)
    return app


def _page_routes() -> list[web.RouteDef]:
    # The types are said here, for a machine's own list of them may be poor.
    return [
        web.get("/", _file("phone.html", "text/html")),
        web.get("/static/phone.css", _file("phone.css", "text/css")),
        web.get("/static/phone.js", _file("phone.js", "text/javascript")),
    ]


def _file(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    headers = _PAGE_HEADERS | {"Content-Type": f"{kind}; charset=utf-8"}

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_STATIC / name, headers=headers)

    return answer


async def _close(app: web.Application) -> None:
    """Let go of whoever waits: polls, watching pages, deliveries."""
    state = app[STATE]
    state.updates.end_poll()
    state.feed.close()
    await state.webhook.close()


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulator that runs: where it is, and what it knows."""

    url: str
    state: State

    @property
    def token(self) -> str | None:
        return self.state.bot.token


@asynccontextmanager
async def running(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    settings: SimulatorSettings | None = None,
    people: Iterable[tuple[int, str]] = (),
    known: Collection[int] = (),
) -> AsyncIterator[Simulator]:
    """A simulator in this process, on a free port unless one is given, gone at the end of the block.

    `known` are those of the people who wrote to the bot before: it may write to them.
    """
    app = create_app(settings)
    for person_id, first_name in people:
        app[STATE].add_person(person_id, first_name).started = person_id in known
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        yield Simulator(f"http://{host}:{bound}", app[STATE])
    finally:
        await runner.cleanup()


async def serve(
    port: int = 8081,
    host: str = "127.0.0.1",
    settings: SimulatorSettings | None = None,
    on_ready: Callable[[Simulator], None] | None = None,
) -> None:
    """Run until cancelled; `on_ready` is told once it can be reached."""
    async with running(host=host, port=port, settings=settings) as simulator:
        if on_ready is not None:
            on_ready(simulator)
        await asyncio.Event().wait()
