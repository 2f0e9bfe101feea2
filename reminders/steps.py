"""The days on which somebody is told something about a campaign: pure rules over its dates, a place and wishes.

A step is reached once its hour has come there. Of several that were reached only the last one counts: whoever was away
for a week, or whose machine was, is told once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import count

from models.reference.working_days import Place, on_or_after, on_or_before, working_days
from reminders import steps_texts as names
from reminders.policy import BEFORE, EVERY_AFTER, OPENING, RETURN, SNOOZED, Escalation, before_code
from reminders.steps_texts import StepName

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_FAR = timedelta(days=365)
"""How long a campaign without a closing date is followed after its own date."""


@dataclass(frozen=True)
class Course:
    """The dates of a campaign; two that are always told apart: `due`, and `closes` (none: not fixed yet)."""

    opens: date
    due: date
    closes: date | None

    @property
    def last(self) -> date:
        """The last day on which anything is told."""
        return self.closes or self.due + _FAR


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which something is told: the same step is told once.

    `code` is its period in the outbox. `nominal` is the day the policy names; `day` the working day on which it comes.
    """

    code: str
    nominal: date
    day: date
    name: StepName

    @property
    def seen_from(self) -> date:
        """The first day on which the step can be spoken of: moved to a later day, it waits from the nominal one."""
        return min(self.nominal, self.day)


@dataclass(frozen=True)
class Away:
    """The days on which somebody is not reminded, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether that day is one of them."""
        return self.first <= day <= self.last


@lru_cache(maxsize=256)
def coach_steps(course: Course, place: Place) -> tuple[Step, ...]:
    """Return the steps of whoever enters, in order: the opening, J-14, J-7, J-2, J, then until the closing."""
    opening = Step(OPENING, course.opens, on_or_after(course.opens, place), names.OPENED)
    before = (_before(course, days, place) for days in BEFORE)
    return (opening, *(step for step in before if step.day >= opening.day), *_after(course, place, opening.day))


@lru_cache(maxsize=256)
def digest_steps(course: Course, place: Place) -> tuple[Step, ...]:
    """Return the first working day of each week of the campaign."""
    return tuple(_weekly(course, place))


def escalation_step(course: Course, place: Place, escalation: Escalation) -> Step:
    """Return the day on which what is missing is told further up."""
    nominal = course.due + escalation.days * _DAY
    return Step(escalation.code, nominal, on_or_after(nominal, place), names.escalated(escalation.days))


def wished(
    steps: Sequence[Step], place: Place, last: date, snoozed_until: date | None, away: Away | None
) -> Sequence[Step]:
    """Return the steps as somebody wishes them: none before the end of a snooze, none during an absence.

    The end of a snooze and the return are steps of their own, where something was left out; a return after the `last`
    day of the campaign is none.
    """
    if snoozed_until is None and away is None:
        return steps
    kept = list(steps)
    if snoozed_until is not None:
        again = Step(f"{SNOOZED}:{snoozed_until}", date.min, snoozed_until, names.SNOOZE_ENDED)
        kept = _put_off(kept, snoozed_until, again)
    if away is not None and any(away.covers(step.day) for step in kept):
        back = on_or_after(away.last + _DAY, place)
        kept = [step for step in kept if not away.covers(step.day)]
        if back <= last and all(step.day != back for step in kept):
            kept.append(Step(f"{RETURN}:{back}", back, back, names.RETURNED))
    return sorted(kept, key=lambda step: step.day)


def present(steps: Sequence[Step], away: Away | None) -> list[Step]:
    """Return the steps outside an absence: what stands for others is not made up for afterwards."""
    return [step for step in steps if away is None or not away.covers(step.day)]


def is_notified(day: date, course: Course, away: Away | None) -> bool:
    """Whether somebody is told anything on that day: nothing while they are away, nothing once the campaign is over."""
    return day <= course.last and (away is None or not away.covers(day))


def reached(steps: Sequence[Step], today: date) -> Step | None:
    """Return the last step that can be spoken of on that day; its hour may still have to come."""
    return next((step for step in reversed(steps) if step.seen_from <= today), None)


def _weekly(course: Course, place: Place) -> Iterator[Step]:
    monday = course.opens - course.opens.weekday() * _DAY
    while monday <= course.last:
        nominal = max(monday, course.opens)
        day = on_or_after(nominal, place)
        if day < monday + _WEEK and day <= course.last:
            year, week, _ = day.isocalendar()
            yield Step(f"{year}-S{week:02}", nominal, day, names.week_of(nominal))
        monday += _WEEK


def _before(course: Course, days: int, place: Place) -> Step:
    nominal = course.due - days * _DAY
    name = names.before_due(days) if days else names.DUE
    return Step(before_code(days), nominal, on_or_before(nominal, place), name)


def _after(course: Course, place: Place, opening: date) -> Iterator[Step]:
    days = working_days(course.due + _DAY, course.last, place)
    for number, day in zip(count(1), days, strict=False):
        if number % EVERY_AFTER == 0 and day >= opening:
            yield Step(f"J+{number} ouvrés", day, day, names.after_due(number))


def _put_off(steps: list[Step], until: date, again: Step) -> list[Step]:
    left = [step for step in steps if step.day > until]
    return left if len(left) == len(steps) else [again, *left]
