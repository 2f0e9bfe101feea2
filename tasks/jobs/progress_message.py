"""The message that tells whoever asked for a job how far it is: one, edited in place, found again after a death."""

import asyncio
import logging

from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from models.base.clock import Clock
from models.base.database import Database
from models.base.screens import Screen
from models.jobs.attempts.repository import keep_message
from models.jobs.repository import address_of
from models.jobs.tables import Job
from tasks.telegram.client import Telegram
from tasks.telegram.limits import html
from tasks.telegram.rendering import keyboard

log = logging.getLogger(__name__)

_UNCHANGED = "message is not modified"


class Taken(Exception):
    """The job was called off, or given to another worker: nothing more of it is to be written."""


class ProgressMessage:
    """Shows from any job's event loop; the client and the database belong to the main one."""

    def __init__(self, database: Database, telegram: Telegram, clock: Clock) -> None:
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._loop = asyncio.get_running_loop()

    async def show(self, job: Job, runner: str, screen: Screen) -> None:
        """Edit the job's message, or send it and keep its number on the job. Raises `Taken`."""
        if job.asked_by is not None:
            showing = asyncio.run_coroutine_threadsafe(self._show(job, runner, screen), self._loop)
            await asyncio.wrap_future(showing)

    async def _show(self, job: Job, runner: str, screen: Screen) -> None:
        assert job.id is not None
        assert job.asked_by is not None
        async with self._database.transaction() as session:
            chat = await address_of(session, job.asked_by)
        if chat is None:
            return
        try:
            sent = await self._edit_or_send(chat, job.message_ref, screen)
        except TelegramError as error:
            if _UNCHANGED not in error.message.lower():
                log.warning("progress not shown", extra={"job": job.id, "cause": type(error).__name__})
            return
        if sent != job.message_ref:
            job.message_ref = sent
            async with self._database.transaction() as session:
                if not await keep_message(session, self._clock(), job.id, runner, sent):
                    raise Taken

    async def _edit_or_send(self, chat: int, message_id: int | None, screen: Screen) -> int:
        text, buttons = html(screen), keyboard(screen)
        if message_id is not None:
            try:
                await self._telegram.edit_message_text(
                    text, chat, message_id, parse_mode=ParseMode.HTML, reply_markup=buttons
                )
            except BadRequest as error:
                if "not found" not in error.message.lower():
                    raise
            else:
                return message_id
        sent = await self._telegram.send_message(chat, text, parse_mode=ParseMode.HTML, reply_markup=buttons)
        return sent.message_id
