"""Import a workbook: what it would do, then all of it or nothing."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models import collector
from models.accounts.rights import Asker
from models.clock import local_day
from models.workbook import runs
from models.workbook.loading import Loading
from models.workbook.planning import Workbook, plan
from models.workbook.preview import Preview, preview
from models.workbook.records import Plan
from models.workbook.repository import held
from models.workbook.sheets import RawWorkbook


class ImportRefused(Exception):
    """The plan has cells that refuse it: nothing was written."""


async def plan_import(session: AsyncSession, asker: Asker, now: datetime, raw: RawWorkbook) -> Plan:
    """Return what importing the workbook would do in the name of `asker`; nothing is written."""
    with collector.at_rest():
        workbook = Workbook(raw)
    known = await held(
        session,
        workbook.person_references,
        workbook.dispositif_references,
        local_day(now),
        described=workbook.described_persons,
    )
    with collector.at_rest():
        return plan(workbook, known, asker)


async def preview_import(session: AsyncSession, asker: Asker, now: datetime, raw: RawWorkbook) -> Preview:
    """Return what importing the workbook would do, as plain data to show before it is confirmed; writes nothing."""
    return preview(await plan_import(session, asker, now, raw))


async def apply_plan(session: AsyncSession, asker: Asker, now: datetime, planned: Plan) -> int:
    """Write the whole plan in the transaction of `session`; `ImportRefused` if a cell refuses it.

    Returns the number under which the import can be undone (`models.workbook.undoing`).
    """
    if planned.refused:
        raise ImportRefused
    before = await runs.last_numbers(session)
    with collector.at_rest():
        await Loading(session, asker, now).write(planned)
    return await runs.keep(session, asker, now, planned, before)
