"""Where a dispositif will be at the present pace: on the day, and after it until the campaign closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from models.reference.working_days import Place, working_days

WINDOW = 5
"""The pace is that of the last so many working days, today included."""

_DAY = timedelta(days=1)
_LOOKED_BACK = timedelta(weeks=4)
"""Longer than any run of holidays: the window's working days are found within."""


@dataclass(frozen=True)
class Load:
    """The persons of a job coach, none for those without one: asked about, entered, entered within the window."""

    coach: str | None
    expected: int
    entered: int
    recent: int

    @property
    def missing(self) -> int:
        """How many are still to enter."""
        return self.expected - self.entered


@dataclass(frozen=True)
class Forecast:
    """What a coordinator reads: persons in all, at the present pace, and by job coach.

    `target` is the day spoken of: the due date, after it the closing, none if that is not fixed. `measured` and `left`
    count working days: those of the pace, and those after today until the target. `projected` is none where no pace is
    known yet.
    """

    loads: tuple[Load, ...]
    target: date | None
    measured: int
    left: int

    @property
    def expected(self) -> int:
        """How many persons are asked about."""
        return sum(load.expected for load in self.loads)

    @property
    def entered(self) -> int:
        """How many are entered."""
        return sum(load.entered for load in self.loads)

    @property
    def recent(self) -> int:
        """How many were entered within the window."""
        return sum(load.recent for load in self.loads)

    @property
    def missing(self) -> int:
        """How many are still to enter."""
        return self.expected - self.entered

    @property
    def late(self) -> tuple[Load, ...]:
        """Those to whom something is missing, the most first."""
        found = [load for load in self.loads if load.missing]
        return tuple(sorted(found, key=lambda load: (-load.missing, load.coach is None, load.coach or "")))

    @property
    def projected(self) -> int | None:
        """How many will be entered on the target day."""
        if self.target is None or not self.measured:
            return None
        return min(self.expected, self.entered + self.recent * self.left // self.measured)

    @property
    def needed(self) -> int | None:
        """How many a working day would be enough from tomorrow on; none if no working day is left."""
        return ceil(self.missing / self.left) if self.left else None

    def percent(self, persons: int) -> int:
        """Return a share of those asked about, rounded down: 100 says that nobody is missing."""
        return 100 * persons // self.expected if self.expected else 100


def window(today: date, opens: date, place: Place) -> tuple[date, ...]:
    """Return the working days over which the pace is measured, none on a week-end of opening."""
    return tuple(working_days(max(opens, today - _LOOKED_BACK), today, place))[-WINDOW:]


def measured_since(days: Sequence[date], today: date, place: Place) -> datetime:
    """Return the moment from which entries count for the pace: midnight there, of the window's first day."""
    return datetime.combine(days[0] if days else today, time(), place.zone)


def forecast(
    loads: Sequence[Load], days: Sequence[date], today: date, due: date, closes: date | None, place: Place
) -> Forecast:
    """Return the forecast of a dispositif from its loads, counted over the window's `days`."""
    target = due if today <= due else closes
    left = 0 if target is None else sum(1 for _ in working_days(today + _DAY, target, place))
    return Forecast(tuple(loads), target, len(days), left)
