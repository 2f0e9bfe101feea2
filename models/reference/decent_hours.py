"""The hours at which somebody may be disturbed: a working day, from 8:00 to 19:00 local time."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from models.reference.working_days import Place, is_working_day, on_or_after

EARLIEST, LATEST = 8, 19
"""Quiet from 19:00 to 8:00."""

USUAL = 9
"""When a reminder comes, to whoever wished for no other hour."""

WISHABLE = range(EARLIEST, LATEST)
"""The hours at which somebody may wish for their reminders."""


@lru_cache(maxsize=1024)
def moment(day: date, place: Place, hour: int = USUAL) -> datetime:
    """Return the moment, in UTC, at which it is that hour there on that day."""
    return datetime.combine(day, time(hour), place.zone).astimezone(UTC)


def is_decent(now: datetime, place: Place, earliest: int = EARLIEST) -> bool:
    """Whether somebody who works there may be disturbed at that moment, not before an hour of theirs."""
    local = now.astimezone(place.zone)
    return earliest <= local.hour < LATEST and is_working_day(local.date(), place)


@lru_cache(maxsize=1024)
def next_decent(now: datetime, place: Place, earliest: int = EARLIEST) -> datetime:
    """Return `now` if it is decent there, else the first decent moment after it."""
    if is_decent(now, place, earliest):
        return now
    local = now.astimezone(place.zone)
    first = local.date() if local.hour < earliest else local.date() + timedelta(days=1)
    return moment(on_or_after(first, place), place, earliest)


def next_look(now: datetime) -> datetime:
    """Return the moment, `now` or later, at which the scheduler next looks at everybody: as an hour begins."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour if hour == now else hour + timedelta(hours=1)


def end_of_day(now: datetime, place: Place) -> datetime:
    """Return the moment at which the quiet hours of that day begin there."""
    return moment(now.astimezone(place.zone).date(), place, LATEST)
