"""Sends what the outbox holds: each message once, or not at all where nobody can tell."""

import asyncio
import logging
from datetime import datetime, timedelta

from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from models.clock import Clock
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
from tasks.rendering import keyboard
from tasks.telegram import Telegram, may_have_arrived

log = logging.getLogger(__name__)

BATCH = 20
"""Sent side by side: less than a second's worth of what Telegram allows."""

LONGEST_PAUSE = timedelta(minutes=10)
NO_TELEGRAM = "no_telegram"


class Deliveries:
    """Claims, sends and marks, in the event loop in which the client was made."""

    def __init__(self, database: Database, telegram: Telegram, clock: Clock) -> None:
        self._database = database
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
            sent = await self._telegram.send_message(
                message.telegram_id,
                message.screen.html(),
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.screen),
            )
        except RetryAfter as error:
            told = error.retry_after
            await self._later(message, told if isinstance(told, timedelta) else timedelta(seconds=told), "429")
        except Forbidden as error:
            await self._unreachable(message, type(error).__name__)
        except BadRequest as error:
            # Our own fault, and no better the next time.
            log.error("message refused", extra={"outbox": message.id}, exc_info=error)
            async with self._database.transaction() as session:
                await mark_refused(session, self._clock(), message, type(error).__name__)
        except TelegramError as error:
            await self._failed(message, error)
        else:
            async with self._database.transaction() as session:
                await mark_sent(session, self._clock(), message, sent.message_id)

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
        due: datetime = self._clock() + pause
        log.info("message to be sent later", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            await send_later(session, message, due, cause)

    async def _unreachable(self, message: Claimed, cause: str) -> None:
        log.info("person unreachable", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            await mark_unreachable(session, self._clock(), message, cause)
