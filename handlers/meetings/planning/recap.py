"""The recapitulation of a planning, the doubts it raises, and its confirmation."""

from dataclasses import replace

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import month_texts, texts
from handlers.meetings.card import UNDO, card
from handlers.meetings.feature import elsewhere_nothing, feature, place_led, planning, tell_changed
from handlers.meetings.listing import show_points
from handlers.meetings.planning.draft import PLANNING, MeetingDraft, Purpose
from handlers.meetings.planning.people import contacts
from models.base.screens import Action, Button, Screen, button, one_a_row
from models.meetings.planning.checks import Doubt, ToConfirm
from models.meetings.planning.recurrence import rule_of
from models.meetings.planning.series import RecurrenceRule, occurrences
from models.meetings.planning.service import Done, Outcome
from models.meetings.planning.slots import slot_of
from models.meetings.repository import Meeting

NOTHING = "0"


@PLANNING.step("recap")
@feature.action("pl_recap")
async def recap(context: Context) -> Screen:
    """Show all that is known, each part a tap from being changed, and what will be done."""
    draft = PLANNING.of(context)
    if draft.missing is not None:
        return await PLANNING.go_on(draft, context)
    there = await place_led(context, draft.scope)
    people = [one for one in await contacts(context, draft.scope) if one.id in draft.people]
    if draft.purpose == Purpose.PLAN:
        draft = replace(draft, people=tuple(one.id for one in people))
    days = occurrences(draft.series, draft.slot.day, there.place) if draft.series else []
    text = texts.recap(draft, there, people, days, context.today)
    rows = (*one_a_row([_confirm(draft, len(days)), *_changes(draft)]), (button(texts.DROP, "pl_drop"),))
    return Screen(text, rows, Action("pl_recap"))


@feature.action("pl_change")
async def change(context: Context, name: str) -> Screen:
    """Change one part."""
    if name not in texts.CHANGES:
        raise InvalidAction
    return await PLANNING.ask(name, context)


