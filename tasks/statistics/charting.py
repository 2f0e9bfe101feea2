"""Draw what somebody asked for, and send it to them: a picture, or the one-page report."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from models.accounts.repository import asker_of
from models.base.screens import Screen
from models.statistics.charts.catalogue import chart_named
from models.statistics.charts.readings import Asked
from models.statistics.charts.reports import report
from models.statistics.errors import StatisticsRefused
from models.workbook.links.files import exchange_folder
from tasks.jobs.context import JobContext
from tasks.statistics import charting_texts as texts
from tasks.statistics.pictures.drawing import png
from tasks.statistics.pictures.sheet import pdf


async def draw_chart(work: JobContext) -> Mapping[str, Any]:
    """Draw a picture and send it with its two lines of words. Begun again, it is drawn anew and told once."""
    name, day, scope = (str(work.arguments[key]) for key in ("chart", "day", "scope"))
    try:
        chart = chart_named(name)
        async with _asking(work) as asked:
            picture = await chart.read(asked)
    except StatisticsRefused as refused:
        await work.notify(texts.refused(str(refused)))
        return {}
    menu = str(work.arguments.get("menu", day))
    if picture.empty:
        await work.notify(texts.drawn(picture.sentence, chart, day, scope, menu))
        return {}
    screen = texts.drawn(picture.words, chart, day, scope, menu)
    return await _sent(work, f"{name}-{day}-{work.number}.png", png(picture), screen)


async def draw_report(work: JobContext) -> Mapping[str, Any]:
    """Make the one-page report and send it as a document. Begun again, it is made anew and told once."""
    day, scope = str(work.arguments["day"]), str(work.arguments["scope"])
    try:
        async with _asking(work) as asked:
            page = await report(asked)
    except StatisticsRefused as refused:
        await work.notify(texts.refused(str(refused)))
        return {}
    name = f"trimestre-{scope.replace(':', '-')}-{day}-{work.number}.pdf"
    return await _sent(work, name, pdf(page), texts.printed(page, day, scope))


@asynccontextmanager
async def _asking(work: JobContext) -> AsyncIterator[Asked]:
    """Read in the name of whoever asked: with the rights they have now."""
    assert work.job.asked_by is not None
    day, scope = date.fromisoformat(str(work.arguments["day"])), str(work.arguments["scope"])
    async with work.database.transaction() as session:
        actor = await asker_of(session, work.job.asked_by)
        yield Asked(session, actor, day, scope, work.clock())


async def _sent(work: JobContext, name: str, content: bytes, screen: Screen) -> Mapping[str, Any]:
    folder = exchange_folder(work.settings)
    (folder / name).write_bytes(content)
    async with work.transaction() as session:
        await work.notify_with(session, screen, f"{folder.name}/{name}")
    return {"bytes": len(content)}
