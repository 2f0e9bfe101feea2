"""What the database adds up for the indicators, and nothing it could not add up."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from models.reference.nomenclature import Emploi
from models.statistics.sheet import Breakdown


class Measure(NamedTuple):
    """Persons of F01 to count: those of a category of a breakdown; without a code, all whose answer is known."""

    by: Breakdown | None = None
    code: str | None = None


EVERYBODY = Measure()
"""All persons of F01."""


class Seniority(NamedTuple):
    """Persons of F01 of one employment who came in so many complete years ago; sums over days since the entry."""

    years: int
    emploi: Emploi
    persons: int
    days: int
    squares: int


class Bands(NamedTuple):
    """F01 at a campaign, and how many of them are in the band Suivi."""

    persons: int
    suivi: int


NOBODY = Bands(0, 0)


class Entries(NamedTuple):
    """How many persons came in during a quarter, and how many of them the SPE sent."""

    persons: int
    spe: int


class FileActive(NamedTuple):
    """The file active of a year, and how many of it were seen in an event."""

    persons: int
    by_events: int


@dataclass
class Aggregates:
    """The aggregates of one place at one date; only what was asked for is there."""

    day: date
    counts: Mapping[Measure, int] = field(default_factory=dict)
    entries: Mapping[int, Entries] = field(default_factory=dict)
    """By how many years before the date."""
    active: FileActive | None = None
    seniorities: Sequence[Seniority] = ()
    series: Mapping[date, Bands] = field(default_factory=dict)
    campaigns: frozenset[date] = frozenset()
    """The dates of the campaigns that exist."""
    reported: int = 0
    """How many campaign dates of the year have an event."""


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier, the last of its month where February lacks it."""
    year = day.year - years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def quarter_before(day: date) -> date:
    """Return the first of the three months that end with the month of that day."""
    months = day.year * 12 + day.month - 1 - 2
    return date(months // 12, months % 12 + 1, 1)
