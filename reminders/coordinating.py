"""What those who answer for dispositifs are told: the week's digest, and what is missing after the date."""

from collections.abc import Iterator
from datetime import date

from models.accounts.tables import Role
from models.base.screens import Row, Screen, button
from models.reference.scopes import Level
from models.reminders.messages import DIGEST, ESCALATION
from models.reminders.snapshot import Caseload, DispositifSnapshot
from reminders import texts
from reminders.planning_context import BUILDERS, NEXT, PlanningContext
from reminders.policy import ESCALATIONS
from reminders.reminder import Addressee, Reminder, away_of
from reminders.steps import digest_steps, escalation_step


@BUILDERS.builds(DIGEST)
def digest(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give a coordinator's digest of the week: what is missing and from whom, what waits to be validated."""
    left = [dispositif for dispositif in context.coordinated(person) if dispositif.something_left]
    if person.digests_paused or not left:
        return
    step = context.reached(digest_steps(context.course, person.place), person)
    if step is None:
        return
    followed = context.snapshot.followed.get(person.account_id, {})
    own = sum(followed[d.reference].missing for d in left if d.reference in followed)
    read_on = context.read_on(person, step)
    listed = [(dispositif, _by_coach(context, dispositif, read_on)) for dispositif in left]
    text = texts.digest(context.campaign, read_on, listed, own)
    rows: list[Row] = [(button(texts.REVIEW, "review"),)]
    if missing := [dispositif for dispositif in left if dispositif.missing]:
        rows.insert(0, (button(texts.WHO_IS_MISSING, "rv_coaches", missing[0].reference, 0),))
    if own:
        rows.append(NEXT)
    if not all(dispositif.figures_recorded for dispositif in left):
        rows.append((button(texts.FIGURES, "figures"),))
    yield context.new(DIGEST, person, Role.COORDINATOR, step, Screen(text, tuple(rows)))


@BUILDERS.builds(ESCALATION)
def escalation(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give what somebody who answers for dispositifs is told after the date: the most that a role of theirs shows."""
    yield from further_up(context, person)
    yield from late(context, person)


def late(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give a coordinator, the day after the date, who has not entered whom."""
    missing = [dispositif for dispositif in context.coordinated(person) if dispositif.missing]
    if not missing:
        return
    escalation = next(e for e in ESCALATIONS if Role.COORDINATOR in e.roles)
    step = context.reached((escalation_step(context.course, person.place, escalation),), person)
    if step is not None:
        read_on = context.read_on(person, step)
        listed = [(dispositif, _by_coach(context, dispositif, read_on)) for dispositif in missing]
        text = texts.to_coordinator_late(context.campaign, read_on, listed)
        rows = ((button(texts.WHO_IS_MISSING, "rv_coaches", missing[0].reference, 0),),)
        yield context.new(ESCALATION, person, Role.COORDINATOR, step, Screen(text, rows))


def further_up(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give a chef de file or an administrator, days after the date, which dispositifs have not entered everybody."""
    for escalation in ESCALATIONS:
        for role in sorted(escalation.roles - {Role.COORDINATOR}):
            if not person.recipient.holds(role):
                continue
            step = context.reached((escalation_step(context.course, person.place, escalation),), person)
            among = _within(context, person, role)
            missing = sorted((d for d in among if d.missing), key=lambda d: (-d.missing, d.reference))
            if missing and step is not None:
                text = texts.further_up(context.campaign, context.read_on(person, step), missing, len(among))
                rows = ((button(texts.HOME, "start", ""),),)
                yield context.new(ESCALATION, person, role, step, Screen(text, rows))
                return


def _within(context: PlanningContext, person: Addressee, role: Role) -> list[DispositifSnapshot]:
    """Return the dispositifs that somebody answers for in a role other than coordinator."""
    dispositifs = context.snapshot.dispositifs.values()
    if role == Role.ADMIN:
        return list(dispositifs)
    scopes = {grant.scope for grant in person.recipient.grants if grant.role == role}
    return [
        one
        for one in dispositifs
        if {Level.DEPARTEMENT.scope(one.departement_no), Level.DISPOSITIF.scope(one.reference)} & scopes
    ]


def _by_coach(context: PlanningContext, dispositif: DispositifSnapshot, today: date) -> list[tuple[str, int]]:
    """Return how many persons each job coach has left, the most first, and at last those of nobody.

    Whoever is absent on the day it is told is named with the last day of it.
    """
    lines: list[tuple[str, int]] = []
    nobody = Caseload()
    for account_id, caseload in dispositif.caseloads.items():
        coach = context.snapshot.recipients.get(account_id) if account_id is not None else None
        if coach is None:
            nobody = nobody + caseload
        elif caseload.missing:
            away = away_of(coach)
            absent_until = away.last if away is not None and away.covers(today) else None
            lines.append((texts.coach(coach.email, today, absent_until, come=coach.linked), caseload.missing))
    last = [(texts.NOBODY, nobody.missing)] if nobody.missing else []
    return sorted(lines, key=lambda line: (-line[1], line[0])) + last
