"""A planning begins: of what kind and where, asked only where there is a choice; or the same as the last time."""

from datetime import date

from handlers.feature import Forged
from handlers.meetings import month_texts, texts
from handlers.meetings.draft import Draft, Purpose
from handlers.meetings.feature import feature, led, place_and_rights, place_led, points_of, today_there
from handlers.meetings.listing import AHEAD_TO, BACK_TO, show_points
from handlers.meetings.months import months
from handlers.meetings.recap import recap
from handlers.meetings.when import days_of
from handlers.month import first_of
from handlers.turn import Turn
from models.meetings.agenda import dated, last_before
from models.meetings.checks import MOST_AHEAD, kind_refused
from models.meetings.kinds import KINDS, MeetingKind
from models.meetings.putting_off import remind_later
from models.meetings.texts import KINDS as KIND_NAMES
from models.platforms.reach import Reach
from models.platforms.where import Where, platforms
from models.scopes import Level
from models.screens import Action, Screen, button, one_a_row
from models.working_days import on_or_after


@feature.action("point_new")
async def new_point(turn: Turn, level: Level, code: str) -> Screen:
    """Begin planning a point in a place."""
    return await begin(turn, MeetingKind.POINT, level.scope(code))


@feature.action("point_in")
async def point_of_month(turn: Turn, level: Level, code: str, month: str) -> Screen:
    """Begin planning the point of a month in a place."""
    try:
        first = first_of(month)
    except ValueError as error:
        raise Forged from error
    return await begin(turn, MeetingKind.POINT, level.scope(code), first)


@feature.action("point_same")
async def same_point(turn: Turn, level: Level, code: str) -> Screen:
    """Begin with all of the last point's values, on the day that the same rule names: a confirmation is left."""
    there, rights = await place_and_rights(turn, level.scope(code))
    today = today_there(turn, there)
    found = await dated(turn.session, rights, there, today - BACK_TO, today + AHEAD_TO)
    wanted = next((one for one in months(there, found, turn.now, today) if one.open), None)
    if wanted is None or wanted.same is None:
        return await show_points(turn, there.scope)
    draft = Draft(Purpose.PLAN, MeetingKind.POINT, there.scope)
    assert wanted.last is not None
    draft.like(await led(turn, wanted.last.id))
    draft.day = wanted.same.day.isoformat()
    draft.keep(turn)
    return await recap(turn)


@feature.action("point_later")
async def later(turn: Turn, level: Level, code: str, day: str) -> Screen:
    """Be reminded that day that a point is to be planned."""
    there = await place_led(turn, level.scope(code))
    try:
        chosen = date.fromisoformat(day)
    except ValueError as error:
        raise Forged from error
    noted = await remind_later(turn.session, turn.asker, turn.now, there.scope, chosen)
    told = month_texts.reminded(noted) if noted else month_texts.NOT_REMINDED
    return (await show_points(turn, there.scope)).headed(told).noticed(told)


@feature.action("pl_kinds")
async def choose_kind(turn: Turn, level: Level, code: str) -> Screen:
    """Choose the kind; where only one is possible, it is not asked."""
    there, rights = await place_and_rights(turn, level.scope(code))
    around = await _around(turn, there)
    possible = [kind for kind in KINDS if any(_possible(kind, one, rights) for one in around)]
    if len(possible) == 1:
        return await choose_place(turn, level, code, possible[0])
    choices = [button(KIND_NAMES[kind], "pl_kind", level, code, kind) for kind in possible]
    text = f"{month_texts.title(there)}\n{texts.WHICH_KIND if possible else texts.NO_KIND}"
    rows = (*one_a_row(choices), (points_of(there.scope, texts.BACK),))
    return Screen(text, rows, Action.of("pl_kinds", level, code))


@feature.action("pl_kind")
async def choose_place(turn: Turn, level: Level, code: str, kind: MeetingKind) -> Screen:
    """Choose for which place; where only one is possible, it is not asked."""
    there, rights = await place_and_rights(turn, level.scope(code))
    possible = [one for one in await _around(turn, there) if _possible(kind, one, rights)]
    if len(possible) == 1:
        return await begin(turn, kind, possible[0].scope)
    choices = [button(texts.place(one), "pl_begin", *one.at, kind) for one in possible]
    question = texts.FOR_WHICH_PLACE if possible else texts.NO_PLACE_FOR_IT
    text = f"{month_texts.title(there)}\n{KIND_NAMES[kind]} : {question}"
    rows = (*one_a_row(choices), (button(texts.BACK, "pl_kinds", level, code),))
    return Screen(text, rows, Action.of("pl_kind", level, code, kind))


@feature.action("pl_begin")
async def begin_there(turn: Turn, level: Level, code: str, kind: MeetingKind) -> Screen:
    """Begin planning a meeting of a kind for a place."""
    return await begin(turn, kind, level.scope(code))


async def begin(turn: Turn, kind: MeetingKind, scope: str, month: date = date.min) -> Screen:
    """Begin a planning with the values of the last meeting of that kind there; its day is asked, from a month on."""
    there, rights = await place_and_rights(turn, scope)
    refused = kind_refused(kind, there, rights.roles(there))
    if refused:
        return (await show_points(turn, scope)).headed(refused.sentence).noticed(refused.sentence)
    today = today_there(turn, there)
    draft = await _prefilled(turn, kind, there, today + MOST_AHEAD)
    draft.keep(turn)
    first = on_or_after(today, there.place).replace(day=1)
    return days_of(turn, draft, there, max(first, month))


async def _prefilled(turn: Turn, kind: MeetingKind, there: Where, before: date) -> Draft:
    draft = Draft(Purpose.PLAN, kind, there.scope)
    last = await last_before(turn.session, turn.asker, kind, there.scope, before)
    if last is not None:
        draft.like(last)
    return draft


async def _around(turn: Turn, there: Where) -> list[Where]:
    """Return the places in which who leads there plans: it, and its dispositifs."""
    if there.level is not Level.DEPARTEMENT:
        return [there]
    return [there, *(one for one in await platforms(turn.session) if one.departement == there.departement)]


def _possible(kind: MeetingKind, place: Where, rights: Reach) -> bool:
    return rights.leads(place) and kind_refused(kind, place, rights.roles(place)) is None
