"""What comes next for one person, and why: what `/rappels` says of the time ahead."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.accounts.permissions import Permission, holders
from models.accounts.tables import Role
from models.reference.decent_hours import USUAL, moment, next_decent, next_look
from models.reference.working_days import Place
from models.reminders.messages import DIGEST, ESCALATION, REMINDER, CampaignReminder
from reminders.policy import ESCALATIONS
from reminders.steps import (
    Away,
    Course,
    Step,
    coach_steps,
    digest_steps,
    escalation_step,
    is_notified,
    present,
    reached,
    wished,
)


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

    kind: CampaignReminder
    step: Step
    at: datetime


@dataclass(frozen=True)
class Ahead:
    """The time ahead of one person in a campaign. `notified`: the kinds and steps they were sent already, as codes."""

    course: Course
    place: Place
    now: datetime
    wishes: Wishes
    notified: Collection[tuple[str, str]] = ()

    def coming(self, roles: Iterable[Role], *, missing: bool) -> tuple[Upcoming, ...]:
        """Return the next message of each kind, the soonest first.

        `missing`: whether somebody is left to enter of those whom the person follows; whoever is done is not reminded.
        """
        found = (self._next(kind, steps) for kind, steps in self._steps(frozenset(roles), missing))
        coming = sorted((one for one in found if one is not None), key=lambda one: one.at)
        return tuple(one for one in coming if not any(self._stands_for(other, one) for other in coming))

    def _stands_for(self, other: Upcoming, one: Upcoming) -> bool:
        """Whether one message says what another of the same day would: the later step, of two an escalation."""
        if {one.kind, other.kind} != {DIGEST, ESCALATION} or one.at.date() != other.at.date():
            return False
        return (other.step.day, other.kind == ESCALATION) > (one.step.day, one.kind == ESCALATION)

    def _steps(self, roles: frozenset[Role], missing: bool) -> Iterable[tuple[CampaignReminder, Sequence[Step]]]:
        if missing and roles & holders(Permission.EVENT_ENTER):
            steps = coach_steps(self.course, self.place)
            put_off = (self.wishes.snoozed_until, self.wishes.away)
            yield REMINDER, wished(steps, self.place, self.course.last, *put_off)
        if Role.COORDINATOR in roles and not self.wishes.digests_paused:
            yield DIGEST, present(digest_steps(self.course, self.place), self.wishes.away)
        escalated = [escalation_step(self.course, self.place, one) for one in ESCALATIONS if one.roles & roles]
        yield ESCALATION, present(escalated, self.wishes.away)

    def _next(self, kind: CampaignReminder, steps: Sequence[Step]) -> Upcoming | None:
        """Return the first step that the planning would tell, of all the moments at which it may find another."""
        for at in self._looks(steps):
            day = at.astimezone(self.place.zone).date()
            step = reached(steps, day)
            if step is None or (kind.code, step.code) in self.notified or self._at(step) > at:
                continue
            if is_notified(day, self.course, self.wishes.away):
                return Upcoming(kind, step, at)
        return None

    def _looks(self, steps: Sequence[Step]) -> Sequence[datetime]:
        """Return the decent moments from now on: the next one, that of each step, that of the return."""
        begin, away = next_look(self.now), self.wishes.away
        days = [step.day for step in steps] + ([away.last + timedelta(days=1)] if away else [])
        looks = (max(begin, moment(day, self.place, self.wishes.hour)) for day in days)
        return sorted({next_decent(look, self.place, self.wishes.hour) for look in looks})

    def _at(self, step: Step) -> datetime:
        return moment(step.day, self.place, self.wishes.hour)
