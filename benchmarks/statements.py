"""How many statements a tap takes: counted at the engine, beginning and committing left out."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.databases import Copies
from benchmarks.phones import phones_of
from benchmarks.processes import TOKEN, telegram

PEER = 2
"""One SELECT and one INSERT, by its definition."""

_TAPS = 5


def per_tap(copies: Copies, redis_url: str) -> float:
    """Tap « Rien n'a changé » some times, and return the statements of each."""
    return asyncio.run(_counted(copies, redis_url))


async def _counted(copies: Copies, redis_url: str) -> float:
    # aiogram takes its time to import, and only this measurement needs it here.
    from bot.service import bot_service  # noqa: PLC0415
    from bot.telegram.incoming import read  # noqa: PLC0415
    from models.base.settings import Settings  # noqa: PLC0415

    database_url = await copies.fresh()
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    caseload = copies.caseloads[0]
    with telegram() as url, tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            telegram_token=TOKEN,
            telegram_api_url=url,
            database_url=database_url,
            redis_url=redis_url,
            data_dir=Path(folder),
        )
        async with phones_of(url) as phones, bot_service(settings) as service:
            message_id = await phones.opened(caseload.phone)
            await phones.forget_waiting()
            event.listen(service.database.engine.sync_engine, "before_cursor_execute", note)
            for data in caseload.taps()[:_TAPS]:
                await phones.press(caseload.phone, message_id, data=data)
            for raw in await service.bot.call("getUpdates"):
                update = read(raw)
                assert update is not None
                await service.handle(update)
    await copies.drop(database_url)
    return sum(not statement.startswith("BEGIN") for statement in statements) / _TAPS
