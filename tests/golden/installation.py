"""An installation of its own: the demo's data on virtual time, in an empty folder."""

import asyncio
import os
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from importlib.metadata import entry_points
from pathlib import Path

import aiohttp
from typer.testing import CliRunner

from simulator import SimulatorSettings
from simulator import running as simulator_running
from tests.golden import adapter
from tests.golden.harness import ADDRESS, Now, Quarter
from tests.golden.mailbox import mailbox

TOKEN = "42:golden"
SECRET_KEY = "golden"
DATABASE = Path("data/jalon.db")


@asynccontextmanager
async def quarter(folder: Path) -> AsyncIterator[Quarter]:
    """Open a quarter on the demo's data, in an empty folder."""
    now = Now()
    adapter.use_clock(now)
    os.chdir(folder)
    async with AsyncExitStack() as stack:
        redis_url = stack.enter_context(adapter.local_redis())
        letters = stack.enter_context(mailbox())
        people = adapter.phones()
        settings = SimulatorSettings(token=TOKEN, rate_scale=None, clock=now.seconds)
        known = [number for number, _ in people[:-1]]
        local = await stack.enter_async_context(simulator_running(settings=settings, people=people, known=known))
        port = _free_port()
        set_settings(redis_url, local.url, letters.url, port)
        await migrate()
        token = await adapter.fill_demo(now)
        http = await stack.enter_async_context(aiohttp.ClientSession(local.url))
        database = stack.enter_context(
            closing(sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True, isolation_level=None))
        )
        inside = await stack.enter_async_context(adapter.running(now))
        fixed = ((redis_url, "REDIS"), (local.url, "TELEGRAM"), (letters.url, "SMTP"))
        yield Quarter(now, inside, local, http, database, letters, token, f"http://127.0.0.1:{port}", fixed)


def set_settings(redis_url: str, telegram_url: str, smtp_url: str, port: int) -> None:
    """Set the environment: these settings, and no others."""
    for name in [name for name in os.environ if name.startswith("JALON_")]:
        del os.environ[name]
    for name, value in {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": telegram_url,
        "DATA_DIR": str(DATABASE.parent),
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": ADDRESS,
        "HTTP_PORT": str(port),
        "SMTP_URL": smtp_url,
    }.items():
        os.environ[f"JALON_{name}"] = value


async def migrate() -> None:
    """Bring the database of the settings up to date."""
    (program,) = entry_points(group="console_scripts", name="jalon")
    result = await asyncio.to_thread(CliRunner().invoke, program.load(), ["migrate"])
    assert result.exit_code == 0, result.output


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
