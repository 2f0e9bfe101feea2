"""All SQL of the indicators: aggregates, bounded by a place (`places.place`), asked for only as far as needed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.events.tables import EventState
from models.nomenclature import Emploi, Niveau, Orientation, Statut
from models.statistics.places import Place
from models.statistics.sums import Bands, Seniority, Sums, quarter_before, years_before
from models.tables import metadata

person = metadata.tables["person"]
event = metadata.tables["event"]
campaign = metadata.tables["campaign"]

ACCOMPANIED = and_(event.c.statut == Statut.SUIVI, event.c.niveau_soutien != Niveau.VEILLE)
"""F01: followed by the dispositif, in a band of at least 2 hours a month."""

_ORIENTED = person.c.orientation.is_not(None)
MEASURES: Mapping[str, ColumnElement[bool] | None] = {
    "f01": None,
    "suivi": event.c.niveau_soutien == Niveau.SUIVI,
    "mdph": person.c.orientation == Orientation.MDPH,
    "oriented": _ORIENTED,
    "sans_emploi": event.c.emploi_mois == Emploi.SANS_EMPLOI,
    "cdi": event.c.emploi_mois == Emploi.CDI,
    "cdd": event.c.emploi_mois == Emploi.CDD,
}
"""What is counted among the persons of F01 at a campaign; none: all of them."""
OF_PERSONS = frozenset({"mdph", "oriented"})

NEEDS: Mapping[str, Collection[str]] = {
    "F01": ("f01",),
    "F06": ("suivi", "f01"),
    "F07": ("suivi", "f01"),
    "F10": ("mdph", "oriented"),
    "F11": ("spe_before", "entries_before"),
    "F12": ("spe", "entries"),
    "F17": ("sans_emploi", "f01"),
    "F18": ("cdi", "f01"),
    "F19": ("cdd", "f01"),
    "F23": ("active", "active_by_events"),
}
"""Which counts an indicator is made of."""


@dataclass(frozen=True)
class Reader:
    """Adds up what one place has at one campaign."""

    session: AsyncSession
    place: Place
    campaign_id: int
    day: date

    async def sums(self, numbers: Collection[str]) -> Sums:
        """Return what those indicators are made of."""
        wanted = {name for number in numbers for name in NEEDS.get(number, ())}
        sums = Sums(self.day)
        if measures := [name for name in MEASURES if name in wanted]:
            sums.counts |= await self._counts(self._accompanied(measures), measures)
        if measures := [name for name in of_persons(self.day) if name in wanted]:
            sums.counts |= await self._counts(self._persons(measures), measures)
        if {"F20", "F21"} & set(numbers):
            sums.seniorities = await self._seniorities()
        if "F08" in numbers:
            sums.series = await self._series(campaign.c.date <= self.day)
        elif {"F04", "F05"} & set(numbers):
            sums.series = await self._series(campaign.c.date.in_([years_before(self.day, back) for back in range(3)]))
        if {"F04", "F05"} & set(numbers):
            sums.campaigns = frozenset((await self.session.scalars(select(campaign.c.date))).all())
        if "F24" in numbers:
            sums.reported = await self._reported()
        return sums

    async def validated_share(self) -> int | None:
        """Return how many of the campaign's events are validated, in whole percent; none without events."""
        validated = func.count().filter(event.c.state.in_([EventState.VALIDATED, EventState.SENT_UP]))
        query = select(func.count(), validated).select_from(self._events(alone=True)).where(*self._within(alone=True))
        entered, done = (await self.session.execute(query)).one()
        return done * 100 // entered if entered else None

    async def _counts(self, query: Select[Any], measures: Sequence[str]) -> dict[str, int]:
        return dict(zip(measures, (await self.session.execute(query)).one(), strict=True))

    def _events(self, *, alone: bool) -> FromClause:
        """Return the events, with their persons unless they are not looked at at all."""
        if alone and not self.place.bounds():
            return event
        return event.join(person, person.c.id == event.c.person_id)

    def _within(self, *, alone: bool) -> list[ColumnElement[bool]]:
        return [event.c.campaign_id == self.campaign_id, *self.place.bounds()]

    def _accompanied(self, measures: Sequence[str]) -> Select[Any]:
        columns = [_counted(MEASURES[name]) for name in measures]
        alone = not OF_PERSONS & set(measures)
        return select(*columns).select_from(self._events(alone=alone)).where(*self._within(alone=alone), ACCOMPANIED)

    def _persons(self, measures: Sequence[str]) -> Select[Any]:
        of = of_persons(self.day)
        columns = [_counted(of[name]) for name in measures]
        return select(*columns).select_from(person).where(*self.place.bounds())

    async def _seniorities(self) -> Sequence[Seniority]:
        rows = _with_days(self._events(alone=False), self.day, self.session.get_bind().dialect.name)
        inner = rows.where(*self._within(alone=False), ACCOMPANIED, person.c.entry_date <= self.day).subquery()
        days = inner.c.days
        columns = [func.count(), func.sum(days), func.sum(days * days)]
        for emploi in (Emploi.SANS_EMPLOI, Emploi.CDI):
            its = inner.c.emploi_mois == emploi
            columns += [func.count().filter(its), func.coalesce(func.sum(days).filter(its), 0)]
        query = select(inner.c.years, *columns).group_by(inner.c.years).order_by(inner.c.years)
        found: Any = await self.session.execute(query)
        return [Seniority(*map(int, row)) for row in found]

    async def _series(self, which: ColumnElement[bool]) -> Mapping[date, Bands]:
        columns = [func.count(), func.count().filter(event.c.niveau_soutien == Niveau.SUIVI)]
        rows = await self.session.execute(select(campaign.c.id, campaign.c.date).where(which))
        dates = {number: day for number, day in rows}  # noqa: C416 - rows are no pairs to the type checker
        query = (
            select(event.c.campaign_id, *columns)
            .select_from(self._events(alone=True))
            .where(event.c.campaign_id.in_(list(dates)), ACCOMPANIED, *self.place.bounds())
            .group_by(event.c.campaign_id)
        )
        return {dates[number]: Bands(persons, suivi) for number, persons, suivi in await self.session.execute(query)}

    async def _reported(self) -> int:
        held = exists().where(event.c.campaign_id == campaign.c.id)
        if self.place.bounds():
            held = held.where(person.c.id == event.c.person_id, *self.place.bounds())
        year = campaign.c.date.between(date(self.day.year, 1, 1), date(self.day.year, 12, 31))
        return await self.session.scalar(select(func.count()).select_from(campaign).where(year, held)) or 0


