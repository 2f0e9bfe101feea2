"""What those who enter are told, what is told of them while they are absent, and who was invited and has not come."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from models.accounts.tables import Role
from models.base.screens import Row, Screen, button
from models.notifications.tables import LONGEST_PERIOD
from models.reference.working_days import Place
from models.reminders.messages import ABSENCE_RELAY, REMINDER, UNUSED_INVITATION
from models.reminders.recipients import Recipient
from models.reminders.snapshot import Caseload, DispositifSnapshot
from reminders import texts
from reminders.planning_context import BUILDERS, NEXT, PlanningContext
from reminders.policy import INVITATION_STEPS, OPENING
from reminders.reminder import Addressee, Reminder, away_of
from reminders.steps import Away, Step, coach_steps, reached, wished
from reminders.wishes import snoozes

Left = tuple[Recipient, Away, Caseload]
"""A job coach, their absence, and what they leave."""

MOST_IN_A_RELAY = 4
"""How many absent job coaches one message speaks of at most: they stand in its period, which is short."""


def own_steps(context: PlanningContext, person: Addressee) -> Sequence[Step]:
    """Return the days on which somebody who enters is reminded, as they wish."""
    steps = coach_steps(context.course, person.place)
    return wished(steps, person.place, context.course.last, person.snoozed_until(context.campaign.id), person.away)


@BUILDERS.builds(REMINDER)
def reminder(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give what a job coach still has to enter; answers sent back alone are spoken of on the day of a step only."""
    caseload = context.caseload(person)
    if not (caseload.missing or caseload.sent_back):
        return
    step = reached(own_steps(context, person), person.today(context.now))
    if step is None:
        return
    read_on = context.read_on(person, step)
    # They were told of at once when they were sent back: not once more an hour later.
    if not caseload.missing and read_on != step.day:
        return
    text = texts.to_coach(context.campaign, caseload, read_on, opening=step.code == OPENING)
    rows: list[Row] = [NEXT] if caseload.missing else []
    if caseload.sent_back:
        rows.append((button(texts.VERIFY, "asked_first"),))
    if putting_off := _putting_off(read_on, context.course.due, person.place):
        rows.append(putting_off)
    if not person.recipient.linked:
        text = f"{text}\n{texts.NOT_COME}"
    yield context.new(REMINDER, person, Role.JOB_COACH, step, Screen(text, tuple(rows)))


@BUILDERS.builds(ABSENCE_RELAY)
def absence_relays(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give a coordinator what absent job coaches leave, on the days on which they would have been told themselves."""
    step = reached(coach_steps(context.course, person.place), person.today(context.now))
    coordinated = context.coordinated(person)
    if step is None or not coordinated:
        return
    read_on = context.read_on(person, step)
    relayed = _relayed(context, person, step)
    absent = [
        (coach, away, caseload)
        for dispositif in coordinated
        for coach, away, caseload in _absent(context, dispositif, read_on, step)
        if coach.account_id != person.account_id and coach.account_id not in relayed
    ]
    for period, together in _together(absent, step):
        lines = [texts.absent(coach.email, away.last, read_on, caseload) for coach, away, caseload in together]
        rows = (
            (button(texts.WHO_IS_MISSING, "rv_coaches", coordinated[0].reference, 0),),
            (button(texts.ASSIGN, "persons"),),
        )
        screen = Screen(texts.relay(context.campaign, read_on, lines), rows)
        yield context.new(ABSENCE_RELAY, person, Role.COORDINATOR, replace(step, code=period), screen)


@BUILDERS.builds(UNUSED_INVITATION)
def invitation(context: PlanningContext, person: Addressee) -> Iterator[Reminder]:
    """Give what is written to somebody who was invited and has not come, and follows nobody yet."""
    invited = context.snapshot.invited.get(person.account_id)
    if invited is None or person.account_id in context.snapshot.followed:
        return
    steps = [step for step in coach_steps(context.course, person.place) if step.code in INVITATION_STEPS]
    step = reached(steps, person.today(context.now))
    if step is not None:
        screen = Screen(texts.invitation(context.campaign, context.read_on(person, step)))
        yield context.new(UNUSED_INVITATION, person, invited.role, step, screen)


def _absent(context: PlanningContext, dispositif: DispositifSnapshot, day: date, step: Step) -> Iterator[Left]:
    """Give the job coaches who have persons left, are absent on that day and were not told of the step themselves."""
    for account_id, caseload in dispositif.caseloads.items():
        coach = context.snapshot.recipients.get(account_id) if account_id is not None else None
        if coach is None or not caseload.missing:
            continue
        away = away_of(coach)
        told = (REMINDER.code, coach.account_id, step.code) in context.snapshot.notified
        if away is not None and away.covers(day) and not told:
            yield coach, away, caseload


def _together(absent: Sequence[Left], step: Step) -> Iterator[tuple[str, Sequence[Left]]]:
    """Give the absent job coaches of each message and the period that names them, as many as it has room for."""
    while absent:
        number = MOST_IN_A_RELAY
        while len(period := _period(step, absent[:number])) > LONGEST_PERIOD and number > 1:
            number -= 1
        yield period, absent[:number]
        absent = absent[number:]


def _period(step: Step, together: Sequence[Left]) -> str:
    return f"{step.code}:{'-'.join(str(coach.account_id) for coach, _, _ in together)}"


def _relayed(context: PlanningContext, person: Addressee, step: Step) -> set[int]:
    """Return the job coaches of whom somebody was told at that step already."""
    return {
        int(number)
        for account_id, period in context.relays_notified
        if account_id == person.account_id and period.startswith(f"{step.code}:")
        for number in period.rpartition(":")[2].split("-")
    }


@lru_cache(maxsize=256)
def _putting_off(today: date, due: date, place: Place) -> Row:
    """Return the buttons by which a reminder read on that day is put off, if it can be."""
    choices = snoozes(today, due, place)
    if not choices:
        return ()
    first = button(texts.put_off(choices[0].label), "snooze", choices[0].day)
    return (first, button(texts.LATER, "snooze_later")) if len(choices) > 1 else (first,)
