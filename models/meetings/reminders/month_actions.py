"""The ways on from a month without a point: plan it, do as the last time, be reminded; said the same everywhere."""

from datetime import date, time, timedelta

from models.base import french
from models.meetings import texts
from models.meetings.repository import Meeting
from models.reference.working_days import Place, on_or_after

REMINDED_AT, REMINDED_UNTIL = time(9), time(19)
"""When a month that was put off is spoken of again, and until when: a day later it would speak of another Monday."""

_WEEK = timedelta(days=7)


def next_monday(today: date, month: date, place: Place) -> date | None:
    """Return the working day, Monday or the first one after it, to which a month is put off; none beyond that month."""
    day = on_or_after(today - timedelta(days=today.weekday()) + _WEEK, place)
    return day if {one.replace(day=1) for one in (today, day)} == {month} else None


def plan_point(month: date) -> str:
    """Return the label that plans the point of a month: « Planifier le point d'avril »."""
    return f"Planifier le point {french.of_month(month)}"


def same_as_before(day: date, last: Meeting) -> str:
    """Return the label that plans the last point anew: « Comme le mois dernier : mardi 15, 14 h »."""
    months = (day.year - last.day.year) * 12 + day.month - last.day.month
    like = "le mois dernier" if months == 1 else "le dernier point"
    return f"Comme {like} : {_weekday(day)} {day.day}, {texts.clock(last.hour)}"


def remind_me(day: date) -> str:
    """Return the label that puts a month off to a day: « Me le rappeler lundi 30 novembre »."""
    return f"Me le rappeler {french.weekday(day)}"


def _weekday(day: date) -> str:
    return french.weekday(day).partition(" ")[0]
