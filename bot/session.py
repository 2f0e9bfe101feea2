"""The HTTP session towards Telegram: aiogram's, without what costs much and gives nothing here.

aiogram builds the message that Telegram returns for each edit, with every button, and the one that a tap was made
on; and it builds the type of an answer anew each time the last one in use was let go, which takes longer than the
call itself.
"""

from http import HTTPStatus
from typing import Any

from aiogram import Bot
from aiogram.client.default import Default
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    GetUpdates,
    Response,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiohttp import JsonPayload

_DISPLAYS: tuple[type[TelegramMethod[Any]], ...] = (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
)
"""Methods whose result nobody reads: done or refused is all there is to know."""

_DONE = Response[Any].model_construct(ok=True, result=True)

_UNREAD = ("text", "entities", "reply_markup")
"""What a tap repeats of the message it was made on: the screen, which we know."""


class RawUpdates(GetUpdates):
    """`getUpdates`, each update left as it came (a `dict`): most are told again while they are under way."""


class Session(AiohttpSession):
    """Sends a screen as plain JSON, and reads an answer only where it says something that is looked at."""

    def build_form_data(self, bot: Bot, method: TelegramMethod[TelegramType]) -> Any:
        """Return the body of a call."""
        if not isinstance(method, _DISPLAYS):
            return super().build_form_data(bot, method)
        given = method.model_dump(exclude_none=True, warnings=False)
        return JsonPayload({name: value for name, value in given.items() if not isinstance(value, Default)})

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """Return the result, or raise what Telegram refused."""
        if status_code == HTTPStatus.OK:
            if isinstance(method, _DISPLAYS):
                return _DONE
            if isinstance(method, RawUpdates):
                return Response[Any].model_construct(ok=True, result=_without_screens(self.json_loads(content)))
        return super().check_response(bot, method, status_code, content)


def _without_screens(answer: dict[str, Any]) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = answer["result"]
    for update in updates:
        message = update.get("callback_query", {}).get("message", {})
        for name in _UNREAD:
            message.pop(name, None)
    return updates
