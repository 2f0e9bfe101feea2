"""Documents that people sent in the chat: fetched by a worker, and taken off the chat where they must not stay."""

import asyncio
import logging
from pathlib import Path

from telegram.error import TelegramError

from models.base.database import Database
from models.jobs.repository import address_of
from tasks.telegram.client import Telegram

log = logging.getLogger(__name__)


def _kept(target: Path, content: bytes) -> None:
    target.touch(mode=0o600)
    target.write_bytes(content)


class Inbox:
    """Works from any job's event loop; the client and the database belong to the main one."""

    def __init__(self, database: Database, telegram: Telegram) -> None:
        self._database = database
        self._telegram = telegram
        self._loop = asyncio.get_running_loop()

    async def fetch(self, file_id: str, target: Path) -> None:
        """Write to `target` the document of that number; raises `TelegramError`."""
        fetching = asyncio.run_coroutine_threadsafe(self._fetch(file_id), self._loop)
        content = await asyncio.wrap_future(fetching)
        await asyncio.to_thread(_kept, target, content)

    async def take_off(self, account_id: int, message_id: int) -> None:
        """Delete a message from somebody's chat; one that cannot be is logged."""
        deleting = asyncio.run_coroutine_threadsafe(self._delete(account_id, message_id), self._loop)
        await asyncio.wrap_future(deleting)

    async def _fetch(self, file_id: str) -> bytes:
        file = await self._telegram.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def _delete(self, account_id: int, message_id: int) -> None:
        async with self._database.transaction() as session:
            chat = await address_of(session, account_id)
        if chat is None:
            return
        try:
            await self._telegram.delete_message(chat, message_id)
        except TelegramError as error:
            log.warning("message not deleted", extra={"cause": type(error).__name__})
