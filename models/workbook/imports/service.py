"""Import a workbook: what it would do, then all of it or nothing."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base import gc_paused as collector
from models.base.clock import local_day
from models.workbook.imports import runs
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.loading import Loading
from models.workbook.imports.planning import Workbook, plan
from models.workbook.imports.preview import Preview, preview
from models.workbook.imports.records import Plan
from models.workbook.imports.repository import current_values
from models.workbook.reading.sheets import RawWorkbook


class ImportRefused(Exception):
    """The plan has cells that refuse it: nothing was written."""


async def plan_import(session: AsyncSession, actor: Actor, now: datetime, raw: RawWorkbook) -> Plan:
    """Return what importing the workbook would do in the name of `actor`; nothing is written."""
    with collector.gc_paused():
        workbook = Workbook(raw)
    known = await current_values(
        session,
        Allowed(actor),
        workbook.person_references,
        workbook.dispositif_references,
        local_day(now),
        described=workbook.described_persons,
    )
    with collector.gc_paused():
        return plan(workbook, known, actor)


async def preview_import(session: AsyncSession, actor: Actor, now: datetime, raw: RawWorkbook) -> Preview:
    """Return what importing the workbook would do, as plain data to show before it is confirmed; writes nothing."""
    return preview(await plan_import(session, actor, now, raw))


async def apply_plan(session: AsyncSession, actor: Actor, now: datetime, planned: Plan) -> int:
    """Write the whole plan in the transaction of `session`; `ImportRefused` if a cell refuses it.

    Returns the number under which the import can be undone (`models.workbook.imports.undoing`).
    """
    if planned.refused:
        raise ImportRefused
    before = await runs.last_numbers(session)
    with collector.gc_paused():
        await Loading(session, actor, now).write(planned)
    return await runs.keep(session, actor, now, planned, before)
