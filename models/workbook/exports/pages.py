"""The sheets of one export, their rows read page by page while they are written."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from models.base.spreadsheets import Page, Row
from models.workbook.exports.dry_run import DryRun
from models.workbook.exports.exported_rows import ExportedRows
from models.workbook.exports.feed import fed
from models.workbook.exports.repository import ExportReader
from models.workbook.exports.rows import Rows, columns, correction_columns
from models.workbook.template import Template, TemplateSheet

Told = Callable[[int], Awaitable[None]]
"""Told how many persons and events are done so far; whatever it raises stops the export."""


class Pages:
    """What a rehearsal found fit to leave, as pages for a writer; the events are added to `departed`."""

    def __init__(
        self,
        reader: ExportReader,
        template: Template,
        day: date,
        rehearsal: DryRun,
        departed: ExportedRows,
        told: Told | None,
    ) -> None:
        self._reader = reader
        self._template = template
        self._rehearsal = rehearsal
        self._departed = departed
        self._told = told
        self._done = 0
        self._rows = Rows(template, day, rehearsal.dispositifs)

    def all(self, structures: Mapping[int, Sequence[str]], loop: asyncio.AbstractEventLoop) -> list[Page]:
        """Return the pages: three sheets, or the events alone; one more if something is to be corrected by hand (E19).

        They are to be written in another thread than that of `loop`, which reads them.
        """
        template, rehearsal = self._template, self._rehearsal
        dispositifs = (
            self._rows.dispositif(row, structures.get(row.id, ()))
            for row in rehearsal.dispositifs
            if row.id not in rehearsal.kept_dispositifs
        )
        pages = [self._page(template.events, fed(self._events(), loop))]
        if not rehearsal.events_only:
            pages[:0] = [
                self._page(template.dispositifs, dispositifs),
                self._page(template.persons, fed(self._persons(), loop)),
            ]
        if rehearsal.corrections:
            rows = (self._rows.correction(one) for one in rehearsal.corrections)
            pages.append(Page(template.corrections.title, correction_columns(template), rows))
        return pages

    def _page(self, sheet: TemplateSheet, rows: Iterable[Row]) -> Page:
        return Page(sheet.title, columns(sheet, self._template.date_format), rows)

    async def _persons(self) -> AsyncIterator[Sequence[Row]]:
        kept, kept_events = self._rehearsal.kept_persons, self._rehearsal.kept_events
        async for page in self._reader.person_pages():
            yield [
                self._rows.person(row, event_leaves=row.state is not None and row.person_id not in kept_events)
                for row in page
                if row.person_id not in kept
            ]
            await self._tell(page)

    async def _events(self) -> AsyncIterator[Sequence[Row]]:
        kept = self._rehearsal.kept_events
        async for page in self._reader.event_pages():
            leaving = [row for row in page if row.person_id not in kept]
            self._departed.add(leaving)
            yield [self._rows.event(row) for row in leaving]
            await self._tell(page)

    async def _tell(self, page: Sequence[Any]) -> None:
        self._done += len(page)
        if self._told is not None:
            await self._told(self._done)
