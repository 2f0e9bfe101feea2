"""Webhook mode: Telegram calls us, and is answered 200 only once the update is committed and shown.

aiogram's own handler answers before handling, and loses the update when the process dies.
"""

import asyncio
import hmac
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiogram import Bot
from aiohttp import web

from bot.telegram.incoming import Unreadable, Update, read
from bot.telegram.polling import ALLOWED, CONCURRENCY
from handlers.conversation import Unavailable

log = logging.getLogger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE = 1024 * 1024

Handle = Callable[[Update], Awaitable[object]]


class Webhook:
    """Takes updates over HTTP, one person's in order."""

    def __init__(self, bot: Bot, handle: Handle, secret: str) -> None:
        self.bot = bot
        self._handle = handle
        self._secret = secret
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: defaultdict[int, int] = defaultdict(int)

    def join(self, application: web.Application) -> None:
        """Have an application take the updates, beside what else it serves."""
        application.add_routes([web.post(PATH, self._take)])

    async def register(self, public_url: str) -> None:
        """Tell Telegram where to call."""
        await self.bot.set_webhook(
            f"{public_url.rstrip('/')}{PATH}",
            secret_token=self._secret,
            max_connections=CONCURRENCY,
            allowed_updates=list(ALLOWED),
        )

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            update = read(json.loads(await request.read()))
        except (Unreadable, ValueError):
            # Delivered again it would be no more readable: said once, and let go.
            log.error("unreadable update")
            return web.Response()
        if update is None:
            return web.Response()
        try:
            async with self._turn(update.incoming.sender):
                await self._handle(update)
        except Unavailable as error:
            log.error("database unavailable", extra={"cause": type(error.__cause__).__name__})
            return web.Response(status=503)
        return web.Response()

    @asynccontextmanager
    async def _turn(self, person: int) -> AsyncIterator[None]:
        """Wait for the person's earlier updates; the lock goes with the last who waits for it."""
        self._waiting[person] += 1
        try:
            async with self._turns[person]:
                yield
        finally:
            self._waiting[person] -= 1
            if not self._waiting[person]:
                del self._waiting[person], self._turns[person]


@asynccontextmanager
async def serving(application: web.Application, port: int, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """Serve an application behind the machine's own proxy; gives the port it listens on."""
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
