"""What comes next for one person, and why: what `/rappels` says of the time ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.accounts.tables import Role
from models.working_days import Place
from reminders.hours import USUAL, moment
from reminders.policy import ESCALATIONS, Kind
from reminders.steps import Away, Course, Step, coach_steps, digest_steps, escalation_step, present, wished


@dataclass(frozen=True)
class Wishes:
    """What somebody wishes, as far as it changes what comes; a snooze of another campaign is none."""

    hour: int = USUAL
    digests_paused: bool = False
    snoozed_until: date | None = None
    away: Away | None = None


@dataclass(frozen=True)
class Upcoming:
    """A message that will come if nothing changes: what it is, the step that brings it, the moment in UTC."""

    kind: Kind
    code: str
    at: datetime


def upcoming(
    course: Course, place: Place, now: datetime, roles: Iterable[Role], wishes: Wishes, *, missing: bool
) -> tuple[Upcoming, ...]:
    """Return the next message of each kind, the soonest first.

    `missing`: whether somebody is left to enter of those whom the person follows; whoever is done is not reminded.
    """
    held = frozenset(roles)
    ahead: list[tuple[Kind, Iterable[Step]]] = []
    if Role.JOB_COACH in held and missing:
        steps = wished(coach_steps(course, place), place, wishes.snoozed_until, wishes.away)
        ahead.append((Kind.REMINDER, steps))
    if Role.COORDINATOR in held and not wishes.digests_paused:
        ahead.append((Kind.DIGEST, present(digest_steps(course, place), wishes.away)))
    escalated = [escalation_step(course, place, one) for one in ESCALATIONS if one.roles & held]
    ahead.append((Kind.ESCALATION, present(escalated, wishes.away)))
    found = [(kind, _next(steps, place, now, wishes.hour)) for kind, steps in ahead]
    coming = [Upcoming(kind, step.code, moment(step.day, place, wishes.hour)) for kind, step in found if step]
    return tuple(sorted(coming, key=lambda one: one.at))


def _next(steps: Iterable[Step], place: Place, now: datetime, hour: int) -> Step | None:
    return next((step for step in steps if moment(step.day, place, hour) > now), None)
