"""Check a workbook that somebody sent, and load it once they agree."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.accounts.repository import asker_of
from models.reference.nomenclature import PERSONNES
from models.workbook.findings import IDENTIFYING
from models.workbook.imports.report import write_report
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.links.files import exchange_folder, new_name
from models.workbook.links.service import make
from models.workbook.links.tables import Purpose
from models.workbook.reading.sheets import RawWorkbook, read_workbook
from models.workbook.refusals import UnreadableWorkbook
from tasks.jobs.context import JobContext
from tasks.workbook import importing_texts as texts


async def check_import(work: JobContext) -> Mapping[str, Any]:
    """Say what the workbook would do, with the way to agree; or what is to be corrected, with the way to see it."""
    file = _file(work)
    try:
        raw = await asyncio.to_thread(read_workbook, file)
    except UnreadableWorkbook as error:
        return await _unreadable(work, file, error)
    return await _check(work, file, raw)


async def check_document(work: JobContext) -> Mapping[str, Any]:
    """Check a workbook sent in the chat; one that holds personal data is taken off it, and a link given instead."""
    assert work.job.asked_by is not None
    file = exchange_folder(work.settings) / f"document-{work.number}.xlsx"
    await work.inbox.fetch(str(work.arguments["file_id"]), file)
    try:
        raw = await asyncio.to_thread(read_workbook, file)
    except UnreadableWorkbook as error:
        return await _unreadable(work, file, error)
    if not _identifies(raw):
        return await _check(work, file, raw)
    _forget(file)
    await work.inbox.take_off(work.job.asked_by, int(work.arguments["message_id"]))
    if not work.settings.address:
        await work.notify(texts.not_in_the_chat())
        return {}
    async with work.transaction() as session:
        actor = await asker_of(session, work.job.asked_by)
        given = await make(session, actor, work.clock(), Purpose.SEND)
        link = f"{work.settings.address}/classeurs/{given.token}"
        if not await work.notify_with(session, texts.not_in_the_chat(link, given.digits)):
            await session.rollback()
    return {}


async def _check(work: JobContext, file: Path, raw: RawWorkbook) -> Mapping[str, Any]:
    assert work.job.asked_by is not None
    async with work.database.transaction() as session:
        actor = await asker_of(session, work.job.asked_by)
        plan = await plan_import(session, actor, work.clock(), raw)
    if not plan.refused:
        await work.notify(texts.preview(work.number, plan))
        return {"ready": file.name}
    if not work.settings.address:
        await work.notify(texts.to_correct(plan))
        _forget(file)
        return {"errors": len(plan.findings.errors)}
    report = exchange_folder(work.settings) / new_name()
    await asyncio.to_thread(write_report, file, plan.findings, report)
    async with work.transaction() as session:
        given = await make(session, actor, work.clock(), Purpose.FETCH, report.name)
        link = f"{work.settings.address}/classeurs/{given.token}"
        screen = texts.to_correct(plan, link, given.digits)
        new = await work.notify_with(session, screen)
    if not new:
        _forget(report)
    _forget(file)
    return {"errors": len(plan.findings.errors)}


async def apply_import(work: JobContext) -> Mapping[str, Any]:
    """Load the workbook, all or nothing; the number of the import is kept with the job, in the same transaction.

    Begun again after a death, it finds the workbook gone, or its own import already told.
    """
    file = _file(work)
    assert work.job.asked_by is not None
    try:
        raw = await asyncio.to_thread(read_workbook, file)
    except UnreadableWorkbook as error:
        await work.notify(texts.unreadable(str(error)))
        return {}
    now = work.clock()
    async with work.transaction() as session:
        actor = await asker_of(session, work.job.asked_by)
        plan = await plan_import(session, actor, now, raw)
        number = None if plan.refused else await apply_plan(session, actor, now, plan)
        screen = texts.changed_meanwhile(plan) if number is None else texts.applied(number, plan)
        # Told in the transaction that writes: where it is told already, it was written already.
        if not await work.notify_with(session, screen):
            await session.rollback()
    _forget(file)
    return {} if number is None else {"import": number}


async def _unreadable(work: JobContext, file: Path, error: UnreadableWorkbook) -> Mapping[str, Any]:
    await work.notify(texts.unreadable(str(error)))
    _forget(file)  # once it is told: begun again after a death, it would find nothing to tell of
    return {}


def _identifies(raw: RawWorkbook) -> bool:
    """Whether a workbook holds what never passes through the chat: birth dates, sexes, disabilities (point 7)."""
    return any(IDENTIFYING & row.cells.keys() for row in raw.of(PERSONNES))


def _forget(file: Path) -> None:
    file.unlink(missing_ok=True)


def _file(work: JobContext) -> Path:
    return exchange_folder(work.settings) / Path(work.arguments["file"]).name
