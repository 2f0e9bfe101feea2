"""`/point`: the month's point of a place, and its meetings to come and past."""

from collections.abc import Sequence
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from handlers.context import Context
from handlers.meetings import month_texts, texts
from handlers.meetings.feature import feature, place_and_rights, points_of, today_there
from handlers.meetings.months import months
from models.accounts.permissions import Extent, Permission
from models.base.paging import SIZE, page_of, turning
from models.base.screens import Action, Button, Screen, button, one_a_row
from models.meetings import repository
from models.meetings.agenda import dated
from models.meetings.obligations.service import scopes
from models.meetings.reminders import month_actions as labels
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory, territory
from models.reference.scopes import Level, Scope

SHOWN = 6
BACK_TO, AHEAD_TO = relativedelta(months=13), relativedelta(months=25)
_REGIONS_FROM = 12
"""With more places than this, their region is chosen first."""


@feature.action("points")
async def points(context: Context) -> Screen:
    """Open the meetings of the place that who speaks leads, or ask which one."""
    homes = await homes_of(context)
    if len(homes) == 1:
        return await show_points(context, homes[0].scope)
    regions = dict.fromkeys(one.region for one in homes if one.region)
    if len(homes) > _REGIONS_FROM and len(regions) > 1:
        choices = [button(Scope(Level.REGION, code).name, "points_in", code) for code in regions]
    else:
        choices = [points_of(one.scope, texts.place(one)) for one in homes]
    text = f"{month_texts.TITLE}\n{month_texts.WHERE_TO_LOOK if homes else month_texts.NOWHERE_TO_LOOK}"
    return Screen(text, (*one_a_row(choices), (button(texts.HOME, "start", ""),)), Action("points"))


@feature.action("points_in")
async def points_in(context: Context, region: str) -> Screen:
    """Choose a place of a region."""
    homes = [one for one in await homes_of(context) if one.region == region]
    choices = one_a_row([points_of(one.scope, texts.place(one)) for one in homes])
    text = f"{month_texts.TITLE}\n{month_texts.WHERE_TO_LOOK}"
    return Screen(text, (*choices, (button(texts.BACK, "points"),)), Action.of("points_in", region))


@feature.action("points_at")
async def points_at(context: Context, level: Level, code: str) -> Screen:
    """Show the meetings of a place: the month's point first."""
    return await show_points(context, level.scope(code))


@feature.action("points_past")
async def past(context: Context, level: Level, code: str, page: int) -> Screen:
    """Show the meetings that are over, the last one first."""
    there, rights = await place_and_rights(context, level.scope(code))
    today = today_there(context, there)
    over, total = await repository.past(context.session, rights, there, context.now, today, page * SIZE, SIZE)
    choices = [button(month_texts.past_meeting(one, there), "mt", one.id) for one in over]
    text = f"{month_texts.title(there)}\n{month_texts.PAST if total else month_texts.NO_PAST}"
    ways = (month_texts.LATER, month_texts.EARLIER)
    return _paged(text, choices, total, Action.of("points_past", level, code, page), ways)


@feature.action("points_next")
async def to_come(context: Context, level: Level, code: str, page: int) -> Screen:
    """Show all the meetings to come, the next one first: those of a series go further than the first screen."""
    there, rights = await place_and_rights(context, level.scope(code))
    today = today_there(context, there)
    found = await dated(context.session, rights, there, today, today + AHEAD_TO)
    coming = [one for one in found if one.is_live and one.starts_at > context.now]
    choices = [button(month_texts.coming(one, there, today), "mt", one.id) for one in page_of(coming, page)]
    text = f"{month_texts.title(there)}\n{month_texts.to_come(len(coming))}"
    ways = (texts.BEFORE_HER, texts.AFTER_HER)
    return _paged(text, choices, len(coming), Action.of("points_next", level, code, page), ways)


def _paged(text: str, choices: Sequence[Button], total: int, view: Action, ways: tuple[str, str]) -> Screen:
    """Return a page of a place's meetings, of which there are `total` in all.

    `view` ends with its number, `ways` name the pages before and after.
    """
    *at, page = view.arguments
    turned = turning(int(page), total, lambda other: Action.of(view.verb, *at, other), ways=ways)
    rows = (*one_a_row(choices), *turned, (button(texts.BACK, "points_at", *at),))
    return Screen(text, rows, view)


async def homes_of(context: Context) -> list[Territory]:
    """Return the places that who speaks was made to lead; for an administrator, all there are."""
    if context.actor.may(Permission.POINTS, Extent.NATIONAL):
        return await scopes(context.session, context.actor)
    found = [await territory(context.session, scope) for scope in context.actor.scopes(Permission.POINTS)]
    return [one for one in found if one is not None]


async def show_points(context: Context, scope: str) -> Screen:
    """Return the meetings of a place; raises `Forged` where who speaks does not lead."""
    there, rights = await place_and_rights(context, scope)
    today = today_there(context, there)
    found = await dated(context.session, rights, there, today - BACK_TO, today + AHEAD_TO)
    waiting = [one for one in found if one.starts_at <= context.now and awaits(one)]
    coming = [one for one in found if one.is_live and one.starts_at > context.now]
    rows = one_a_row(
        [
            # What waits for a word first: a month is planned better once the last point is told.
            *(button(month_texts.waiting(one, today), "mt", one.id) for one in waiting[:SHOWN]),
            *month_actions(there, found, context.now, today),
            *(button(month_texts.coming(one, there, today), "mt", one.id) for one in coming[:SHOWN]),
            *([button(month_texts.ALL_COMING, "points_next", *there.at, 0)] if len(coming) > SHOWN else []),
            button(month_texts.OTHER_KIND, "pl_kinds", *there.at),
            button(month_texts.PAST, "points_past", *there.at, 0),
            button(texts.CONTACTS, "book", *there.at, 0),
            button(month_texts.OBLIGATIONS, "obl_at", *there.at),
            button(texts.HOME, "start", ""),
        ]
    )
    text = month_texts.points(there, months(there, found, context.now, today), waiting, coming, SHOWN)
    return Screen(text, rows, Action.of("points_at", *there.at))


def awaits(meeting: Meeting) -> bool:
    """Whether something is still to be said of a meeting that has begun: that it was held, or its report."""
    return meeting.is_live or meeting.state is MeetingState.HELD


def month_actions(there: Territory, found: Sequence[Meeting], now: datetime, today: date) -> list[Button]:
    """Return the buttons that plan the point that is missing: this month's, else the next one's."""
    wanted = next((one for one in months(there, found, now, today) if one.open), None)
    if wanted is None:
        return [button(month_texts.PLAN_A_POINT, "point_new", *there.at)] if months(there, found, now, today) else []
    at = there.at
    ways = [button(labels.plan_point(wanted.period.first), "point_in", *at, f"{wanted.period.first:%Y-%m}")]
    if wanted.same is not None and wanted.last is not None:
        ways.append(button(labels.same_as_before(wanted.same.day, wanted.last), "point_same", *at))
    monday = labels.next_monday(today, wanted.period.first, there.place)
    if monday is not None:
        ways.append(button(labels.remind_me(monday), "point_later", *at, monday.isoformat()))
    return ways
