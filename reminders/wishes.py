"""Until when a reminder may be put off: to a working day, and never beyond the last one before the due date."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from models.base import french
from models.reference.working_days import Place, is_working_day, on_or_after, on_or_before

_DAY = timedelta(days=1)
_MONDAY = 0
_WEEK = 7


@dataclass(frozen=True)
class Snooze:
    """A day to be reminded on, and how it is called: « demain », « dans 3 jours », « lundi 28 décembre »."""

    label: str
    day: date


def last_snooze(due: date, place: Place) -> date:
    """Return J-1: the last working day there before the due date."""
    return on_or_before(due - _DAY, place)


@lru_cache(maxsize=256)
def snoozes(today: date, due: date, place: Place) -> tuple[Snooze, ...]:
    """Return the days to choose from, in order: tomorrow, in three days, Monday; none from J-1 on.

    Each is moved to the next working day there and brought back to J-1 if it lies beyond; a day comes once.
    """
    last = last_snooze(due, place)
    if today >= last:
        return ()
    monday = today + timedelta(days=(_MONDAY - today.weekday()) % _WEEK or _WEEK)
    wished = {today + _DAY: "demain", today + 3 * _DAY: "dans 3 jours", monday: french.weekday(monday)}
    days = sorted({min(on_or_after(day, place), last) for day in wished})
    return tuple(Snooze(wished.get(day, french.weekday(day)), day) for day in days)


def may_snooze(day: date, today: date, due: date, place: Place) -> bool:
    """Whether a reminder may still be put off to that day: a button may have waited long for its tap."""
    return today < day <= last_snooze(due, place) and is_working_day(day, place)
