"""Working days where somebody works: Monday to Friday, without the public holidays of the zone (`calendrier.yaml`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from jours_feries_france import JoursFeries

from models.base.clock import PARIS
from models.reference.departements import departements

_FRIDAY = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """Where somebody works: their local time, and the holidays they have."""

    zone: ZoneInfo
    holidays: str


MAINLAND = Place(PARIS, "Métropole")
"""Where nothing else is known: whoever answers for the whole country works there too."""


@lru_cache
def place_of(departement_no: str | None) -> Place:
    """Return the place of a département, by its INSEE number; the mainland for one that is not known."""
    found = departements().get(departement_no or "")
    return Place(found.zone, found.holiday_zone) if found else MAINLAND


def holiday(day: date, place: Place) -> str | None:
    """Return the French name of the public holiday of that day there, if it is one."""
    return _holidays(day.year, place.holidays).get(day)


def is_working_day(day: date, place: Place) -> bool:
    """Whether people work there on that day."""
    return day.weekday() <= _FRIDAY and holiday(day, place) is None


def on_or_before(day: date, place: Place) -> date:
    """Return that day, or the last working day before it."""
    while not is_working_day(day, place):
        day -= _DAY
    return day


def on_or_after(day: date, place: Place) -> date:
    """Return that day, or the first working day after it."""
    while not is_working_day(day, place):
        day += _DAY
    return day


def working_days(first: date, last: date, place: Place) -> Iterator[date]:
    """Give the working days from `first` to `last`, both included, in order."""
    day = first
    while day <= last:
        if is_working_day(day, place):
            yield day
        day += _DAY


@lru_cache(maxsize=256)
def _holidays(year: int, zone: str) -> dict[date, str]:
    return {day: name for name, day in JoursFeries.for_year(year, zone).items()}
