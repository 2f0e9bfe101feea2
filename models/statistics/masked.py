"""What of a place's indicators may be told to somebody who does not hold the data of its persons one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.nomenclature import Emploi, Niveau, Orientation
from models.statistics import counting, texts
from models.statistics.catalogue import METHOD_B
from models.statistics.counting import Counts
from models.statistics.divisions import DIVISIONS
from models.statistics.masking import THRESHOLD
from models.statistics.places import Place
from models.statistics.repository import CHANGES, campaign
from models.statistics.secrecy import TWO, Country, Shown, shown_of_all
from models.statistics.sheet import Breakdown, Capacity, Value
from models.statistics.sums import years_before

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

_OF_ALL_EVENTS = (Breakdown.NIVEAU, Breakdown.STATUT)
"""The tables that make up the events: of F01, and of those it leaves out."""

COUNTRY = "the country of the statistics"
"""Under what a session keeps the tree that it has read."""


@dataclass
class Secrecy:
    """Decides what of one place is shown at one campaign; reads of the whole country what that takes."""

    session: AsyncSession
    country: Country
    place: str
    campaign_id: int
    day: date
    _read: dict[Breakdown, Counts] = field(default_factory=dict)

    @classmethod
    async def of(cls, session: AsyncSession, place: Place, campaign_id: int, day: date) -> "Secrecy":
        """Return it with the tree of the country, which is read once a session: figures are read, never written."""
        if COUNTRY not in session.info:
            session.info[COUNTRY] = Country(*await counting.country(session))
        return cls(session, session.info[COUNTRY].less(place.held_ids), place.scope.text, campaign_id, day)

    async def masked(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values with those hidden that tell too much."""
        f01 = await self.distribution(Breakdown.NIVEAU)
        shown = {"F01"} if f01.total else set()
        divisions = {by: await self.distribution(by) for by in {of for of, _ in _needed(values).values()}}
        for number, (by, code) in _needed(values).items():
            if DIVISIONS[by].codes.index(code) in divisions[by].categories:
                shown.add(number)
        shown |= await self._entries(values)
        shown |= await self._series(values)
        if f01.total and "F23" in values and await self._active():
            shown.add("F23")
        return {number: _told(one, number in shown) for number, one in values.items()}

    async def distribution(self, by: Breakdown) -> Shown:
        """Return what the place shows of a distribution; of the status, that of the persons whom F01 leaves out."""
        everybody = None if DIVISIONS[by].everybody else await self._counts(Breakdown.NIVEAU)
        return self.country.shown(self.place, await self._counts(by), DIVISIONS[by].levels, everybody)

    async def entered(self) -> bool:
        """Whether the number of events may be told: F01, and those it leaves out."""
        return all([(await self.distribution(by)).total for by in _OF_ALL_EVENTS])

    async def entered_shown(self) -> dict[str, bool]:
        """Return the same of each place."""
        both = [self.country.shown_everywhere(await self._counts(by), DIVISIONS[by].levels) for by in _OF_ALL_EVENTS]
        return {place: all(one[place] for one in both) for place in self.country.leaves}

    async def capacity(self, told: Capacity) -> Capacity:
        """Return the capacity with the persons followed only where they are F01's, and F01 is shown."""
        f01 = await self.distribution(Breakdown.NIVEAU)
        if f01.total and told.confirmed == told.dispositifs:
            return told
        return replace(told, followed=None, use=None)

    async def _counts(self, by: Breakdown) -> Counts:
        if by not in self._read:
            self._read[by] = await counting.by_leaf(self.session, self.campaign_id, by)
        return self._read[by]

    async def _entries(self, values: Mapping[str, Value]) -> set[str]:
        wanted = {"F11", "F12"} & set(values)
        if not wanted:
            return set()
        counts = await counting.entries_by_leaf(self.session, self.day)
        return {number for number in wanted if 0 in self.country.shown(self.place, counts[number], TWO).categories}

    async def _series(self, values: Mapping[str, Value]) -> set[str]:
        """F04 and F05 are shown where F01 is at both dates; F08 where the band Suivi is at each."""
        of_number: dict[str, Collection[date]] = {
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
        shown = await self._bands(days)
        return {
            number
            for number, several in of_number.items()
            if all(0 in shown[day].categories if number == "F08" else shown[day].total for day in several)
        }

    async def _bands(self, days: Sequence[date]) -> dict[date, Shown]:
        """Return what the place shows of F01 and its bands at each date; of the country, that needs no other place."""
        levels = DIVISIONS[Breakdown.NIVEAU].levels
        if self.place == counting.ROOT and self.country.without is None:
            whole = await counting.bands_of_all(self.session, days)
            return {day: shown_of_all(whole[day], levels) for day in days}
        bands = await counting.bands_by_leaf(self.session, days)
        return {day: self.country.shown(self.place, bands[day], levels) for day in days}

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
        return len(self.country.shown(self.place, beyond, TWO).categories) == len(TWO[0])


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
