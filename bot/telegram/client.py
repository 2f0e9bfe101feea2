"""Telegram as the bot calls it: aiogram's client, and beside it a plain call for what happens at every tap.

aiogram builds an object for every button sent, for the message that each edit returns and for the one that each tap
was made on, and nobody looks at them: on the way of a tap they take a quarter of the time.
"""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

TIMEOUT_S = 15.0


class _Plain(TelegramMethod[Any]):
    """A method in the errors of a plain call."""

    __returning__ = Any
    __api_method__ = ""


_PLAIN = _Plain()
_ANSWER = Response[Any]
"""Kept: pydantic would build it anew for every error."""


class _Session(AiohttpSession):
    """Takes an answer that is not Telegram's, as a gateway's page, for a trouble of its server: it passes."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        try:
            return super().check_response(bot, method, status_code, content)
        except (ClientDecodeError, TypeError) as error:  # TypeError: a refusal without a description
            raise TelegramServerError(method=method, message=f"no answer of Telegram's: HTTP {status_code}") from error


class Telegram(Bot):
    """aiogram's client of one bot."""

    def __init__(self, token: str, api_url: str) -> None:
        self._http = _Session(api=TelegramAPIServer.from_base(api_url))
        super().__init__(token, session=self._http)

    async def call(self, method: str, *, within_s: float = TIMEOUT_S, **parameters: Any) -> Any:
        """Call a method with plain JSON and return its result as it came; parameters that are none are left out.

        Raises what aiogram raises: `TelegramAPIError` and its kin, for what Telegram refuses or a network that fails.
        """
        http = await self._http.create_session()
        given = {name: value for name, value in parameters.items() if value is not None}
        try:
            async with http.post(
                self._http.api.api_url(self.token, method), json=given, timeout=aiohttp.ClientTimeout(total=within_s)
            ) as answer:
                content = await answer.text(errors="replace")
        except TimeoutError as error:
            raise TelegramNetworkError(method=_PLAIN, message="Request timeout error") from error
        except (aiohttp.ClientError, OSError) as error:
            raise TelegramNetworkError(method=_PLAIN, message=f"{type(error).__name__}: {error}") from error
        if answer.status == HTTPStatus.OK:
            with suppress(ValueError, TypeError, KeyError):
                return self._http.json_loads(content)["result"]
        return self._http.check_response(self, _PLAIN, answer.status, content).result
