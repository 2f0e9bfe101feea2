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

from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Niveau, Orientation, Statut
from models.statistics.indicators.aggregates import Aggregates, Bands, Seniority, quarter_before, years_before
from models.statistics.places import StatisticsScope

person = table(Person)
event = table(Event)
campaign = table(Campaign)

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


CHANGES: Mapping[str, tuple[int, int]] = {"F04": (1, 2), "F05": (0, 1)}
"""How many years before the date are the two campaigns that a yearly change compares."""


@dataclass(frozen=True)
class StatisticsReader:
    """Adds up what one place has at one campaign."""

    session: AsyncSession
    place: StatisticsScope
    campaign_id: int
    day: date

    async def sums(self, numbers: Collection[str]) -> Aggregates:
        """Return what those indicators are made of."""
        wanted = {name for number in numbers for name in NEEDS.get(number, ())}
        sums = Aggregates(self.day)
        if measures := [name for name in MEASURES if name in wanted]:
            sums.counts |= await self._counts(self._accompanied(measures), measures)
        entries = of_entries(self.day)
        if measures := [name for name in entries if name in wanted]:
            query = select(*(_counted(entries[name]) for name in measures)).where(*self.place.bounds())
            sums.counts |= await self._counts(query.select_from(person), measures)
        if "active" in wanted:
            sums.counts |= await self._active()
        if {"F20", "F21"} & set(numbers):
            sums.seniorities = await self._seniorities()
        if "F08" in numbers:
            sums.series = await self._series(campaign.c.date <= self.day)
        elif changes := {"F04", "F05"} & set(numbers):
            backs = {back for number in changes for back in CHANGES[number]}
            sums.series = await self._series(campaign.c.date.in_([years_before(self.day, back) for back in backs]))
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

    async def _counts(self, query: Select[*tuple[Any, ...]], measures: Sequence[str]) -> dict[str, int]:
        return dict(zip(measures, (await self.session.execute(query)).one(), strict=True))

    def _events(self, *, alone: bool) -> FromClause:
        """Return the events, with their persons unless they are not looked at at all."""
        if alone and not self.place.bounds():
            return event
        return event.join(person, person.c.id == event.c.person_id)

    def _within(self, *, alone: bool) -> list[ColumnElement[bool]]:
        return [event.c.campaign_id == self.campaign_id, *self.place.bounds()]

    def _accompanied(self, measures: Sequence[str]) -> Select[*tuple[Any, ...]]:
        columns = [_counted(MEASURES[name]) for name in measures]
        alone = not OF_PERSONS & set(measures)
        return select(*columns).select_from(self._events(alone=alone)).where(*self._within(alone=alone), ACCOMPANIED)

    async def _active(self) -> dict[str, int]:
        rows = (await self.session.execute(active(self.day).where(*self.place.bounds()))).all()
        return {
            "active": sum(persons for there, seen, persons in rows if there or seen),
            "active_by_events": sum(persons for _, seen, persons in rows if seen),
        }

    async def _seniorities(self) -> Sequence[Seniority]:
        rows = _with_days(self._events(alone=False), self.day, self.session.get_bind().dialect.name)
        inner = rows.where(*self._within(alone=False), ACCOMPANIED, person.c.entry_date <= self.day).subquery()
        days = inner.c.days
        columns: list[ColumnElement[Any]] = [func.count(), func.sum(days), func.sum(days * days)]
        for emploi in (Emploi.SANS_EMPLOI, Emploi.CDI):
            its = inner.c.emploi_mois == emploi
            columns += [func.count().filter(its), func.coalesce(func.sum(days).filter(its), 0)]
        query = select(inner.c.years, *columns).group_by(inner.c.years).order_by(inner.c.years)
        found: Any = await self.session.execute(query)
        return [Seniority(*map(int, row)) for row in found]

    async def _series(self, which: ColumnElement[bool]) -> Mapping[date, Bands]:
        columns = [func.count(), func.count().filter(event.c.niveau_soutien == Niveau.SUIVI)]
        query = (
            select(campaign.c.date, *columns)
            .select_from(self._events(alone=True).join(campaign, campaign.c.id == event.c.campaign_id))
            .where(which, ACCOMPANIED, *self.place.bounds())
            .group_by(campaign.c.date)
        )
        return {day: Bands(persons, suivi) for day, persons, suivi in await self.session.execute(query)}

    async def _reported(self) -> int:
        held = exists().where(event.c.campaign_id == campaign.c.id)
        if self.place.bounds():
            held = held.where(person.c.id == event.c.person_id, *self.place.bounds())
        year = campaign.c.date.between(date(self.day.year, 1, 1), date(self.day.year, 12, 31))
        return await self.session.scalar(select(func.count()).select_from(campaign).where(year, held)) or 0


def of_entries(day: date) -> Mapping[str, ColumnElement[bool]]:
    """Return what is counted of the persons who came in, for a campaign of that day."""
    year_before = years_before(day, 1)
    entered = person.c.entry_date.between(quarter_before(day), day)
    entered_before = person.c.entry_date.between(quarter_before(year_before), year_before)
    spe = person.c.orientation == Orientation.SPE
    return {
        "entries": entered,
        "spe": and_(entered, spe),
        "entries_before": entered_before,
        "spe_before": and_(entered_before, spe),
    }


def active(day: date) -> Select[*tuple[Any, ...]]:
    """Return the query of the file active (F23) from the first of January to that day.

    Persons by whether they were `there` by their dates and whether they were `seen` in an event: each asked once.
    """
    began = date(day.year, 1, 1)
    in_year = select(campaign.c.id).where(campaign.c.date.between(began, day))
    followed = select(event.c.person_id).where(event.c.campaign_id.in_(in_year), event.c.statut == Statut.SUIVI)
    stayed = or_(person.c.exit_date.is_(None), person.c.exit_date >= began)
    there = and_(person.c.entry_date.is_not(None), person.c.entry_date <= day, stayed)
    seen = person.c.id.in_(followed)
    return select(there.label("there"), seen.label("seen"), func.count()).group_by("there", "seen")


def _counted(which: ColumnElement[bool] | None) -> ColumnElement[int]:
    return func.count() if which is None else func.count().filter(which)


def _with_days(source: FromClause, day: date, dialect: str) -> Select[*tuple[Any, ...]]:
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
