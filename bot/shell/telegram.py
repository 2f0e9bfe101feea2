"""Ask Telegram who the bot is: the one thing the command line wants of it."""

import json
from http import HTTPStatus

from models.base.settings import Settings

TIMEOUT_S = 10
UNSET = "Le jeton du bot manque : réglez JALON_TELEGRAM_TOKEN."
UNREACHABLE = "Telegram est injoignable à l’adresse JALON_TELEGRAM_API_URL."
REFUSED = "Telegram refuse le jeton JALON_TELEGRAM_TOKEN."


class TelegramRefused(Exception):
    """The bot's name cannot be had; the message is a French sentence without the token."""


async def bot_username(settings: Settings) -> str:
    """Return the bot's username, by getMe; `TelegramRefused` without a token, an answer or a bot."""
    # A second to import, and only these commands need it.
    import aiohttp  # noqa: PLC0415

    if not settings.telegram_token:
        raise TelegramRefused(UNSET)
    address = f"{settings.telegram_api_url.rstrip('/')}/bot{settings.telegram_token}/getMe"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_S)) as client,
            client.get(address) as response,
        ):
            answer = json.loads(await response.text())
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise TelegramRefused(UNREACHABLE) from error
    match answer:
        case {"ok": True, "result": {"username": str(username)}}:
            return username
        case {"ok": False, "error_code": HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND}:
            raise TelegramRefused(REFUSED)
    # Anything else is a trouble that passes, or a gateway's word.
    raise TelegramRefused(UNREACHABLE)
