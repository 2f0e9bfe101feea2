"""Telegram as the workers call it: python-telegram-bot's client, with its limits on what is sent a second."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, TypeAlias

import httpx
from telegram.error import NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from models.base.settings import Settings
from tasks.notifications.rate_limiter import RateLimiter

Telegram: TypeAlias = ExtBot[int]

CONNECTIONS = 32
ANSWER_WITHIN_S = 15.0
SEND_WITHIN_S = 60.0
"""For a document."""

# The library warns unless told that durations are understood as such.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class AnswerLost(NetworkError):
    """Something between us and Telegram answered in its place, having perhaps handed the call over; `code` is its."""

    def __init__(self, code: int) -> None:
        super().__init__(f"no answer of Telegram's: HTTP {code}")
        self.code = code


class _Request(HTTPXRequest):
    """Tells an answer of Telegram's from that of a gateway before it, whose word says nothing of the message."""

    async def do_request(self, url: str, method: str, *given: Any, **named: Any) -> tuple[int, bytes]:
        """Call; raises `AnswerLost` where nobody knows whether Telegram took the call, else as the library does."""
        code, payload = await super().do_request(url, method, *given, **named)
        if method == "GET":  # a file, whatever it holds; calls are posted
            return code, payload
        # A gateway that timed out has handed the call over. One without a good answer (502), or with a page that says
        # all is well, may have, or may not: only Telegram's own words, which are JSON, say how the call ended.
        unsure = code in (HTTPStatus.OK, HTTPStatus.BAD_GATEWAY) and not payload.startswith(b"{")
        if code == HTTPStatus.GATEWAY_TIMEOUT or unsure:
            raise AnswerLost(code)
        return code, payload


@asynccontextmanager
async def telegram(
    settings: Settings, limiter: RateLimiter, answer_within_s: float = ANSWER_WITHIN_S
) -> AsyncIterator[Telegram]:
    """Give a client of the settings' bot, to be used in this event loop; nothing is asked of Telegram yet."""
    base = settings.telegram_api_url.rstrip("/")
    request = _Request(
        connection_pool_size=CONNECTIONS,
        connect_timeout=answer_within_s,
        read_timeout=answer_within_s,
        write_timeout=answer_within_s,
        pool_timeout=SEND_WITHIN_S,
        media_write_timeout=SEND_WITHIN_S,
    )
    try:
        yield ExtBot(
            settings.telegram_token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=limiter,
        )
    finally:
        await request.shutdown()


def may_have_arrived(error: NetworkError) -> bool:
    """Whether what failed so may have been received all the same: the connection stood, the answer did not come."""
    if isinstance(error, AnswerLost):
        return True
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, _NEVER_LEFT)
