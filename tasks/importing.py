"""Check a workbook that somebody sent, and load it once they agree."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.accounts.repository import asker_of
from models.links.files import exchange_folder, new_name
from models.links.service import make
from models.links.tables import Purpose
from models.workbook.refusals import UnreadableWorkbook
from models.workbook.report import write_report
from models.workbook.service import apply_plan, plan_import
from models.workbook.sheets import read_workbook
from tasks import importing_texts as texts
from tasks.work import Work


async def check_import(work: Work) -> Mapping[str, Any]:
    """Say what the workbook would do, with the way to agree; or what is to be corrected, with the way to see it."""
    file = _file(work)
    assert work.job.asked_by is not None
    if not file.is_file():
        return {}
    try:
        raw = await asyncio.to_thread(read_workbook, file)
    except UnreadableWorkbook as error:
        file.unlink(missing_ok=True)
        await work.tell(texts.unreadable(str(error)))
        return {}
    async with work.database.transaction() as session:
        asker = await asker_of(session, work.job.asked_by)
        plan = await plan_import(session, asker, work.clock(), raw)
    if not plan.refused:
        await work.tell(texts.preview(work.number, plan))
        return {"ready": True}
    report = exchange_folder(work.settings) / new_name()
    await asyncio.to_thread(write_report, file, plan.findings, report)
    file.unlink()
    async with work.telling() as session:
        given = await make(session, asker, work.clock(), Purpose.FETCH, report.name)
        link = f"{work.settings.address}/classeurs/{given.token}"
        screen = texts.to_correct(plan, link, given.digits)
        new = await work.tell_with(session, screen)
    if not new:
        report.unlink(missing_ok=True)
    return {"errors": len(plan.findings.errors)}


async def apply_import(work: Work) -> Mapping[str, Any]:
    """Load the workbook, all or nothing; the number of the import is kept with the job, in the same transaction.

    Begun again after a death, it finds the workbook gone, or its own import already told.
    """
    file = _file(work)
    assert work.job.asked_by is not None
    try:
        raw = await asyncio.to_thread(read_workbook, file)
    except UnreadableWorkbook as error:
        await work.tell(texts.unreadable(str(error)))
        return {}
    now = work.clock()
    async with work.telling() as session:
        asker = await asker_of(session, work.job.asked_by)
        plan = await plan_import(session, asker, now, raw)
        number = None if plan.refused else await apply_plan(session, asker, now, plan)
        screen = texts.changed_meanwhile(plan) if number is None else texts.applied(number, plan)
        # Told in the transaction that writes: where it is told already, it was written already.
        if not await work.tell_with(session, screen):
            await session.rollback()
    file.unlink(missing_ok=True)
    return {} if number is None else {"import": number}


def _file(work: Work) -> Path:
    return exchange_folder(work.settings) / Path(work.arguments["file"]).name
