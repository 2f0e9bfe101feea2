"""Telegram as the workers call it: python-telegram-bot's client, with its limits on what is sent a second."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import httpx
from telegram.error import NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from models.settings import Settings
from tasks.pace import Turns

Telegram: TypeAlias = ExtBot[int]

CONNECTIONS = 32
ANSWER_WITHIN_S = 15.0
SEND_WITHIN_S = 60.0
"""For a document."""

# The library warns unless told that durations are understood as such.
os.environ.setdefault("PTB_TIMEDELTA", "true")

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@asynccontextmanager
async def telegram(
    settings: Settings, turns: Turns, answer_within_s: float = ANSWER_WITHIN_S
) -> AsyncIterator[Telegram]:
    """Give a client of the settings' bot, to be used in this event loop; nothing is asked of Telegram yet."""
    base = settings.telegram_api_url.rstrip("/")
    request = HTTPXRequest(
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
            rate_limiter=turns,
        )
    finally:
        await request.shutdown()


def may_have_arrived(error: NetworkError) -> bool:
    """Whether what failed so may have been received all the same: the connection stood, the answer did not come."""
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, _NEVER_LEFT)
