"""Write the register of the meetings as a workbook, and send it: it names bodies and dates, nobody accompanied."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.accounts.repository import asker_of
from models.base.clock import local_day
from models.entry.service import Unknown
from models.meetings.obligations import register as registers
from models.workbook.links.files import exchange_folder
from tasks.jobs.context import JobContext
from tasks.meetings import register_texts as texts


async def write_register(work: JobContext) -> Mapping[str, Any]:
    """Write the workbook, with the rights whoever asked has now. Begun again, it is written anew and told once."""
    scope = str(work.arguments["scope"])
    first, last = (date.fromisoformat(str(work.arguments[name])) for name in ("first", "last"))
    assert work.job.asked_by is not None
    try:
        async with work.database.transaction() as session:
            actor = await asker_of(session, work.job.asked_by)
            lines = await registers.register(session, actor, local_day(work.clock()), scope, first, last)
    except Unknown:
        await work.notify(texts.refused())
        return {}
    folder = exchange_folder(work.settings)
    name = f"registre-{scope.replace(':', '-')}-{first.year}-{work.number}.xlsx"
    await asyncio.to_thread(registers.write, folder / name, lines)
    async with work.transaction() as session:
        await work.notify_with(session, texts.written(scope, first, last, len(lines)), f"{folder.name}/{name}")
    return {"lines": len(lines)}
