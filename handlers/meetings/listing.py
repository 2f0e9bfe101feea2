"""`/point`: the month's point of a place, and its meetings to come and past."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from handlers.meetings import month_texts, texts
from handlers.meetings.feature import feature, place_led, points_of, scope_of, today_there
from handlers.meetings.months import months
from handlers.turn import Turn
from models.accounts.tables import Role
from models.meetings.agenda import dated
from models.meetings.repository import Held
from models.meetings.states import MeetingState
from models.obligations.service import scopes
from models.platforms.where import Where, where
from models.screens import Action, Button, Row, Screen, button, one_a_row
from models.working_days import on_or_after

SHOWN = 6
PAGE = 8
BACK_TO, AHEAD_TO = relativedelta(months=13), relativedelta(months=25)
_REGIONS_FROM = 12
"""With more places than this, their region is chosen first."""


@feature.action("points")
async def points(turn: Turn) -> Screen:
    """Open the meetings of the place that who speaks leads, or ask which one."""
    homes = await homes_of(turn)
    if len(homes) == 1:
        return await show_points(turn, homes[0].scope)
    regions = dict.fromkeys(one.region for one in homes if one.region)
    if len(homes) > _REGIONS_FROM and len(regions) > 1:
        choices = [button(month_texts.region(code), "points_in", code) for code in regions]
    else:
        choices = [points_of(one.scope, texts.place(one)) for one in homes]
    text = f"{month_texts.TITLE}\n{month_texts.WHERE_TO_LOOK if homes else month_texts.NOWHERE_TO_LOOK}"
    return Screen(text, (*one_a_row(choices), (button(texts.HOME, "start", ""),)), Action("points"))


@feature.action("points_in")
async def points_in(turn: Turn, region: str) -> Screen:
    """Choose a place of a region."""
    homes = [one for one in await homes_of(turn) if one.region == region]
    choices = one_a_row([points_of(one.scope, texts.place(one)) for one in homes])
    text = f"{month_texts.TITLE}\n{month_texts.WHERE_TO_LOOK}"
    return Screen(text, (*choices, (button(texts.BACK, "points"),)), Action.of("points_in", region))


@feature.action("points_at")
async def points_at(turn: Turn, level: str, code: str) -> Screen:
    """Show the meetings of a place: the month's point first."""
    return await show_points(turn, scope_of(level, code))


@feature.action("points_past")
async def past(turn: Turn, level: str, code: str, page: int) -> Screen:
    """Show the meetings that are over, the last one first."""
    there = await place_led(turn, scope_of(level, code))
    today = today_there(turn, there)
    found = await dated(turn.session, turn.asker, there, date.min, today)
    over = [one for one in reversed(found) if one.ends_at <= turn.now or one.state is MeetingState.CANCELLED]
    shown = over[page * PAGE : (page + 1) * PAGE]
    choices = one_a_row([button(month_texts.past_meeting(one, there), "mt", one.id) for one in shown])
    beside: list[Button] = []
    if page > 0:
        beside.append(button(month_texts.LATER, "points_past", level, code, page - 1))
    if (page + 1) * PAGE < len(over):
        beside.append(button(month_texts.EARLIER, "points_past", level, code, page + 1))
    pages: list[Row] = [tuple(beside)] if beside else []
    text = f"{month_texts.title(there)}\n{month_texts.PAST if over else month_texts.NO_PAST}"
    rows = (*choices, *pages, (points_of(there.scope, texts.BACK),))
    return Screen(text, rows, Action.of("points_past", level, code, page))


async def homes_of(turn: Turn) -> list[Where]:
    """Return the places that who speaks was made to lead; for an administrator, all there are."""
    if Role.ADMIN in turn.asker.roles:
        return await scopes(turn.session, turn.asker)
    named = [grant.scope for grant in turn.asker.grants if grant.role == Role.CHEF_DE_FILE]
    found = [await where(turn.session, scope) for scope in dict.fromkeys(named)]
    return [one for one in found if one is not None]


async def show_points(turn: Turn, scope: str) -> Screen:
    """Return the meetings of a place; raises `Forged` where who speaks does not lead."""
    there = await place_led(turn, scope)
    today = today_there(turn, there)
    found = await dated(turn.session, turn.asker, there, today - BACK_TO, today + AHEAD_TO)
    waiting = [one for one in found if one.starts_at <= turn.now and awaits(one)]
    coming = [one for one in found if one.is_live and one.starts_at > turn.now]
    rows = one_a_row(
        [
            *month_ways(there, found, today),
            *(button(month_texts.waiting(one), "mt", one.id) for one in waiting[:SHOWN]),
            *(button(month_texts.coming(one, there), "mt", one.id) for one in coming[:SHOWN]),
            button(month_texts.OTHER_KIND, "pl_kinds", *scope.split(":")),
            button(month_texts.PAST, "points_past", *scope.split(":"), 0),
            button(texts.BOOK, "book", *scope.split(":"), 0),
            button(month_texts.OBLIGATIONS, "obl_at", *scope.split(":")),
            button(texts.HOME, "start", ""),
        ]
    )
    text = month_texts.points(there, months(there, found, today), waiting, coming, SHOWN)
    return Screen(text, rows, Action.of("points_at", *scope.split(":")))


def awaits(meeting: Held) -> bool:
    """Whether something is still to be said of a meeting that has begun: that it was held, or its report."""
    return meeting.is_live or meeting.state is MeetingState.HELD


def month_ways(there: Where, found: Sequence[Held], today: date) -> list[Button]:
    """Return the buttons that plan the point that is missing: this month's, else the next one's."""
    wanted = next((one for one in months(there, found, today) if one.open), None)
    if wanted is None:
        return (
            [button(month_texts.PLAN_A_POINT, "point_new", *there.scope.split(":"))]
            if months(there, found, today)
            else []
        )
    at = there.scope.split(":")
    ways = [button(month_texts.plan_point(wanted.period), "point_in", *at, f"{wanted.period.first:%Y-%m}")]
    if wanted.same is not None and wanted.last is not None:
        ways.append(button(month_texts.same_as_before(wanted.same, wanted.last), "point_same", *at))
    monday = on_or_after(today + timedelta(days=7 - today.weekday()), there.place)
    if monday in wanted.period and today in wanted.period:
        ways.append(button(month_texts.remind_me(monday), "point_later", *at, monday.isoformat()))
    return ways
