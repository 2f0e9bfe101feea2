"""A planning begins: of what kind and where, asked only where there is a choice; or the same as the last time."""

from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import month_texts, texts
from handlers.meetings.feature import feature, led, place_and_rights, place_led, points_of, today_there
from handlers.meetings.listing import AHEAD_TO, BACK_TO, points, show_points
from handlers.meetings.months import months
from handlers.meetings.planning.draft import PLANNING, MeetingDraft, Purpose
from handlers.meetings.planning.recap import recap
from handlers.meetings.planning.when import days_of
from handlers.month import first_of
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.agenda import dated, last_before
from models.meetings.kinds import KINDS, MeetingKind
from models.meetings.permissions import MeetingPermissions
from models.meetings.planning.checks import MOST_AHEAD, kind_refused
from models.meetings.reminders.snooze import remind_later
from models.meetings.territories import Territory, platforms
from models.meetings.texts import KINDS as KIND_NAMES
from models.reference.scopes import Level
from models.reference.working_days import on_or_after

PLANNING.begins(points)


@feature.action("point_new")
async def new_point(context: Context, level: Level, code: str) -> Screen:
    """Begin planning a point in a place."""
    return await begin(context, MeetingKind.POINT, level.scope(code))


@feature.action("point_in")
async def point_of_month(context: Context, level: Level, code: str, month: str) -> Screen:
    """Begin planning the point of a month in a place."""
    try:
        first = first_of(month)
    except ValueError as error:
        raise InvalidAction from error
    return await begin(context, MeetingKind.POINT, level.scope(code), first)


@feature.action("point_same")
async def same_point(context: Context, level: Level, code: str) -> Screen:
    """Begin with all of the last point's values, on the day that the same rule names: a confirmation is left."""
    there, rights = await place_and_rights(context, level.scope(code))
    today = today_there(context, there)
    found = await dated(context.session, rights, there, today - BACK_TO, today + AHEAD_TO)
    wanted = next((one for one in months(there, found, context.now, today) if one.open), None)
    if wanted is None or wanted.same is None:
        return await show_points(context, there.scope)
    assert wanted.last is not None
    draft = MeetingDraft(Purpose.PLAN, MeetingKind.POINT, there.scope).like(await led(context, wanted.last.id))
    PLANNING.keep(context, draft, day=wanted.same.day)
    return await recap(context)


@feature.action("point_later")
async def later(context: Context, level: Level, code: str, day: str) -> Screen:
    """Be reminded that day that a point is to be planned."""
    there = await place_led(context, level.scope(code))
    try:
        chosen = date.fromisoformat(day)
    except ValueError as error:
        raise InvalidAction from error
    noted = await remind_later(context.session, context.actor, context.now, there.scope, chosen)
    told = month_texts.reminded(noted) if noted else month_texts.NOT_REMINDED
    return (await show_points(context, there.scope)).headed(told).noticed(told)


@feature.action("pl_kinds")
async def choose_kind(context: Context, level: Level, code: str) -> Screen:
    """Choose the kind; where only one is possible, it is not asked."""
    there, rights = await place_and_rights(context, level.scope(code))
    around = await _around(context, there)
    possible = [kind for kind in KINDS if any(_possible(kind, one, rights) for one in around)]
    if len(possible) == 1:
        return await choose_place(context, level, code, possible[0])
    choices = [button(KIND_NAMES[kind], "pl_kind", level, code, kind) for kind in possible]
    text = f"{month_texts.title(there)}\n{texts.WHICH_KIND if possible else texts.NO_KIND}"
    rows = (*one_a_row(choices), (points_of(there.scope, texts.BACK),))
    return Screen(text, rows, Action.of("pl_kinds", level, code))


@feature.action("pl_kind")
async def choose_place(context: Context, level: Level, code: str, kind: MeetingKind) -> Screen:
    """Choose for which place; where only one is possible, it is not asked."""
    there, rights = await place_and_rights(context, level.scope(code))
    possible = [one for one in await _around(context, there) if _possible(kind, one, rights)]
    if len(possible) == 1:
        return await begin(context, kind, possible[0].scope)
    choices = [button(texts.place(one), "pl_begin", *one.at, kind) for one in possible]
    question = texts.FOR_WHICH_PLACE if possible else texts.NO_PLACE_FOR_IT
    text = f"{month_texts.title(there)}\n{KIND_NAMES[kind]} : {question}"
    rows = (*one_a_row(choices), (button(texts.BACK, "pl_kinds", level, code),))
    return Screen(text, rows, Action.of("pl_kind", level, code, kind))


@feature.action("pl_begin")
async def begin_there(context: Context, level: Level, code: str, kind: MeetingKind) -> Screen:
    """Begin planning a meeting of a kind for a place."""
    return await begin(context, kind, level.scope(code))


async def begin(context: Context, kind: MeetingKind, scope: str, month: date = date.min) -> Screen:
    """Begin a planning with the values of the last meeting of that kind there; its day is asked, from a month on."""
    there, rights = await place_and_rights(context, scope)
    refused = kind_refused(kind, there, rights.roles(there))
    if refused:
        return (await show_points(context, scope)).headed(refused.sentence).noticed(refused.sentence)
    today = today_there(context, there)
    draft = await _prefilled(context, kind, there, today + MOST_AHEAD)
    PLANNING.keep(context, draft)
    first = on_or_after(today, there.place).replace(day=1)
    return days_of(context, draft, there, max(first, month))


async def _prefilled(context: Context, kind: MeetingKind, there: Territory, before: date) -> MeetingDraft:
    draft = MeetingDraft(Purpose.PLAN, kind, there.scope)
    last = await last_before(context.session, context.actor, kind, there.scope, before)
    return draft if last is None else draft.like(last)


async def _around(context: Context, there: Territory) -> list[Territory]:
    """Return the places in which who leads there plans: it, and its dispositifs."""
    if there.level is not Level.DEPARTEMENT:
        return [there]
    return [there, *(one for one in await platforms(context.session) if one.departement == there.departement)]


def _possible(kind: MeetingKind, place: Territory, rights: MeetingPermissions) -> bool:
    return rights.leads(place) and kind_refused(kind, place, rights.roles(place)) is None
