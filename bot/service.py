"""The bot put together: settings in, a running bot out."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from aiogram.exceptions import TelegramAPIError
from aiohttp import web
from redis.asyncio import Redis

from bot.telegram import texts
from bot.telegram.client import Telegram
from bot.telegram.incoming import Update
from bot.telegram.lease import Lease
from bot.telegram.messenger import Messenger
from bot.telegram.patience import Patience
from bot.telegram.polling import FIRST_PAUSE_S, LONGEST_PAUSE_S, Polling
from bot.telegram.webhook import Webhook, serving
from bot.workbook.pages import Pages
from handlers.conversation import Conversation
from models.base.clock import Clock, system_clock
from models.base.database import Database
from models.base.periodic import repeat
from models.base.settings import Settings
from models.conversations.repository import forget_seen
from models.workbook.imports.received import workbook_received
from models.workbook.links.files import exchange_folder, forget_old
from tasks.enqueue import Enqueue

log = logging.getLogger(__name__)

FORGET_EVERY_S = 3600


def _nobody_waits() -> None:
    """Take note of a commit that nobody waits for."""


@dataclass
class BotService:
    """A bot with its parts; `run` takes updates until told to stop."""

    bot: Telegram
    database: Database
    conversation: Conversation
    messenger: Messenger
    lease: Lease
    clock: Clock
    settings: Settings
    enqueue: Enqueue

    async def handle(self, update: Update, committed: Callable[[], None] = _nobody_waits) -> None:
        """Handle one update; it is shown when this returns, and `committed` was called before it was shown."""
        if update.private:
            await self.conversation.turn(update.incoming, partial(self.messenger.show, update), committed)
        else:
            await self.messenger.leave(update.chat_id, texts.GROUP)

    async def run(self, stop: asyncio.Event) -> None:
        """Take updates until `stop` is set, by polling, or by webhook where a secret is set for it."""
        await self.messenger.set_default_menu()
        forgetting = asyncio.create_task(repeat("forgetting", self._forget, FORGET_EVERY_S, stop))
        try:
            if self.settings.webhook_secret:
                await self._listen(stop)
            elif self.settings.public_url:
                async with serving(self._application(), self.settings.http_port):
                    await self._poll(stop)
            else:
                await self._poll(stop)
        finally:
            forgetting.cancel()
            await asyncio.gather(forgetting, return_exceptions=True)
            await self.messenger.close()

    async def _poll(self, stop: asyncio.Event) -> None:
        await self.lease.take()
        try:
            # Where one is left, no update is told to who polls.
            await Patience(FIRST_PAUSE_S, LONGEST_PAUSE_S).insist(self.bot.delete_webhook, stop)
        except TelegramAPIError as error:
            log.warning("webhook not deleted", extra={"cause": type(error).__name__})
        await Polling(self.bot, self.handle, self.lease.held).run(stop)

    async def _listen(self, stop: asyncio.Event) -> None:
        webhook = Webhook(self.bot, self.handle, self.settings.webhook_secret)
        application = self._application()
        webhook.join(application)
        async with serving(application, self.settings.http_port) as port:
            register = partial(webhook.register, self.settings.public_url or f"http://127.0.0.1:{port}")
            await Patience(FIRST_PAUSE_S, LONGEST_PAUSE_S).insist(register, stop)
            await stop.wait()

    def _application(self) -> web.Application:
        """Return the assistant's own pages."""
        application = web.Application()
        folder = exchange_folder(self.settings)
        application.add_routes(Pages(self.database, self.clock, folder, workbook_received, self.enqueue).routes())
        return application

    async def _forget(self) -> None:
        """Forget which updates were seen long ago, and what old links led to."""
        async with self.database.transaction() as session:
            await forget_seen(session, self.clock())
        forget_old(exchange_folder(self.settings), self.clock())


@asynccontextmanager
async def bot_service(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[BotService]:
    """Open the database, Redis and the Telegram session of the settings; close them at the end."""
    database = Database.from_settings(settings)
    redis: Redis = Redis.from_url(settings.redis_url, decode_responses=True, socket_timeout=5)
    bot = Telegram(settings.telegram_token, settings.telegram_api_url)
    messenger = Messenger(bot)
    enqueue = Enqueue(settings)
    conversation = Conversation(database, clock, enqueue, settings.address)
    try:
        yield BotService(bot, database, conversation, messenger, Lease(redis), clock, settings, enqueue)
    finally:
        await bot.session.close()
        await redis.aclose()
        enqueue.close()
        await database.dispose()
