"""What the indicators are made of, read for a place: aggregates, asked for only as far as needed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.rows import Query
from models.reference.nomenclature import Niveau
from models.statistics.indicators import queries
from models.statistics.indicators.aggregates import (
    Aggregates,
    Bands,
    Entries,
    FileActive,
    Measure,
    Seniority,
)
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.indicators.formulas import (
    ActiveFile,
    Reported,
    ShareOfEntries,
    Slope,
    WidestGap,
    YearlyChange,
)
from models.statistics.queries import (
    ACCOMPANIED,
    COLUMNS,
    EVENTS_OF_PERSONS,
    VALIDATED,
    campaign,
    event,
    person,
    within,
)
from models.statistics.scope import StatisticsScope


class _Entered(NamedTuple):
    """Events of a campaign, and how many of them are validated."""

    events: int
    validated: int


class _Quarter(NamedTuple):
    """Those who came in during the quarter that ended so many years before the date."""

    years: int
    entries: Entries


class _Present(NamedTuple):
    """Persons by whether they were there by their dates, and whether they were seen in an event."""

    there: bool
    seen: bool
    persons: int


class _Campaign(NamedTuple):
    """What one campaign has of F01."""

    day: date
    bands: Bands


@dataclass(frozen=True)
class StatisticsReader:
    """Adds up what one place has at one campaign."""

    session: AsyncSession
    place: StatisticsScope
    campaign_id: int
    day: date

    async def aggregates(self, numbers: Collection[str]) -> Aggregates:
        """Return what those indicators are made of."""
        found = Aggregates(self.day)
        formulas = [one.formula for one in map(INDICATORS.__getitem__, numbers) if one.formula is not None]
        if measures := list(dict.fromkeys(measure for one in formulas for measure in one.measures)):
            found.counts = await self._counts(measures)
        if years := {one.years for one in formulas if isinstance(one, ShareOfEntries)}:
            found.entries = await self._entries(sorted(years))
        if _of(ActiveFile, formulas):
            found.active = await self._active()
        if _of(Slope, formulas):
            found.seniorities = await self._seniorities()
        changes = [one for one in formulas if isinstance(one, YearlyChange)]
        if _of(WidestGap, formulas):
            found.series = await self._series(campaign.c.date <= self.day)
        elif changes:
            found.series = await self._series(
                campaign.c.date.in_({day for one in changes for day in one.days(self.day)})
            )
        if changes:
            found.campaigns = frozenset((await self.session.scalars(select(campaign.c.date))).all())
        if _of(Reported, formulas):
            found.reported = await self._reported()
        return found

    async def validated_share(self) -> int | None:
        """Return how many of the campaign's events are validated, in whole percent; none without events."""
        statement = select(func.count(), func.count().filter(VALIDATED))
        statement = statement.select_from(self._events(alone=True)).where(*self._of_campaign())
        found = await Query(_Entered, statement).one(self.session)
        return found.validated * 100 // found.events if found.events else None

    async def _counts(self, measures: Sequence[Measure]) -> Mapping[Measure, int]:
        alone = all(measure.by is None or COLUMNS[measure.by].table is event for measure in measures)
        statement = select(*map(_counted, measures)).select_from(self._events(alone=alone))
        row = (await self.session.execute(statement.where(*self._of_campaign(), ACCOMPANIED))).one()
        return dict(zip(measures, row, strict=True))

    async def _entries(self, years: Sequence[int]) -> Mapping[int, Entries]:
        of, entered = queries.entries(self.day, years)
        counts = (func.count(), func.count().filter(queries.SENT_BY_SPE))
        statement = select(of, *counts).where(entered, *within(self.place)).group_by("years")
        found = {row.years: row.entries for row in await Query(_Quarter, statement).all(self.session)}
        return {before: found.get(before, Entries(0, 0)) for before in years}

    async def _active(self) -> FileActive:
        there, seen = queries.present_in_year(self.day)
        statement = select(there, seen, func.count()).where(*within(self.place)).group_by("there", "seen")
        rows = await Query(_Present, statement).all(self.session)
        return FileActive(
            sum(row.persons for row in rows if row.there or row.seen), sum(row.persons for row in rows if row.seen)
        )

    async def _seniorities(self) -> Sequence[Seniority]:
        days, years = self._since_entry()
        inner = (
            select(event.c.emploi_mois, days.label("days"), years.label("years"))
            .select_from(self._events(alone=False))
            .where(*self._of_campaign(), ACCOMPANIED, person.c.entry_date <= self.day)
            .subquery()
        )
        sums = [cast(func.sum(value), BigInteger) for value in (inner.c.days, inner.c.days * inner.c.days)]
        keys = (inner.c.years, inner.c.emploi_mois)
        return await Query(Seniority, select(*keys, func.count(), *sums).group_by(*keys)).all(self.session)

    async def _series(self, which: ColumnElement[bool]) -> Mapping[date, Bands]:
        statement = (
            select(campaign.c.date, func.count(), func.count().filter(event.c.niveau_soutien == Niveau.SUIVI))
            .select_from(self._events(alone=True).join(campaign, campaign.c.id == event.c.campaign_id))
            .where(which, ACCOMPANIED, *within(self.place))
            .group_by(campaign.c.date)
        )
        return {one.day: one.bands for one in await Query(_Campaign, statement).all(self.session)}

    async def _reported(self) -> int:
        held = exists().where(event.c.campaign_id == campaign.c.id)
        if within(self.place):
            held = held.where(person.c.id == event.c.person_id, *within(self.place))
        year = campaign.c.date.between(date(self.day.year, 1, 1), date(self.day.year, 12, 31))
        return await self.session.scalar(select(func.count()).select_from(campaign).where(year, held)) or 0

    def _events(self, *, alone: bool) -> FromClause:
        """Return the events, with their persons unless they are not looked at at all."""
        return event if alone and not within(self.place) else EVENTS_OF_PERSONS

    def _of_campaign(self) -> list[ColumnElement[bool]]:
        return [event.c.campaign_id == self.campaign_id, *within(self.place)]

    def _since_entry(self) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Return how many days and how many complete years a person has been there."""
        entry, day = person.c.entry_date, self.day
        if self.session.get_bind().dialect.name == "postgresql":
            days: ColumnElement[Any] = cast(literal(day) - entry, BigInteger)
        else:
            days = cast(func.julianday(day) - func.julianday(entry), BigInteger)
        in_year = extract("month", entry) * 100 + extract("day", entry)
        before_anniversary = case((in_year > day.month * 100 + day.day, 1), else_=0)
        return days, cast(day.year - extract("year", entry) - before_anniversary, Integer)


def _counted(measure: Measure) -> ColumnElement[int]:
    if measure.by is None:
        return func.count()
    column = COLUMNS[measure.by]
    return func.count().filter(column.is_not(None) if measure.code is None else column == measure.code)


def _of(kind: type, formulas: Iterable[object]) -> bool:
    return any(isinstance(one, kind) for one in formulas)
