"""The days on which somebody is told something about a meeting, or about a month without a point: pure rules.

The policy is data: days before a date move to the working day before, those after it to the working day after.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from models.meetings.periods import MONTH
from models.meetings.reminders.unplanned import period_of
from models.reference.working_days import Place, on_or_after, on_or_before, working_days
from reminders import steps_texts as names
from reminders.steps import Step

DAYS_OF_MONTH = (10, 20)
"""When a month without a point is spoken of again after its first working day."""

TOLD_FURTHER = 20
"""The day of the month on which the coordinators of the platform learn it too."""

LAST_DAYS = 5
"""It is spoken of on each of the last so many working days."""

BEFORE = (7, 1)
"""How many days before a meeting its participants are reminded: J-7, J-1. Two hours before comes by itself."""

ASKED_FOR = timedelta(days=31)
"""How long after a meeting it is asked whether it was held, and for its report."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@lru_cache(maxsize=256)
def month_steps(day: date, place: Place) -> tuple[Step, ...]:
    """Return the days on which somebody learns that the month of `day` has no point; one message a day."""
    month = MONTH.period(day)
    beginning = names.beginning_of(month.first)
    first = Step(period_of(month.first, "début"), month.first, on_or_after(month.first, place), beginning)
    steps = {first.day: first}
    for number in DAYS_OF_MONTH:
        nominal = month.first.replace(day=number)
        named = names.day_of(number, month.first)
        step = Step(period_of(month.first, f"le {number}"), nominal, on_or_before(nominal, place), named)
        steps.setdefault(step.day, step)
    last = list(working_days(month.first, month.last, place))[-LAST_DAYS:]
    for left, of_last in zip(range(LAST_DAYS, 0, -1), last, strict=False):
        named = names.last_days_of(month.first, LAST_DAYS)
        steps.setdefault(of_last, Step(period_of(month.first, f"fin-{left}"), of_last, of_last, named))
    return tuple(sorted(steps.values(), key=lambda step: step.day))


def further_step(day: date, place: Place) -> Step:
    """Return the day on which the coordinators learn it."""
    code = period_of(MONTH.period(day).first, f"le {TOLD_FURTHER}")
    return next(step for step in month_steps(day, place) if step.code == code)


def before_steps(day: date, place: Place) -> tuple[Step, ...]:
    """Return the days on which a participant is reminded of a meeting on that day."""
    nominal = {days: day - days * _DAY for days in BEFORE}
    return tuple(
        Step(f"J-{days} {day}", of, on_or_before(of, place), names.before_meeting(days, day))
        for days, of in nominal.items()
    )


def soon_step(code: str, day: date) -> Step:
    """Return the step of what is told two hours before a meeting of that day."""
    return Step(code, day, day, names.BEGINS_SOON)


def after_steps(day: date, place: Place) -> tuple[Step, ...]:
    """Return the days on which it is asked what became of a meeting: that day, the next working day, then weekly."""
    return tuple(_after(day, place))


def _after(day: date, place: Place) -> Iterator[Step]:
    yield Step(f"fin {day}", day, day, names.SAME_DAY)
    again = on_or_after(day + _DAY, place)
    yield Step(f"lendemain {day}", again, again, names.NEXT_DAY)
    number, nominal = 1, again + _WEEK
    while nominal <= day + ASKED_FOR:
        yield Step(f"semaine {number} {day}", nominal, on_or_after(nominal, place), names.weeks_after(number))
        number, nominal = number + 1, nominal + _WEEK
