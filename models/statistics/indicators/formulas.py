"""The formulas of the indicators: what the database adds up for each, and the value it gives.

A new one is also added up in `indicators.repository`, and may be told where `disclosure.figures` says so.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.base.french import day_and_year
from models.reference.nomenclature import Emploi
from models.statistics import texts
from models.statistics.indicators.aggregates import EVERYBODY, Aggregates, Measure, Seniority, years_before
from models.statistics.sheet import Breakdown, PublishedFigure, Value

DAYS_A_YEAR = 365.25
METHOD_A, METHOD_B = "A", "B"


class Formula(ABC):
    """How an indicator is made of sums."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Which persons of F01 are counted for it."""
        return ()

    @abstractmethod
    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the value of the indicator that is declared with this formula, or why it has none."""


class Persons(Formula):
    """How many persons F01 is."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All of them."""
        return (EVERYBODY,)

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return their number."""
        return Value(of, sums.counts[EVERYBODY])


@dataclass(frozen=True)
class Share(Formula):
    """The share of a category among the persons of F01, or among those whose answer is `known` where not all are.

    `others`: the share of all but that category.
    """

    by: Breakdown
    code: str
    others: bool = False
    known: bool = False

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The category, and all it is a part of."""
        return Measure(self.by, self.code), Measure(self.by) if self.known else EVERYBODY

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the share in percent."""
        part, whole = (sums.counts[measure] for measure in self.measures)
        return _share(of, whole - part if self.others else part, whole)


@dataclass(frozen=True)
class ShareOfEntries(Formula):
    """The share of the SPE among those who came in during the quarter, so many years before the date."""

    years: int = 0

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the share in percent."""
        entries = sums.entries[self.years]
        return _share(of, entries.spe, entries.persons)


@dataclass(frozen=True)
class YearlyChange(Formula):
    """The change of F01 in the year that began so many years before the date."""

    years: int

    def days(self, day: date) -> tuple[date, date]:
        """Return the dates of the two campaigns compared, for the indicator at that day."""
        return years_before(day, self.years), years_before(day, self.years - 1)

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the change in persons, or the campaign that is missing."""
        days = self.days(sums.day)
        for day in days:
            if day not in sums.campaigns:
                return Value(of, note=texts.NO_CAMPAIGN.format(date=day_and_year(day)))
        before, after = (sums.series[day].persons if day in sums.series else 0 for day in days)
        return Value(of, after - before)


class WidestGap(Formula):
    """The widest gap of the share of the band Suivi to its first known value."""

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the gap in points."""
        known = [
            one.suivi * 100 / one.persons for day, one in sorted(sums.series.items()) if day <= sums.day and one.persons
        ]
        if not known:
            return Value(of, note=texts.NO_DENOMINATOR)
        return Value(of, max(abs(share - known[0]) for share in known))


@dataclass(frozen=True)
class Slope(Formula):
    """How the share of an employment of the last month changes by year of seniority, by both methods: that of A."""

    emploi: Emploi

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the slope in points a year."""
        classes = _classes(sums.seniorities, self.emploi)
        ends = [classes[0], classes[-1]] if classes else []
        methods = {METHOD_A: _least_squares(classes), METHOD_B: _between(*ends) if ends else None}
        note = "" if methods[METHOD_A] is not None else texts.NO_SPREAD
        fewest = min((one.persons for one in ends), default=0)
        persons = sum(one.persons for one in classes)
        return Value(of, methods[METHOD_A], persons, note=note, methods=methods, fewest=fewest)


class ActiveFile(Formula):
    """How many persons were there in the year; beside it, how many were seen in an event."""

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the number of persons."""
        assert sums.active is not None
        return Value(of, sums.active.persons, methods={texts.BY_EVENTS: sums.active.by_events})


class Reported(Formula):
    """How many campaigns of the year have an event."""

    def value(self, of: PublishedFigure, sums: Aggregates) -> Value:
        """Return the number of campaigns."""
        return Value(of, sums.reported)


@dataclass(frozen=True)
class Indicator(PublishedFigure):
    """A published indicator as it is declared: with its formula, unless a field is missing for it.

    `line`: what its line is called on a picture, where that is shorter than its title; `on_page`: whether the page of
    the quarter has it.
    """

    formula: Formula | None = field(default=None, kw_only=True)
    line: str = field(default="", kw_only=True)
    on_page: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if (self.formula is None) == (self.missing is None):
            raise TypeError(f"{self.number}: either a formula or the field that is missing")

    def value(self, sums: Aggregates) -> Value:
        """Return its value, or why it has none."""
        if self.formula is None:
            return Value(self, note=texts.MISSING.format(field=self.missing))
        return self.formula.value(self, sums)


def _share(of: PublishedFigure, part: int, whole: int) -> Value:
    if not whole:
        return Value(of, denominator=0, note=texts.NO_DENOMINATOR)
    return Value(of, part * 100 / whole, whole)


@dataclass
class _Class:
    """Those of one seniority, in complete years; how many of them are counted, and for how many days in all."""

    years: int
    persons: int = 0
    days: int = 0
    squares: int = 0
    counted: int = 0
    days_of_counted: int = 0


def _classes(seniorities: Iterable[Seniority], emploi: Emploi) -> list[_Class]:
    """Return the classes by their years."""
    found: dict[int, _Class] = {}
    for one in seniorities:
        of = found.setdefault(one.years, _Class(one.years))
        of.persons += one.persons
        of.days += one.days
        of.squares += one.squares
        if one.emploi == emploi:
            of.counted += one.persons
            of.days_of_counted += one.days
    return [found[years] for years in sorted(found)]


def _least_squares(classes: Sequence[_Class]) -> float | None:
    """Method A: the slope of 100 or 0 on the days, in points a year; none without two seniorities."""
    persons = sum(one.persons for one in classes)
    days = sum(one.days for one in classes)
    spread = persons * sum(one.squares for one in classes) - days * days
    if not spread:
        return None
    together = persons * sum(one.days_of_counted for one in classes) - days * sum(one.counted for one in classes)
    return 100 * together / spread * DAYS_A_YEAR


def _between(first: _Class, last: _Class) -> float | None:
    """Method B: from the share of the first class of complete years to that of the last, a year; none if one class."""
    if first is last:
        return None
    shares = [100 * one.counted / one.persons for one in (first, last)]
    return (shares[1] - shares[0]) / (last.years - first.years)
