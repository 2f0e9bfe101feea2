"""The days of a series: « le premier mardi du mois », twelve months ahead, holidays moved by rule."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule, weekdays

from models.reference.working_days import Place, holiday, on_or_after, on_or_before

AHEAD_MONTHS = 12
AHEAD = relativedelta(months=AHEAD_MONTHS)
"""How far a series goes."""

WEEKS = (1, 2, 3, 4, -1)
"""First to fourth, and last: a fifth one would leave months out."""

WEEKDAYS = range(5)
"""Monday to Friday."""


@dataclass(frozen=True)
class RecurrenceRule:
    """Which weekday (0 is Monday) of which week (-1 is the last one) of every so many months."""

    week: int
    weekday: int
    every_months: int = 1

    @property
    def possible(self) -> bool:
        """Whether there is such a day in every month."""
        return self.week in WEEKS and self.weekday in WEEKDAYS and 1 <= self.every_months <= 12


@dataclass(frozen=True)
class Occurrence:
    """A day of a series; `meant` is the one the rule names, and `why` the holiday that moved it, if one did."""

    day: date
    meant: date
    why: str | None = None

    @property
    def moved(self) -> bool:
        """Whether a holiday moved it."""
        return self.day != self.meant


def occurrences(rule: RecurrenceRule, first: date, place: Place) -> list[Occurrence]:
    """Return the days of a series in the twelve months from `first` on, that day included.

    One that is a holiday moves to the next working day; where that would leave its month, to the one before, since
    the point is counted by month (OB04).
    """
    # From the first of its month: an occurrence of that month moved past `first` would otherwise be forgotten.
    month = first.replace(day=1)
    found = _from(rule, month, first, place)
    if not found or found[0].meant >= month + relativedelta(months=rule.every_months):
        # That month's is over: « tous les 6 mois » is counted from the next one.
        found = _from(rule, month + relativedelta(months=1), first, place)
    # Twelve months of « le deuxième mardi » may hold thirteen of them.
    return found[: -(-AHEAD_MONTHS // rule.every_months)]


def _from(rule: RecurrenceRule, month: date, first: date, place: Place) -> list[Occurrence]:
    meant = rrule(
        MONTHLY,
        dtstart=datetime.combine(month, time()),
        until=datetime.combine(first + AHEAD - timedelta(days=1), time()),
        interval=rule.every_months,
        byweekday=weekdays[rule.weekday](rule.week),
    )
    moved = [_moved(one.date(), place) for one in meant]
    return [one for one in moved if first <= one.day]


def _moved(meant: date, place: Place) -> Occurrence:
    why = holiday(meant, place)
    if why is None:
        return Occurrence(meant, meant)
    after = on_or_after(meant, place)
    day = after if after.month == meant.month else on_or_before(meant, place)
    return Occurrence(day, meant, why)
