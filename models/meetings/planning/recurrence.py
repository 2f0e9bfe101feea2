"""The same meeting again: in another month, on the day that the same rule names (« le troisième mardi »)."""

from datetime import date

from dateutil.relativedelta import relativedelta

from models.meetings.planning.series import Occurrence, RecurrenceRule, occurrences
from models.reference.working_days import Place

_FIFTH = 5


def rule_of(day: date) -> RecurrenceRule:
    """Return the rule a working day follows: its week of the month; the last one where there is no fifth elsewhere."""
    week = (day.day - 1) // 7 + 1
    return RecurrenceRule(-1 if week == _FIFTH else week, day.weekday())


def again_in(month: date, like: date, place: Place) -> Occurrence | None:
    """Return the day of a month on the rule of another day, moved if it is a holiday; none for a Saturday or Sunday."""
    rule = rule_of(like)
    if not rule.possible:
        return None
    first = month.replace(day=1)
    after = first + relativedelta(months=1)
    return next((one for one in occurrences(rule, first, place) if first <= one.day < after), None)