def of_persons(day: date) -> Mapping[str, ColumnElement[bool]]:
    """Return what is counted among all persons, for a campaign of that day."""
    first, last = quarter_before(day), day
    before = quarter_before(years_before(last, 1)), years_before(last, 1)
    entered = person.c.entry_date.between(first, last)
    entered_before = person.c.entry_date.between(*before)
    spe = person.c.orientation == Orientation.SPE
    seen = person.c.id.in_(_seen(day))
    there = and_(
        person.c.entry_date <= day,
        or_(person.c.exit_date.is_(None), person.c.exit_date >= date(day.year, 1, 1)),
    )
    return {
        "entries": entered,
        "spe": and_(entered, spe),
        "entries_before": entered_before,
        "spe_before": and_(entered_before, spe),
        "active": or_(there, seen),
        "active_by_events": seen,
    }


def _seen(day: date) -> Select[Any]:
    """Return the persons with an event of the year in which they were followed."""
    in_year = select(campaign.c.id).where(campaign.c.date.between(date(day.year, 1, 1), day))
    return select(event.c.person_id).where(event.c.campaign_id.in_(in_year), event.c.statut == Statut.SUIVI)


def _counted(which: ColumnElement[bool] | None) -> ColumnElement[int]:
    return func.count() if which is None else func.count().filter(which)


def _with_days(source: FromClause, day: date, dialect: str) -> Select[Any]:
    """Return what the slopes need of each person: days and complete years since the entry."""
    entry = person.c.entry_date
    if dialect == "postgresql":
        days: ColumnElement[Any] = cast(literal(day) - entry, BigInteger)
    else:
        days = cast(func.julianday(day) - func.julianday(entry), BigInteger)
    in_year = extract("month", entry) * 100 + extract("day", entry)
    before_anniversary = case((in_year > day.month * 100 + day.day, 1), else_=0)
    years = day.year - extract("year", entry) - before_anniversary
    return select(event.c.emploi_mois, days.label("days"), years.label("years")).select_from(source)
