"""What of a place's indicators may be told to somebody who does not hold the data of its persons one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.statistics import texts
from models.statistics.disclosure import repository
from models.statistics.disclosure.control import ROOT, TWO, Country, Counts, Shown, shown_of_all
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.suppression import THRESHOLD, Levels
from models.statistics.indicators.aggregates import NOBODY, Bands
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.indicators.formulas import (
    METHOD_B,
    ActiveFile,
    Formula,
    Persons,
    Reported,
    Share,
    ShareOfEntries,
    Slope,
    WidestGap,
    YearlyChange,
)
from models.statistics.scope import StatisticsScope
from models.statistics.sheet import Breakdown, Capacity, Value

_OF_ALL_EVENTS = (Breakdown.NIVEAU, Breakdown.STATUT)
"""The tables that make up the events: of F01, and of those it leaves out."""

COUNTRY = "the country of the statistics"
"""Under what a session keeps the tree that it has read."""


def category_of(number: str) -> tuple[Breakdown, int] | None:
    """Return the category, by its place in its division, that an indicator alone tells of: it is shown where that is.

    None for an indicator that tells of no category. Raises `TypeError` for one that the division does not have, or
    that is encrypted: nothing starts then.
    """
    formula = INDICATORS[number].formula
    if isinstance(formula, Slope):
        by, code = Breakdown.EMPLOI_MOIS, str(formula.emploi)
    elif isinstance(formula, Share):
        by, code = formula.by, str(formula.code)
    else:
        return None
    if DIVISIONS[by].private or code not in DIVISIONS[by].codes:
        raise TypeError(f"{number}: {by} cannot be counted by {code}")
    return by, DIVISIONS[by].codes.index(code)


CATEGORIES = {number: category for number in INDICATORS if (category := category_of(number)) is not None}


@dataclass
class DisclosureControl:
    """Decides what of one place is shown at one campaign; reads of the whole country what that takes."""

    session: AsyncSession
    place: StatisticsScope
    campaign_id: int
    day: date
    _read: dict[Breakdown, Counts] = field(default_factory=dict)
    _shown_of: dict[Breakdown, Shown] = field(default_factory=dict)
    _country: Country | None = None

    async def masked(self, values: Mapping[str, Value], series: Mapping[date, Bands]) -> dict[str, Value]:
        """Return the values with those hidden that tell too much; `series`: what F04, F05 and F08 were made of.

        Nothing is read for an indicator that is not among them.
        """
        formulas = {number: INDICATORS[number].formula for number in values}
        entries = await self._entries(formulas.values())
        bands = await self._bands(formulas, series)
        shown = {
            number: formula is not None and await self._is_shown(number, formula, entries, bands)
            for number, formula in formulas.items()
        }
        return {number: _told(one, shown[number]) for number, one in values.items()}

    async def distribution(self, by: Breakdown) -> Shown:
        """Return what the place shows of a distribution; of the status, that of the persons whom F01 leaves out."""
        if by not in self._shown_of:
            everybody = None if DIVISIONS[by].everybody else await self._counts(Breakdown.NIVEAU)
            self._shown_of[by] = await self._shown(await self._counts(by), DIVISIONS[by].levels, everybody)
        return self._shown_of[by]

    async def entered(self) -> bool:
        """Whether the number of events may be told: F01, and those it leaves out."""
        return all([(await self.distribution(by)).total for by in _OF_ALL_EVENTS])

    async def entered_shown(self) -> dict[str, bool]:
        """Return the same of each place."""
        country = await self._places()
        both = [country.shown_everywhere(await self._counts(by), DIVISIONS[by].levels) for by in _OF_ALL_EVENTS]
        return {place: all(one[place] for one in both) for place in country.leaves}

    async def capacity(self, told: Capacity) -> Capacity:
        """Return the capacity with the persons followed only where they are F01's, and F01 is shown."""
        f01 = await self.distribution(Breakdown.NIVEAU)
        if f01.total and told.confirmed == told.dispositifs:
            return told
        return replace(told, followed=None, use=None)

    async def _places(self) -> Country:
        """Return the tree of the country, which is read once a session: figures are read, never written."""
        if self._country is None:
            if COUNTRY not in self.session.info:
                self.session.info[COUNTRY] = Country(*await repository.places(self.session))
            country: Country = self.session.info[COUNTRY]
            self._country = country.less(self.place.held_ids)
        return self._country

    async def _shown(self, counts: Counts, levels: Levels, everybody: Counts | None = None) -> Shown:
        return (await self._places()).shown(self.place.scope.text, counts, levels, everybody)

    async def _counts(self, by: Breakdown) -> Counts:
        if by not in self._read:
            self._read[by] = await repository.by_leaf(self.session, self.campaign_id, by)
        return self._read[by]

    async def _is_shown(
        self, number: str, formula: Formula, entries: Mapping[int, Shown], bands: Mapping[str, Sequence[Shown]]
    ) -> bool:
        """Whether an indicator may be told: a formula that is not named here may never be."""
        match formula:
            case Persons():
                return (await self.distribution(Breakdown.NIVEAU)).total
            case ActiveFile():
                return (await self.distribution(Breakdown.NIVEAU)).total and await self._active()
            case Share() | Slope():
                by, category = CATEGORIES[number]
                return category in (await self.distribution(by)).categories
            case ShareOfEntries():
                return 0 in entries[formula.years].categories
            case YearlyChange():
                return all(one.total for one in bands[number])
            case WidestGap():
                return all(0 in one.categories for one in bands[number])
            case Reported():
                return True
            case _:
                return False

    async def _entries(self, formulas: Iterable[Formula | None]) -> dict[int, Shown]:
        """Return what the place shows of those who came in, sent by the SPE or not, so many years earlier."""
        years = sorted({one.years for one in formulas if isinstance(one, ShareOfEntries)})
        if not years:
            return {}
        counts = await repository.entries_by_leaf(self.session, self.day, years)
        return {before: await self._shown(counts[before], TWO) for before in years}

    async def _bands(
        self, formulas: Mapping[str, Formula | None], series: Mapping[date, Bands]
    ) -> dict[str, list[Shown]]:
        """Return what the place shows of F01 and its band Suivi at each date that an indicator compares.

        F04 and F05 are shown where F01 is at both dates; F08 where the band Suivi is at each. Of the country that
        needs no other place, and no more than the sums: Suivi and the others are parted last.
        """
        days: dict[str, Sequence[date]] = {
            number: one.days(self.day) for number, one in formulas.items() if isinstance(one, YearlyChange)
        }
        for number, one in formulas.items():
            if isinstance(one, WidestGap):
                days[number] = await repository.campaigns_until(self.session, self.day)
        every = sorted({day for several in days.values() for day in several})
        if not every:
            return {number: [] for number in days}
        if self.place.scope.text == ROOT and not self.place.held_ids:
            sums = {day: series.get(day, NOBODY) for day in every}
            shown = {day: shown_of_all([one.suivi, one.persons - one.suivi], TWO) for day, one in sums.items()}
        else:
            counts = await repository.bands_by_leaf(self.session, every)
            levels = DIVISIONS[Breakdown.NIVEAU].levels
            shown = {day: await self._shown(counts[day], levels) for day in every}
        return {number: [shown[day] for day in several] for number, several in days.items()}

    async def _active(self) -> bool:
        """Whether the file active may be told beside F01 and the number of events: no difference counts a few.

        Beyond F01 are those with an event that it leaves out, and those without one: who left earlier in the year.
        """
        active = await repository.active_by_leaf(self.session, self.day)
        f01 = await self._counts(Breakdown.NIVEAU)
        outside = await self._counts(Breakdown.STATUT)
        beyond = {}
        for leaf in {*active, *f01, *outside}:
            others = sum(outside.get(leaf, ()))
            beyond[leaf] = [others, sum(active.get(leaf, ())) - sum(f01.get(leaf, ())) - others]
        return len((await self._shown(beyond, TWO)).categories) == len(TWO[0])


def _told(one: Value, shown: bool) -> Value:
    formula = INDICATORS[one.indicator.number].formula
    tells_nobody = formula is None or isinstance(formula, Reported)
    if tells_nobody or (one.value is None and one.denominator is None):
        return one
    if shown and not of_a_few(one):
        return _without_what_tells_more(one, formula)
    return Value(one.indicator, masked=True, note=texts.MASKED.format(threshold=THRESHOLD))


def of_a_few(one: Value) -> bool:
    """Whether a slope is drawn through a few persons: those of F01 whose entry is known."""
    return one.fewest is not None and 0 < (one.denominator or 0) < THRESHOLD


def _without_what_tells_more(one: Value, formula: Formula | None) -> Value:
    """Return a value without the second figure of the file active, or the method that compares a few with others."""
    if isinstance(formula, ActiveFile):
        return replace(one, methods={})
    if one.fewest is not None and one.fewest < THRESHOLD:
        return replace(one, methods={name: found for name, found in one.methods.items() if name != METHOD_B})
    return one
