"""Days, hours and lengths as people write them: « 15/12 », « 14 h 30 », « 1h30 », « 45 min »."""

import re
from datetime import date, datetime, time, timedelta

from handlers.feature import InvalidAction

_HOUR = re.compile(r"\s*(?:[àa]\s+)?(\d{1,2})\s*(?:h|heures?|:)?\s*(\d{2})?\s*", re.IGNORECASE | re.ASCII)
_LENGTH = re.compile(
    r"\s*(?:(\d{1,2})\s*(?:h|heures?|:))?\s*(?:(\d{1,3})\s*(?:min|mn|m|minutes?)?)?\s*", re.IGNORECASE | re.ASCII
)
_IN_MINUTES = re.compile(r"\s*\d{1,3}\s*(?:min|mn|m|minutes?)\s*", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"([0-9]{4})?([0-9]{2})([0-9]{2})")
_HOURS_OF_A_DAY = 24
"""A number alone is one of hours up to here, of minutes beyond."""

_DAWN = 7 * 60
"""No meeting ends before seven in the morning: « 2 h » is a length, « 16 h » an end."""


def hour_written(written: str) -> time | None:
    """Return the hour of « 14 h 30 », « 14:30 », « à 14h »; none if it is none."""
    found = _HOUR.fullmatch(written)
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else None
    except ValueError:
        return None


def length_written(written: str, begins: time) -> int | None:
    """Return the minutes of « 1 h 30 », « 45 min », or up to the hour of an end; none if it is neither.

    An end before the beginning gives less than one minute.
    """
    length = _minutes(written)
    if length is not None and (length < _DAWN or _IN_MINUTES.fullmatch(written)):
        return length
    end = hour_written(written)
    if end is None:
        return length
    return (datetime.combine(date.min, end) - datetime.combine(date.min, begins)) // timedelta(minutes=1)


def day_written(written: str, today: date) -> date | None:
    """Return the day of « 20271215 », or of « 1215 » the next such day from `today` on; none if there is none.

    Raises `InvalidAction` for what is no such text.
    """
    found = _DAY.fullmatch(written)
    if found is None:
        raise InvalidAction
    year, month, day = found.groups()
    # A 29 February comes at the latest after eight years.
    for one in [int(year)] if year else range(today.year, today.year + 9):
        try:
            meant = date(one, int(month), int(day))
        except ValueError:
            continue
        if year or meant >= today:
            return meant
    return None


def _minutes(written: str) -> int | None:
    found = _LENGTH.fullmatch(written)
    if found is None or not any(found.groups()):
        return None
    hours, rest = found.groups()
    if written.strip() == rest and int(rest) <= _HOURS_OF_A_DAY:
        return int(rest) * 60
    if hours and rest and int(rest) >= 60:
        return None
    return int(hours or 0) * 60 + int(rest or 0)
