"""What of a place's indicators may be told to somebody who does not hold the data of its persons one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.reference.nomenclature import Emploi, Niveau, Orientation
from models.statistics import texts
from models.statistics.disclosure import counting
from models.statistics.disclosure.control import TWO, Country, Shown, shown_of_all
from models.statistics.disclosure.counting import Counts
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.suppression import THRESHOLD, Levels
from models.statistics.indicators.aggregates import NOBODY, Bands, years_before
from models.statistics.indicators.catalogue import METHOD_B
from models.statistics.places import StatisticsScope
from models.statistics.repository import CHANGES, campaign
from models.statistics.sheet import Breakdown, Capacity, Value

ONE_CATEGORY: Mapping[str, tuple[Breakdown, str]] = {
    "F06": (Breakdown.NIVEAU, Niveau.SUIVI),
    "F07": (Breakdown.NIVEAU, Niveau.SUIVI),
    "F10": (Breakdown.ORIENTATION, Orientation.MDPH),
    "F17": (Breakdown.EMPLOI_MOIS, Emploi.SANS_EMPLOI),
    "F18": (Breakdown.EMPLOI_MOIS, Emploi.CDI),
    "F19": (Breakdown.EMPLOI_MOIS, Emploi.CDD),
    "F20": (Breakdown.EMPLOI_MOIS, Emploi.SANS_EMPLOI),
    "F21": (Breakdown.EMPLOI_MOIS, Emploi.CDI),
}
"""Whose category alone an indicator tells: it is shown where that category is."""

_OF_F01 = frozenset({"F01", "F23"})
"""What is shown where F01 is, and nowhere else."""

_OF_ALL_EVENTS = (Breakdown.NIVEAU, Breakdown.STATUT)
"""The tables that make up the events: of F01, and of those it leaves out."""

COUNTRY = "the country of the statistics"
"""Under what a session keeps the tree that it has read."""


@dataclass
class Secrecy:
    """Decides what of one place is shown at one campaign; reads of the whole country what that takes."""

    session: AsyncSession
    place: StatisticsScope
    campaign_id: int
    day: date
    _read: dict[Breakdown, Counts] = field(default_factory=dict)
    _tree: Country | None = None

    async def masked(self, values: Mapping[str, Value], series: Mapping[date, Bands]) -> dict[str, Value]:
        """Return the values with those hidden that tell too much; `series`: what F04, F05 and F08 were made of.

        Nothing is read for an indicator that is not among them.
        """
        shown = set()
        if _OF_F01 & set(values) and (await self.distribution(Breakdown.NIVEAU)).total:
            shown.add("F01")
            if "F23" in values and await self._active():
                shown.add("F23")
        divisions = {by: await self.distribution(by) for by in {of for of, _ in _needed(values).values()}}
        for number, (by, code) in _needed(values).items():
            if DIVISIONS[by].codes.index(code) in divisions[by].categories:
                shown.add(number)
        shown |= await self._entries(values)
        shown |= await self._series(values, series)
        return {number: _told(one, number in shown) for number, one in values.items()}

    async def distribution(self, by: Breakdown) -> Shown:
        """Return what the place shows of a distribution; of the status, that of the persons whom F01 leaves out."""
        everybody = None if DIVISIONS[by].everybody else await self._counts(Breakdown.NIVEAU)
        return await self._shown(await self._counts(by), DIVISIONS[by].levels, everybody)

    async def entered(self) -> bool:
        """Whether the number of events may be told: F01, and those it leaves out."""
        return all([(await self.distribution(by)).total for by in _OF_ALL_EVENTS])

    async def entered_shown(self) -> dict[str, bool]:
        """Return the same of each place."""
        country = await self._country()
        both = [country.shown_everywhere(await self._counts(by), DIVISIONS[by].levels) for by in _OF_ALL_EVENTS]
        return {place: all(one[place] for one in both) for place in country.leaves}

    async def capacity(self, told: Capacity) -> Capacity:
        """Return the capacity with the persons followed only where they are F01's, and F01 is shown."""
        f01 = await self.distribution(Breakdown.NIVEAU)
        if f01.total and told.confirmed == told.dispositifs:
            return told
        return replace(told, followed=None, use=None)

    async def _country(self) -> Country:
        """Return the tree of the country, which is read once a session: figures are read, never written."""
        if self._tree is None:
            if COUNTRY not in self.session.info:
                self.session.info[COUNTRY] = Country(*await counting.country(self.session))
            country: Country = self.session.info[COUNTRY]
            self._tree = country.less(self.place.held_ids)
        return self._tree

    async def _shown(self, counts: Counts, levels: Levels, everybody: Counts | None = None) -> Shown:
        return (await self._country()).shown(self.place.scope.text, counts, levels, everybody)

    async def _counts(self, by: Breakdown) -> Counts:
        if by not in self._read:
            self._read[by] = await counting.by_leaf(self.session, self.campaign_id, by)
        return self._read[by]

    async def _entries(self, values: Mapping[str, Value]) -> set[str]:
        wanted = {"F11", "F12"} & set(values)
        if not wanted:
            return set()
        counts = await counting.entries_by_leaf(self.session, self.day)
        return {number for number in wanted if 0 in (await self._shown(counts[number], TWO)).categories}

    async def _series(self, values: Mapping[str, Value], series: Mapping[date, Bands]) -> set[str]:
        """F04 and F05 are shown where F01 is at both dates; F08 where the band Suivi is at each."""
        of_number: dict[str, Sequence[date]] = {
            number: [years_before(self.day, back) for back in backs]
            for number, backs in CHANGES.items()
            if number in values
        }
        if "F08" in values:
            query = select(campaign.c.date).where(campaign.c.date <= self.day)
            of_number["F08"] = (await self.session.scalars(query)).all()
        days = sorted({day for several in of_number.values() for day in several})
        if not days:
            return set()
        shown = await self._bands(days, series)
        return {
            number
            for number, several in of_number.items()
            if all(0 in shown[day].categories if number == "F08" else shown[day].total for day in several)
        }

    async def _bands(self, days: Sequence[date], series: Mapping[date, Bands]) -> dict[date, Shown]:
        """Return what the place shows of F01 and its band Suivi at each date.

        Of the country that needs no other place, and no more than the sums: Suivi and the others are parted last.
        """
        if self.place.scope.text == counting.ROOT and not self.place.held_ids:
            sums = {day: series.get(day, NOBODY) for day in days}
            return {day: shown_of_all([one.suivi, one.persons - one.suivi], TWO) for day, one in sums.items()}
        bands = await counting.bands_by_leaf(self.session, days)
        return {day: await self._shown(bands[day], DIVISIONS[Breakdown.NIVEAU].levels) for day in days}

    async def _active(self) -> bool:
        """Whether the file active may be told beside F01 and the number of events: no difference counts a few.

        Beyond F01 are those with an event that it leaves out, and those without one: who left earlier in the year.
        """
        active = await counting.active_by_leaf(self.session, self.day)
        f01 = await self._counts(Breakdown.NIVEAU)
        outside = await self._counts(Breakdown.STATUT)
        beyond = {}
        for leaf in {*active, *f01, *outside}:
            others = sum(outside.get(leaf, ()))
            beyond[leaf] = [others, sum(active.get(leaf, ())) - sum(f01.get(leaf, ())) - others]
        return len((await self._shown(beyond, TWO)).categories) == len(TWO[0])


def _needed(values: Mapping[str, Value]) -> dict[str, tuple[Breakdown, str]]:
    return {number: of for number, of in ONE_CATEGORY.items() if number in values}


def _told(one: Value, shown: bool) -> Value:
    number = one.indicator.number
    if one.indicator.missing is not None or number == "F24" or (one.value is None and one.denominator is None):
        return one
    if shown and not of_a_few(one):
        return _without_what_tells_more(one)
    return Value(one.indicator, masked=True, note=texts.MASKED.format(threshold=THRESHOLD))


def of_a_few(one: Value) -> bool:
    """Whether a slope is drawn through a few persons: those of F01 whose entry is known."""
    return one.fewest is not None and 0 < (one.denominator or 0) < THRESHOLD


def _without_what_tells_more(one: Value) -> Value:
    """Return a value without the second figure of the file active, or the method that compares a few with others."""
    if one.indicator.number == "F23":
        return replace(one, methods={})
    if one.fewest is not None and one.fewest < THRESHOLD:
        return replace(one, methods={name: found for name, found in one.methods.items() if name != METHOD_B})
    return one
