"""Rehearse an export, and make the workbook: told in the chat, fetched by a link."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.accounts.permissions import Actor
from models.accounts.repository import asker_of
from models.workbook.exports.eligibility import LeftOut
from models.workbook.exports.scope import ExportRefused
from models.workbook.exports.service import Request, dry_run, export
from models.workbook.links.files import exchange_folder
from models.workbook.links.service import make
from models.workbook.links.tables import Purpose
from models.workbook.template import TemplateRefused, load_template
from tasks.jobs.context import JobContext
from tasks.workbook import exporting_texts as texts

SHOWN_EVERY_S = 2.0
"""How often the message that tells how far an export is changes."""

MOST_NAMED = 40
"""How many persons a coach is asked about in one message."""


async def rehearse_export(work: JobContext) -> Mapping[str, Any]:
    """Tell what would leave and what stays, with the way to export and the way to ask the coaches."""
    actor, request = await _asker(work), _request(work)
    try:
        rehearsal = await dry_run(work.database, actor, request)
    except ExportRefused as refused:
        await work.notify(texts.refused(str(refused)))
        return {}
    asking = _by_coach(rehearsal.left_out)
    await work.notify(texts.rehearsed(work.number, request, rehearsal, {int(c): len(who) for c, who in asking.items()}))
    return {"asking": asking}


async def make_export(work: JobContext) -> Mapping[str, Any]:
    """Write the workbook and give its link. Begun again, it writes the same file anew: its link is told once only."""
    actor, request = await _asker(work), _request(work)
    folder = exchange_folder(work.settings)
    file = folder / f"{'evenements' if request.events_only else 'export'}-{request.day}-{work.number}.xlsx"
    clock = asyncio.get_running_loop().time
    began = shown_at = clock()

    async def told(number: int) -> None:
        nonlocal shown_at
        if clock() - shown_at >= SHOWN_EVERY_S:
            shown_at = clock()
            await work.report(done=number)
            await work.show(texts.under_way(work.number, request, number))

    try:
        template = load_template(work.settings.data_dir)
        exported = await export(work.database, actor, work.clock(), request, template, file, told)
    except (ExportRefused, TemplateRefused) as refused:
        await work.notify(texts.refused(str(refused)))
        return {}
    if shown_at > began:
        await work.show(texts.done(request))
    if request.events_only:
        async with work.transaction() as session:
            await work.notify_with(session, texts.events_alone(request, exported), f"{folder.name}/{file.name}")
        return {"sha256": exported.sha256, **vars(exported.counts)}
    async with work.transaction() as session:
        given = await make(session, actor, work.clock(), Purpose.FETCH, file.name)
        screen = texts.ready(request, exported, f"{work.settings.address}/classeurs/{given.token}", given.digits)
        if not await work.notify_with(session, screen):
            await session.rollback()
    return {"sha256": exported.sha256, **vars(exported.counts)}


def _request(work: JobContext) -> Request:
    given = work.arguments
    return Request(date.fromisoformat(given["day"]), given["scope"], events_only=bool(given.get("events_only")))


async def _asker(work: JobContext) -> Actor:
    assert work.job.asked_by is not None
    async with work.database.transaction() as session:
        return await asker_of(session, work.job.asked_by)


def _by_coach(left_out: list[LeftOut]) -> dict[str, list[list[Any]]]:
    """Return whom to ask about whom: numbers and codes, by the number of the coach's account."""
    asking: defaultdict[str, list[list[Any]]] = defaultdict(list)
    for one in left_out:
        if one.coach_id is not None and one.person_id is not None and len(asking[str(one.coach_id)]) < MOST_NAMED:
            asking[str(one.coach_id)].append([one.person_id, one.reference])
    return dict(asking)
