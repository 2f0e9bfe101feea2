"""Sends one message, by Telegram or by e-mail, and keeps what became of it."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

from telegram import Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from models.base.channels import Address
from models.base.clock import Clock, local_day
from models.base.database import FAILURES, Database
from models.base.screens import Screen
from models.notifications.delivery.repository import (
    Claimed,
    mark_ended,
    mark_sent,
    mark_unreachable,
    put_back,
    send_later,
)
from models.notifications.messages import UNREACHABLE
from models.notifications.repository import notify
from models.notifications.sender_lease.repository import close
from models.notifications.tables import Channel, Delivery
from models.notifications.unreachable.repository import who_learns
from tasks.notifications import texts
from tasks.notifications.mail import Mail, MailFailed, MailRefused, MailUncertain
from tasks.notifications.rate_limiter import told_to_wait
from tasks.telegram.client import AnswerLost, Telegram, may_have_arrived
from tasks.telegram.limits import html
from tasks.telegram.rendering import keyboard

log = logging.getLogger(__name__)

ATTEMPTS = 8
LONGEST_PAUSE = timedelta(minutes=10)
NO_TELEGRAM = "no_telegram"

UNFORESEEN = "message ended as nobody foresaw"
"""A library raised, over one message, what it never said it would: the others still have to leave, and whoever watches
sees this one, of which nobody knows whether it left."""

_NO_CHAT = "chat not found"
"""What Telegram says of somebody who never opened the chat, or whose account is no more."""


class Sending:
    """Sends in the event loop in which the client was made; without `mail`, by Telegram alone."""

    def __init__(
        self, database: Database, telegram: Telegram, clock: Clock, data_dir: Path, mail: Mail | None = None
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._clock = clock
        self._data_dir = data_dir
        self._mail = mail
        self._link: str | None = None

    async def send(self, message: Claimed) -> None:
        """Send a claimed message and keep what became of it: one that fails stops no other."""
        try:
            if message.address is not None:
                await self._by_telegram(message, message.address)
            elif self._mail is not None:
                await self._by_mail(self._mail, message)
            else:
                await self._unreachable(message, NO_TELEGRAM)
        except FAILURES:
            # It stays claimed, and is given up as uncertain in a while: what became of it is known to nobody else.
            log.exception("outcome not kept", extra={"outbox": message.id})

    async def _by_telegram(self, message: Claimed, address: Address) -> None:
        channel = Channel.TELEGRAM
        try:
            sent = await self._show(message, address)
        except RetryAfter as error:
            await self._silence(message, told_to_wait(error))
        except Forbidden as error:
            await self._unreachable(message, type(error).__name__)
        except BadRequest as error:
            if _NO_CHAT in error.message.lower():
                await self._unreachable(message, type(error).__name__)
                return
            # Our own fault, and no better the next time.
            log.exception("message refused", extra={"outbox": message.id})
            await self._end(message, Delivery.REFUSED, channel, type(error).__name__)
        except FileNotFoundError as error:
            log.exception("document gone", extra={"outbox": message.id})
            await self._end(message, Delivery.REFUSED, channel, type(error).__name__)
        except TelegramError as error:
            cause = f"HTTP {error.code}" if isinstance(error, AnswerLost) else type(error.__cause__ or error).__name__
            if isinstance(error, NetworkError) and may_have_arrived(error):
                await self._end(message, Delivery.UNCERTAIN, channel, cause)
            else:
                await self._later(message, channel, cause)
        except Exception as error:
            log.exception(UNFORESEEN, extra={"outbox": message.id})
            await self._end(message, Delivery.UNCERTAIN, channel, type(error).__name__)
        else:
            async with self._database.transaction() as session:
                await mark_sent(session, self._clock(), message, channel, sent.message_id)

    async def _show(self, message: Claimed, address: Address) -> Message:
        text, buttons = html(message.screen), keyboard(message.screen)
        if message.document is None and message.calendar is None:
            return await self._telegram.send_message(address, text, parse_mode=ParseMode.HTML, reply_markup=buttons)
        name, content = await self._attached(message)
        send = self._telegram.send_photo if name.endswith(".png") else self._telegram.send_document
        return await send(
            address,
            content,
            filename=name,
            caption=text,
            parse_mode=ParseMode.HTML,
            reply_markup=buttons,
        )

    async def _attached(self, message: Claimed) -> tuple[str, bytes]:
        """Return the name and the content of the file that goes with a message."""
        if message.calendar is not None:
            return message.calendar.name, message.calendar.text.encode()
        assert message.document is not None
        file = self._data_dir / message.document
        return file.name, await asyncio.to_thread(file.read_bytes)

    async def _by_mail(self, mail: Mail, message: Claimed) -> None:
        channel = Channel.EMAIL
        try:
            letter = texts.letter(message.letter, await self._back(), came=message.address is not None)
            await mail.send(message.email, letter, message.id, self._clock(), message.calendar)
        except MailRefused as error:
            log.warning("letter refused", extra={"outbox": message.id, "cause": error.cause})
            await self._end(message, Delivery.REFUSED, channel, error.cause)
        except MailUncertain as error:
            await self._end(message, Delivery.UNCERTAIN, channel, error.cause)
        except MailFailed as error:
            await self._later(message, channel, error.cause)
        except TelegramError as error:
            await self._later(message, channel, type(error).__name__)
        except Exception as error:
            log.exception(UNFORESEEN, extra={"outbox": message.id})
            await self._end(message, Delivery.UNCERTAIN, channel, type(error).__name__)
        else:
            async with self._database.transaction() as session:
                await mark_sent(session, self._clock(), message, channel)

    async def _back(self) -> str:
        """Return the link to the bot; Telegram is asked for its name once."""
        if self._link is None:
            self._link = f"https://t.me/{(await self._telegram.get_me()).username}"
        return self._link

    async def _silence(self, message: Claimed, asked: timedelta) -> None:
        until = self._clock() + asked
        log.info("telegram asks for silence", extra={"outbox": message.id, "seconds": asked.total_seconds()})
        async with self._database.transaction() as session:
            await put_back(session, message, until, "429")
            await close(session, until)

    async def _later(self, message: Claimed, channel: Channel, cause: str) -> None:
        if message.attempts >= ATTEMPTS:
            log.error("message given up", extra={"outbox": message.id, "cause": cause})
            await self._end(message, Delivery.FAILED, channel, cause)
            return
        pause = min(timedelta(seconds=4**message.attempts), LONGEST_PAUSE)
        log.info("message to be sent later", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            await send_later(session, message, self._clock() + pause, cause)

    async def _end(self, message: Claimed, state: Delivery, channel: Channel, cause: str) -> None:
        if state == Delivery.UNCERTAIN:
            log.warning("message perhaps not sent", extra={"outbox": message.id, "cause": cause})
        async with self._database.transaction() as session:
            await mark_ended(session, self._clock(), message, state, channel, cause)

    async def _unreachable(self, message: Claimed, cause: str) -> None:
        """Keep that Telegram does not reach somebody, tell it once, and write to them by e-mail if that is possible."""
        log.info("person unreachable", extra={"outbox": message.id, "cause": cause})
        now = self._clock()
        async with self._database.transaction() as session:
            if await mark_unreachable(session, now, message.account_id):
                day = f"{local_day(now)}"
                for lost, told in await who_learns(session, message.account_id):
                    screen, subject = Screen(texts.unreachable(lost)), f"account:{message.account_id}:{lost.scope}"
                    for account_id in told:
                        await notify(session, now, UNREACHABLE, account_id, subject, day, screen)
            if self._mail is None:
                await mark_ended(session, now, message, Delivery.UNREACHABLE, Channel.TELEGRAM, cause)
        if self._mail is not None:
            await self._by_mail(self._mail, message)
