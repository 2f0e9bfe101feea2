"""When a meeting takes place: a day among the working ones, an hour, a length; tapped or typed."""

from datetime import date, datetime, time, timedelta

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import texts
from handlers.meetings.feature import feature, place_led, today_there
from handlers.meetings.planning.draft import PLANNING, MeetingDraft
from handlers.meetings.planning.steps import back_of
from handlers.meetings.planning.written import day_written, hour_written, length_written
from handlers.month import first_of, weeks_of
from models.base import french
from models.base.revision import Stale
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.meetings.planning.checks import MOST_AHEAD, MOST_MINUTES
from models.meetings.planning.recurrence import rule_of
from models.meetings.territories import Territory
from models.meetings.texts import PlanningRefusal, why_not
from models.reference.working_days import holiday, is_working_day

HOURS = (9, 10, 11, 14, 15, 16)
LENGTHS = (60, 90, 120, 180)
_IN_A_ROW = 3


@PLANNING.step("day")
async def ask_day(context: Context) -> Screen:
    """Ask for the day, in the month of the one that was chosen."""
    return await days(context, f"{PLANNING.of(context).day or context.today:%Y-%m}")


@feature.action("pl_days")
async def days(context: Context, month: str) -> Screen:
    """Show the working days of a month; the others are a tap further."""
    draft = PLANNING.of(context)
    return days_of(context, draft, await place_led(context, draft.scope), _month(month))


def days_of(context: Context, draft: MeetingDraft, there: Territory, first: date) -> Screen:
    """Return the working days of a month in a place."""
    today = today_there(context, there)
    grid = weeks_of(
        first,
        today,
        today + MOST_AHEAD,
        lambda day: is_working_day(day, there.place),
        lambda day: button(texts.short_day(day), "pl_day", f"{day:%Y%m%d}"),
        lambda name, other: button(name, "pl_days", other),
    )
    odd = [(button(texts.ODD_DAYS, "pl_odd", f"{first:%Y-%m}"),)] if _odd(first, today, there) else []
    question = f"{texts.WHICH_DAY}\n{texts.TOUCH_DAY.format(month=french.month(first).capitalize())}"
    text = f"{texts.heading(draft, there)}\n\n{question}"
    return Screen(text, (*grid, *odd, back_of(draft, "day")), Action.of("pl_days", f"{first:%Y-%m}"))


@feature.action("pl_odd")
async def odd_days(context: Context, month: str) -> Screen:
    """Show the holidays and weekends of a month, by their names; they ask for a confirmation."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    first = _month(month)
    choices = [
        button(texts.odd_day(day, holiday(day, there.place)), "pl_day", f"{day:%Y%m%d}")
        for day in _odd(first, today_there(context, there), there)
    ]
    back = (button(texts.BACK, "pl_days", f"{first:%Y-%m}"),)
    text = f"{texts.heading(draft, there)}\n\n{texts.ODD_DAYS_OF.format(month=french.month(first))}"
    return Screen(text, (*one_a_row(choices), back), Action.of("pl_odd", f"{first:%Y-%m}"))


@feature.action("pl_day", coming_day=0)
async def keep_day(context: Context, written: str) -> Screen:
    """Keep the day; one that does not exist, is past or too far is refused. Without a year, it is the next such day."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    today = today_there(context, there)
    day = day_written(written, today)
    if day is None:
        return _refused(await days(context, f"{today:%Y-%m}"), texts.NO_SUCH_DAY)
    if not today <= day <= today + MOST_AHEAD:
        why = PlanningRefusal.PAST if day < today else PlanningRefusal.TOO_FAR
        return _refused(await days(context, f"{today:%Y-%m}"), why_not(why))
    ends = bool(draft.rule) and not rule_of(day).possible
    rule = (rule_of(day).week, draft.rule[1]) if draft.rule and not ends else ()
    draft = PLANNING.keep(context, draft, day=day, rule=rule)
    shown = await PLANNING.go_on(draft, context)
    return shown.headed(texts.SERIES_ENDS).noticed(texts.SERIES_ENDS) if ends else shown


