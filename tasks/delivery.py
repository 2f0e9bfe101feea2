"""Sends what the outbox holds: each message once, or not at all where nobody can tell."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from models.clock import Clock, local_day
from models.database import Database
from models.outbox.delivery import (
    Claimed,
    claim_due,
    mark_refused,
    mark_sent,
    mark_uncertain,
    mark_unreachable,
    send_later,
)
from models.outbox.repository import tell
from models.outbox.unreachable import coordinators_of
from models.screens import Screen
from tasks import texts
from tasks.rendering import keyboard
from tasks.telegram import Telegram, may_have_arrived

log = logging.getLogger(__name__)

BATCH = 20
"""Sent side by side: less than a second's worth of what Telegram allows."""

LONGEST_PAUSE = timedelta(minutes=10)
NO_TELEGRAM = "no_telegram"


class Deliveries:
    """Claims, sends and marks, in the event loop in which the client was made."""

    def __init__(self, database: Database, telegram: Telegram, clock: Clock, data_dir: Path) -> None:
        self._database = database
        self._data_dir = data_dir
        self._telegram = telegram
        self._clock = clock

    async def drain(self) -> int:
        """Send all that is due; return how many messages were tried."""
        tried = 0
        while batch := await self._claimed():
            await asyncio.gather(*(self._deliver(message) for message in batch))
            tried += len(batch)
        return tried

    async def _claimed(self) -> list[Claimed]:
        async with self._database.transaction() as session:
            return list(await claim_due(session, self._clock(), BATCH))

    async def _deliver(self, message: Claimed) -> None:
        if message.telegram_id is None:
            await self._unreachable(message, NO_TELEGRAM)
            return
        try:
            sent = await self._send(message, message.telegram_id)
        except RetryAfter as error:
            told = error.retry_after
            await self._later(message, told if isinstance(told, timedelta) else timedelta(seconds=told), "429")
        except Forbidden as error:
            await self._unreachable(message, type(error).__name__)
        except BadRequest as error:
            # Our own fault, and no better the next time.
            log.exception("message refused", extra={"outbox": message.id})
            await self._refused(message, error)
        except FileNotFoundError as error:
            log.exception("document gone", extra={"outbox": message.id})
            await self._refused(message, error)
        except TelegramError as error:
            await self._failed(message, error)
        else:
            async with self._database.transaction() as session:
                await mark_sent(session, self._clock(), message, sent.message_id)

    async def _send(self, message: Claimed, telegram_id: int) -> Message:
        text, buttons = message.screen.html(), keyboard(message.screen)
        if message.document is None:
            return await self._telegram.send_message(telegram_id, text, parse_mode=ParseMode.HTML, reply_markup=buttons)
        file = self._data_dir / message.document
        send = self._telegram.send_photo if file.suffix == ".png" else self._telegram.send_document
        return await send(
            telegram_id,
            await asyncio.to_thread(file.read_bytes),
            filename=file.name,
            caption=text,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
        )

    async def _refused(self, message: Claimed, error: Exception) -> None:
        async with self._database.transaction() as session:
            await mark_refused(session, self._clock(), message, type(error).__name__)

    async def _failed(self, message: Claimed, error: TelegramError) -> None:
        cause = type(error.__cause__ or error).__name__
        if isinstance(error, NetworkError) and may_have_arrived(error):
            log.warning("message perhaps not sent", extra={"outbox": message.id, "cause": cause})
            async with self._database.transaction() as session:
                await mark_uncertain(session, self._clock(), message, cause)
            return
        pause = min(timedelta(seconds=2**message.attempts), LONGEST_PAUSE)
        await self._later(message, pause, cause)

    async def _later(self, message: Claimed, pause: timedelta, cause: str) -> None:
        due = self._clock() + pause
        log.info("message to be sent later", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            await send_later(session, message, due, cause)

    async def _unreachable(self, message: Claimed, cause: str) -> None:
        log.info("person unreachable", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            if await mark_unreachable(session, self._clock(), message, cause):
                await self._tell_coordinators(session, message.account_id)

    async def _tell_coordinators(self, session: AsyncSession, account_id: int) -> None:
        now = self._clock()
        for coordinator, dispositif, persons in await coordinators_of(session, account_id):
            screen = Screen(texts.unreachable(dispositif, persons))
            subject = f"account:{account_id}:{dispositif}"
            await tell(session, now, "unreachable", coordinator, subject, f"{local_day(now)}", screen)