@feature.action("pl_series")
async def series(context: Context) -> Screen:
    """Choose the rule of a series, from the day that was chosen."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    day = draft.slot.day
    first = rule_of(day)
    rules = [RecurrenceRule(first.week, first.weekday, every) for every in texts.EVERY]
    choices = [button(texts.rule(one), "pl_rule", one.week % 10, one.every_months) for one in rules if one.possible]
    once = [button(texts.ONCE, "pl_once")] if draft.rule else []
    text = f"{texts.heading(draft, there)}\n\n{texts.WHICH_SERIES if choices else texts.NO_SERIES}"
    back = (button(texts.BACK, "pl_recap"),)
    return Screen(text, (*one_a_row([*choices, *once]), back), Action("pl_series"))


@feature.action("pl_rule")
async def keep_rule(context: Context, week: int, every: int) -> Screen:
    """Keep the rule of the series: 9 is the last week."""
    draft = PLANNING.of(context)
    draft = replace(draft, rule=(week if week < 9 else -1, every))
    if draft.series is None or not draft.series.possible:
        raise InvalidAction
    PLANNING.keep(context, draft)
    return await recap(context)


@feature.action("pl_once")
async def keep_once(context: Context) -> Screen:
    """Plan a single meeting after all."""
    PLANNING.keep(context, PLANNING.of(context), rule=())
    return await recap(context)


@feature.action("pl_confirm")
async def confirm(context: Context, draw: str, doubts: str) -> Screen:
    """Do what was recapitulated; what is odd is asked first, what is impossible is said."""
    draft = PLANNING.confirmed(context, draw)
    try:
        confirmed = [Doubt(one) for one in doubts.split("-")] if doubts != NOTHING else []
    except ValueError as error:
        raise InvalidAction from error
    before = await _before(context, draft)
    with elsewhere_nothing():
        outcome = await _done(context, draft, confirmed)
    if isinstance(outcome, ToConfirm):
        return await _doubtful(context, draft, outcome, confirmed)
    if not isinstance(outcome, Done):
        return (await recap(context)).headed(outcome.sentence).noticed(outcome.sentence)
    await tell_changed(context, outcome)
    PLANNING.forget(context)
    if before is not None:
        context.memo.pop(UNDO, None)
        if (before.day, before.hour) != (outcome.meeting.day, outcome.meeting.hour):
            context.memo[UNDO] = [before.id, *_said(before)]
    if len(outcome.meetings) > 1 and draft.purpose == Purpose.PLAN:
        return (await show_points(context, draft.scope)).headed(month_texts.series_planned(outcome.meetings))
    there = await place_led(context, draft.scope)
    shown = await card(context, outcome.meeting, there)
    done = texts.DONE[draft.purpose]
    return shown.headed(done).noticed(done)


@feature.action("pl_drop")
async def drop(context: Context) -> Screen:
    """Give the draft up: nothing was written."""
    draft = PLANNING.of(context)
    PLANNING.forget(context)
    if draft.number:
        with elsewhere_nothing():
            meeting = await planning(context).meeting(draft.number)
        return (await card(context, meeting, await place_led(context, draft.scope))).headed(texts.DROPPED_CHANGE)
    return (await show_points(context, draft.scope)).headed(texts.DROPPED)


async def _done(context: Context, draft: MeetingDraft, confirmed: list[Doubt]) -> Outcome:
    plans = planning(context)
    if draft.purpose == Purpose.PEOPLE:
        return await plans.invite(draft.number, draft.revision, draft.people)
    if draft.purpose == Purpose.MOVE:
        return await plans.move(draft.number, draft.revision, draft.slot, confirmed)
    if draft.purpose == Purpose.REPLACE:
        return await plans.replace(draft.number, draft.revision, draft.slot, confirmed)
    if draft.series is not None:
        return await plans.plan_series(draft.kind, draft.scope, draft.series, draft.slot, draft.people, confirmed)
    return await plans.plan(draft.kind, draft.scope, draft.slot, draft.people, confirmed)


async def _before(context: Context, draft: MeetingDraft) -> Meeting | None:
    if draft.purpose != Purpose.MOVE:
        return None
    with elsewhere_nothing():
        return await planning(context).meeting(draft.number)


async def _doubtful(context: Context, draft: MeetingDraft, asked: ToConfirm, confirmed: list[Doubt]) -> Screen:
    there = await place_led(context, draft.scope)
    doubts = "-".join(dict.fromkeys((*confirmed, *asked.doubts)))
    lacking = Doubt.LACKING in asked.doubts
    parts = ["people"] if lacking and draft.purpose == Purpose.PLAN else []
    parts += ["day", "hour"] if set(asked.doubts) - {Doubt.LACKING} else []
    yes = texts.CONFIRM_SO if lacking else texts.CONFIRM_ALL_THE_SAME
    rows = one_a_row(
        [
            *(button(texts.CHANGES[name], "pl_change", name) for name in parts),
            button(yes, "pl_confirm", draft.draw, doubts),
            button(texts.BACK, "pl_recap"),
        ]
    )
    return Screen(f"{texts.heading(draft, there)}\n\n{asked.sentence}", rows, Action("pl_recap"))


def _confirm(draft: MeetingDraft, number: int) -> Button:
    return button(texts.confirm(draft, number), "pl_confirm", draft.draw, NOTHING)


def _changes(draft: MeetingDraft) -> list[Button]:
    if draft.purpose == Purpose.PEOPLE:
        return [button(texts.CHANGES["people"], "pl_change", "people")]
    parts = [name for name in texts.CHANGES if name != "people" or draft.purpose == Purpose.PLAN]
    more = [button(texts.SERIES, "pl_series")] if draft.purpose == Purpose.PLAN else []
    return [*(button(texts.CHANGES[name], "pl_change", name) for name in parts), *more]


def _said(meeting: Meeting) -> list[object]:
    slot = slot_of(meeting)
    return [slot.day.isoformat(), slot.hour.isoformat("minutes"), slot.minutes, slot.place or "", slot.link or ""]