@PLANNING.step("hour")
@feature.action("pl_hours")
async def hours(context: Context) -> Screen:
    """Ask for the hour: the usual ones, or one that is written."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    choices = [button(texts.clock(time(hour)), "pl_hour", f"{hour:02}00") for hour in HOURS]
    text = f"{texts.heading(draft, there)}\n\n{texts.WHICH_HOUR.format(zone=texts.zone(there))}"
    return Screen(text, (*_rows(choices), back_of(draft, "hour")), Action("pl_hours"))


@feature.action("pl_hour")
async def keep_hour(context: Context, written: str) -> Screen:
    """Keep the hour of a button."""
    try:
        hour = time.fromisoformat(written)
    except ValueError as error:
        raise InvalidAction from error
    return await _keep_hour(context, hour)


@feature.action("pl_hour_text")
async def keep_written_hour(context: Context, written: str) -> Screen:
    """Keep the hour that was written: « 14 h 30 », « 14:30 »."""
    hour = hour_written(written)
    return _refused(await hours(context), texts.NO_HOUR) if hour is None else await _keep_hour(context, hour)


@feature.action("pl_hour_unwritten")
async def leave_hour(context: Context) -> Screen:
    """Write no hour; choose the day again, or leave what was."""
    return await _leave(context, "day")


@PLANNING.step("minutes")
@feature.action("pl_lengths")
async def lengths(context: Context) -> Screen:
    """Ask for the length: a usual one, or the hour of the end that is written."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    choices = [button(texts.length(minutes), "pl_length", minutes) for minutes in LENGTHS]
    text = f"{texts.heading(draft, there)}\n\n{texts.HOW_LONG}"
    return Screen(text, (*_rows(choices), back_of(draft, "minutes")), Action("pl_lengths"))


@feature.action("pl_length")
async def keep_length(context: Context, minutes: int) -> Screen:
    """Keep the length of a button."""
    if not 0 < minutes <= MOST_MINUTES:
        why = PlanningRefusal.TOO_LONG if minutes else PlanningRefusal.ENDS_BEFORE_START
        return _refused(await lengths(context), why_not(why, hours=24))
    draft = PLANNING.keep(context, PLANNING.of(context), minutes=minutes)
    return await PLANNING.go_on(draft, context)


@feature.action("pl_length_text")
async def keep_written_end(context: Context, written: str) -> Screen:
    """Keep the length that was written, or that up to the hour of the end; an end before the beginning is refused."""
    draft = PLANNING.of(context)
    if draft.hour is None:
        raise Stale
    minutes = length_written(written, draft.hour)
    if minutes is None:
        return _refused(await lengths(context), texts.NO_LENGTH)
    if minutes <= 0:
        return _refused(await lengths(context), why_not(PlanningRefusal.ENDS_BEFORE_START))
    return await keep_length(context, minutes)


@feature.action("pl_length_unwritten")
async def leave_length(context: Context) -> Screen:
    """Write no length; choose the hour again, or leave what was."""
    return await _leave(context, "hour")


async def _keep_hour(context: Context, hour: time) -> Screen:
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    if draft.day is not None and datetime.combine(draft.day, hour, there.place.zone) <= context.now:
        return _refused(await hours(context), why_not(PlanningRefusal.PAST))
    return await PLANNING.go_on(PLANNING.keep(context, draft, hour=hour), context)


async def _leave(context: Context, before: str) -> Screen:
    return await PLANNING.go_on(PLANNING.of(context), context, otherwise=before)


def _odd(first: date, today: date, there: Territory) -> list[date]:
    month = (first + timedelta(days=n) for n in range(31))
    return [
        day
        for day in month
        if day.month == first.month and today <= day <= today + MOST_AHEAD and not is_working_day(day, there.place)
    ]


def _month(written: str) -> date:
    try:
        return first_of(written)
    except ValueError as error:
        raise InvalidAction from error


def _rows(choices: list[Button]) -> list[Row]:
    return [tuple(choices[start : start + _IN_A_ROW]) for start in range(0, len(choices), _IN_A_ROW)]


def _refused(screen: Screen, why: str) -> Screen:
    return screen.headed(why).noticed(why)
