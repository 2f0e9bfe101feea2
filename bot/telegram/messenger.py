"""Shows screens on the phone: edits the one message, answers the tap, and bears with Telegram's moods."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeDefault, BotCommandScopeUnion

from bot.telegram.client import TIMEOUT_S, Telegram
from bot.telegram.incoming import Update
from bot.telegram.rendering import rendered
from handlers.conversation import Answer
from handlers.features import menu
from models.base.screens import Screen, typeset
from tasks.telegram.limits import LONGEST_TOAST, ROOM

log = logging.getLogger(__name__)

ATTEMPTS = 4
PAUSE_S = 0.5

_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
"""A message that takes no other text: it is gone, too old, or a picture. The screen comes as a new one."""

_LATE = "query is too old"


Attempt = Callable[[], Awaitable[int | None]]
"""Shows a screen; gives the number of the message if it is a new one."""


class Messenger:
    """Sends what was decided. By then it is committed: a failure here loses a display, never an answer."""

    def __init__(self, bot: Telegram, pause_s: float = PAUSE_S) -> None:
        self.bot = bot
        self._pause_s = pause_s
        self._later: dict[int, asyncio.Task[None]] = {}

    async def show(self, update: Update, answer: Answer) -> int | None:
        """Show a screen: edited in place after a tap, as a new message after a text.

        Returns the number of the new message, if one was sent.
        """
        chat_id, screen = update.chat_id, answer.screen
        waiting = self._later.pop(chat_id, None)
        if waiting is not None:
            waiting.cancel()  # a newer screen takes its place
        message, tap_id = update.incoming.message, update.tap_id
        if tap_id is not None and message is not None:
            edit = self._edit_caption if update.on_document and screen.length <= ROOM.caption else self._edit
            # Side by side; the screen first, which is what was waited for.
            shown, _ = await asyncio.gather(
                self._persistently(chat_id, lambda: edit(chat_id, message, screen), repeatable=True),
                self._answer(tap_id, screen),
            )
            return shown
        if answer.former_message is not None:
            await self._strip(chat_id, answer.former_message)
        sent = await self._persistently(chat_id, lambda: self._send(chat_id, screen), repeatable=False)
        if screen.menu is not None:
            await self._set_menu(BotCommandScopeChat(chat_id=chat_id), screen.menu)
        return sent

    async def leave(self, chat_id: int, text: str) -> None:
        """Say why, and leave a group (design, point 9), also one that lets nobody write."""
        try:
            await self.bot.call("sendMessage", chat_id=chat_id, text=text)
        except TelegramAPIError as error:
            log.info("group not told", extra={"cause": type(error).__name__})
        try:
            await self.bot.call("leaveChat", chat_id=chat_id)
        except TelegramAPIError as error:
            log.warning("group not left", extra={"cause": type(error).__name__})

    async def set_default_menu(self) -> None:
        """Set the menu of whoever has no role yet."""
        await self._set_menu(BotCommandScopeDefault(), frozenset())

    async def close(self) -> None:
        """Give up the screens that Telegram had asked to wait for."""
        for task in self._later.values():
            task.cancel()
        await asyncio.gather(*self._later.values(), return_exceptions=True)
        self._later.clear()

    async def _persistently(self, chat_id: int, attempt: Attempt, *, repeatable: bool) -> int | None:
        """Try until it is shown, waiting as told; the waiting never holds up other people's updates.

        What is not `repeatable` (a new message) is not tried again when its outcome is unknown: it would come twice.
        """
        try:
            return await attempt()
        except TelegramRetryAfter as error:
            self._try_later(chat_id, attempt, float(error.retry_after))
        except (TelegramServerError, TelegramNetworkError) as error:
            if repeatable:
                self._try_later(chat_id, attempt, self._pause_s)
            else:
                log.warning("screen perhaps not shown", extra={"cause": type(error).__name__})
        except TelegramForbiddenError:
            log.info("screen not shown: the person blocked the bot")
        except AiogramError as error:
            # Our own fault, and told as such; the update is done all the same, it must not come round for ever.
            log.error("screen refused", extra={"cause": type(error).__name__}, exc_info=error)
        return None

    def _try_later(self, chat_id: int, attempt: Attempt, pause: float) -> None:
        task = asyncio.create_task(self._keep_trying(attempt, pause))
        self._later[chat_id] = task
        task.add_done_callback(lambda done: self._forget(chat_id, done))

    def _forget(self, chat_id: int, done: "asyncio.Task[None]") -> None:
        if self._later.get(chat_id) is done:
            del self._later[chat_id]

    async def _keep_trying(self, attempt: Attempt, pause: float) -> None:
        for _ in range(ATTEMPTS):
            await asyncio.sleep(pause)
            try:
                await attempt()
            except TelegramRetryAfter as error:
                pause = float(error.retry_after)
            except (TelegramServerError, TelegramNetworkError):
                pause *= 2
            except AiogramError as error:
                log.warning("screen not shown", extra={"cause": type(error).__name__})
                return
            else:
                return
        log.warning("screen given up")

    async def _edit_caption(self, chat_id: int, message_id: int, screen: Screen) -> int | None:
        shown = rendered(screen)
        return await self._edited(chat_id, message_id, screen, "editMessageCaption", caption=shown.pop("text"), **shown)

    async def _edit(self, chat_id: int, message_id: int, screen: Screen) -> int | None:
        return await self._edited(chat_id, message_id, screen, "editMessageText", **rendered(screen))

    async def _edited(self, chat_id: int, message_id: int, screen: Screen, method: str, **shown: Any) -> int | None:
        try:
            await self.bot.call(method, chat_id=chat_id, message_id=message_id, **shown)
        except TelegramBadRequest as error:
            if any(reason in error.message for reason in _GONE):
                return await self._send(chat_id, screen)
            if _UNCHANGED not in error.message:
                raise
        return None

    async def _send(self, chat_id: int, screen: Screen) -> int:
        sent = await self.bot.call("sendMessage", chat_id=chat_id, **rendered(screen))
        return int(sent["message_id"])

    async def _strip(self, chat_id: int, message_id: int) -> None:
        """Take the buttons off the screen that a new message replaces; one that is gone is no matter."""
        try:
            await self.bot.call("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id)
        except TelegramAPIError as error:
            log.debug("old buttons left", extra={"cause": type(error).__name__})

    async def _answer(self, tap_id: str, screen: Screen) -> None:
        """Answer the tap, so that the button stops waiting; one too old to be answered is no matter."""
        try:
            await self.bot.call(
                "answerCallbackQuery",
                callback_query_id=tap_id,
                text=typeset(screen.notice)[:LONGEST_TOAST] or None,
                show_alert=screen.alert or None,
            )
        except TelegramAPIError as error:
            level = logging.DEBUG if _LATE in error.message else logging.INFO
            log.log(level, "tap not answered", extra={"cause": type(error).__name__})

    async def _set_menu(self, scope: BotCommandScopeUnion, roles: frozenset[str]) -> None:
        commands = [BotCommand(command=c.word, description=c.description) for c in menu(roles)]
        try:
            await self.bot.set_my_commands(commands, scope=scope, request_timeout=int(TIMEOUT_S))
        except TelegramAPIError as error:
            log.warning("menu not set", extra={"cause": type(error).__name__})
