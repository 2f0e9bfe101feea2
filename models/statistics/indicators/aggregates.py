"""What the database adds up for the indicators, and nothing it could not add up."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Seniority:
    """The persons of F01 who have been there for so many complete years; sums over days since the entry."""

    years: int
    persons: int
    days: int
    squares: int
    jobless: int
    days_of_jobless: int
    cdi: int
    days_of_cdi: int


@dataclass(frozen=True)
class Bands:
    """F01 at a campaign, and how many of them are in the band Suivi."""

    persons: int
    suivi: int


NOBODY = Bands(0, 0)


@dataclass
class Aggregates:
    """The aggregates of one place at one date; only what was asked for is there."""

    day: date
    counts: dict[str, int] = field(default_factory=dict)
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
