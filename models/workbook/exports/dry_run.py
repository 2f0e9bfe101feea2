"""What an export would write and what it would leave out, found before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.workbook.exports.eligibility import Correction, LeftOut, decide, dispositif_cells, reason_of
from models.workbook.exports.repository import ExportReader


@dataclass(frozen=True)
class Counts:
    """How many rows each national sheet has."""

    dispositifs: int
    personnes: int
    evenements: int


@dataclass
class DryRun:
    """All the dispositifs of the scope, what is left out and why, what is to be corrected by hand (E19).

    The three sets are those whose row stays; an event is known by its person. With `events_only` there is one sheet.
    """

    dispositifs: Sequence[Any]
    events_only: bool = False
    left_out: list[LeftOut] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    kept_dispositifs: set[int] = field(default_factory=set)
    kept_persons: set[int] = field(default_factory=set)
    kept_events: set[int] = field(default_factory=set)
    persons: int = 0
    events: int = 0

    @property
    def counts(self) -> Counts:
        """How many rows each sheet has."""
        if self.events_only:
            return Counts(0, 0, self.events)
        return Counts(len(self.dispositifs) - len(self.kept_dispositifs), self.persons, self.events)


async def run_dry(reader: ExportReader, day: date, *, events_only: bool = False) -> DryRun:
    """Return what leaves of the campaign of that date and what stays."""
    result = DryRun(await reader.dispositifs(), events_only)
    for row in () if events_only else result.dispositifs:
        if cells := dispositif_cells(row):
            result.kept_dispositifs.add(row.id)
            result.left_out.append(LeftOut(row.reference, reason_of(cells), cells))
    async for page in reader.person_pages():
        sent = await reader.sent([row.person_id for row in page if row.state is not None])
        for row in page:
            verdict = decide(row, day, sent.get(row.person_id))
            result.persons += verdict.person_leaves
            result.events += verdict.event_leaves
            result.corrections.extend(verdict.corrections)
            if verdict.left_out is not None:
                result.left_out.append(verdict.left_out)
            if not verdict.person_leaves:
                result.kept_persons.add(row.person_id)
            if row.state is not None and not verdict.event_leaves:
                result.kept_events.add(row.person_id)
    return result
