"""A month of days as buttons, and the way to the months beside it."""

import calendar
import re
from collections.abc import Callable
from datetime import date

from handlers.feature import InvalidAction
from models.base import french
from models.base.screens import Button, Row

_COLUMNS = 7
_MONTH = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})")


def first_of(month: str) -> date:
    """Return the first day of « 2026-12 »; `ValueError` if it names no month."""
    found = _MONTH.fullmatch(month)
    if found is None:
        raise ValueError(month)
    return date(int(found[1]), int(found[2]), 1)


def rows_of(
    first: date, earliest: date, latest: date, pick: Callable[[date], Button], turn: Callable[[str, str], Button]
) -> list[Row]:
    """Return the days of a month between two days, and the months beside it as far as they hold such days.

    `pick` makes the button of a day; `turn` that of a month, from its French name and « 2026-12 ».
    """
    last = calendar.monthrange(first.year, first.month)[1]
    days = [day for day in (first.replace(day=n) for n in range(1, last + 1)) if earliest <= day <= latest]
    buttons = [pick(day) for day in days]
    rows = [tuple(buttons[start : start + _COLUMNS]) for start in range(0, len(buttons), _COLUMNS)]
    return [*rows, *_beside(first, earliest, latest, turn)]


def weeks_of(
    first: date,
    earliest: date,
    latest: date,
    shown: Callable[[date], bool],
    pick: Callable[[date], Button],
    turn: Callable[[str, str], Button],
) -> list[Row]:
    """Return those of the days of a month that are to be shown, a week a row, and the months beside it."""
    weeks: dict[int, list[Button]] = {}
    last = calendar.monthrange(first.year, first.month)[1]
    for day in (first.replace(day=n) for n in range(1, last + 1)):
        if earliest <= day <= latest and shown(day):
            weeks.setdefault(day.isocalendar().week, []).append(pick(day))
    return [*(tuple(week) for week in weeks.values()), *_beside(first, earliest, latest, turn)]


def _beside(first: date, earliest: date, latest: date, turn: Callable[[str, str], Button]) -> list[Row]:
    before, after = _shifted(first, -1), _shifted(first, 1)
    beside = ((before, first > earliest), (after, after <= latest))
    moves = tuple(turn(french.month(other).capitalize(), f"{other:%Y-%m}") for other, shown in beside if shown)
    return [moves] if moves else []


def day_of(text: str) -> date | None:
    """Read the day a button carries; none for « 0 », an unknown date. `ValueError` if it is neither."""
    return None if text == "0" else date.fromisoformat(text)


def tapped_day(text: str) -> date:
    """Read the day a button of a calendar carries; raises `InvalidAction` if it is none."""
    try:
        day = day_of(text)
    except ValueError as error:
        raise InvalidAction from error
    if day is None:
        raise InvalidAction
    return day


def _shifted(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
