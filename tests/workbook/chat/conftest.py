"""The application with a worker, and the assistant's own pages at an address."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from models.accounts.tables import Account
from models.jobs.tables import Job
from tasks.worker import work
from tests.harness.application import Application
from tests.harness.fixtures import app, coach, redis_url
from tests.harness.phone import Phone
from tests.harness.wired import PATIENCE_S, over_http

__all__ = ["app", "coach", "exchange", "redis_url"]

_LINK = re.compile(r"(http://127\.0\.0\.1:\d+/classeurs/[\w-]+)")
_DIGITS = re.compile(r"six chiffres à taper : (\d{6})")


@dataclass
class Exchange:
    """Somebody who exports and imports: their phone, and a browser for the links."""

    app: Application
    phone: Phone
    browser: aiohttp.ClientSession

    async def told(self, beginning: str) -> str:
        """Wait for a message of the worker's that begins so, and return its text."""
        with over_http(self.app).local.state.feed.watch(self.phone.user_id) as changes:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    while not (await self.phone.look()).text.startswith(beginning):
                        await changes.get()
            except TimeoutError:
                jobs = [(job.kind, job.state, job.error) for job in await self.app.rows(Job)]
                raise AssertionError(f"not told {beginning!r}, but {self.phone.text!r}; jobs: {jobs}") from None
        return self.phone.text

    def link(self) -> tuple[str, str]:
        """Return the link of the last message, and its digits."""
        found, digits = _LINK.search(self.phone.text), _DIGITS.search(self.phone.text)
        assert found is not None
        assert digits is not None
        return found[1], digits[1]

    async def fetch(self) -> bytes:
        """Fetch what the last message's link gives."""
        link, digits = self.link()
        async with self.browser.post(link, data={"digits": digits}) as answer:
            assert answer.status == 200
            return await answer.read()

    async def send(self, content: bytes) -> None:
        """Send a workbook by the last message's link."""
        link, digits = self.link()
        form = aiohttp.FormData()
        form.add_field("digits", digits)
        form.add_field("workbook", content, filename="classeur.xlsx")
        async with self.browser.post(link, data=form) as answer:
            assert answer.status == 200, await answer.text()


@pytest.fixture
async def exchange(app: Application, coach: Account) -> AsyncIterator[Exchange]:
    """The coordinator, with a worker at work."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    await app.stop()
    app.settings = app.settings.model_copy(update={"public_url": f"http://127.0.0.1:{port}", "http_port": port})
    await app.start()
    stop = asyncio.Event()
    working = asyncio.create_task(work(app.settings, lambda: app.now, stop))
    async with aiohttp.ClientSession() as browser:
        yield Exchange(app, app.phone(1002), browser)
    stop.set()
    await working
