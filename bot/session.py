"""The HTTP session towards Telegram: aiogram's, without what costs much and gives nothing here."""

from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    Response,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType

_DISPLAYS: tuple[type[TelegramMethod[Any]], ...] = (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
)
"""Methods whose result nobody reads: done or refused is all there is to know."""

_DONE = Response[Any].model_construct(ok=True, result=True)


class Session(AiohttpSession):
    """Reads an answer only where it says something that is looked at.

    aiogram builds the message that Telegram returns for each one sent or edited, with every button; and it builds
    the type of the answer anew each time the last one in use was let go, which takes longer than the call itself.
    """

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Return the result, or raise what Telegram refused."""
        if status_code == HTTPStatus.OK and isinstance(method, _DISPLAYS):
            return _DONE
        return super().check_response(bot, method, status_code, content)
