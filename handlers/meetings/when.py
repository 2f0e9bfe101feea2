"""When a meeting takes place: a day among the working ones, an hour, a length; tapped or typed."""

from datetime import date, datetime, time, timedelta

from handlers.feature import Forged
from handlers.meetings import texts
from handlers.meetings.draft import Draft
from handlers.meetings.feature import feature, place_led, today_there
from handlers.meetings.steps import back_of, next_step, step
from handlers.meetings.written import day_written, hour_written, length_written
from handlers.month import first_of, weeks_of
from handlers.turn import Turn
from models import french
from models.events.writing import Stale
from models.meetings.checks import MOST_AHEAD, MOST_MINUTES
from models.meetings.same_rule import rule_of
from models.meetings.texts import ENDS_BEFORE_START, PAST, TOO_FAR, TOO_LONG
from models.platforms.where import Where
from models.screens import Action, Button, Row, Screen, button, one_a_row
from models.working_days import holiday, is_working_day

HOURS = (9, 10, 11, 14, 15, 16)
LENGTHS = (60, 90, 120, 180)
_IN_A_ROW = 3


@step("day")
@feature.action("pl_days")
async def days(turn: Turn, month: str) -> Screen:
    """Show the working days of a month; the others are a tap further."""
    draft = Draft.of(turn)
    return days_of(turn, draft, await place_led(turn, draft.scope), _month(month))


def days_of(turn: Turn, draft: Draft, there: Where, first: date) -> Screen:
    """Return the working days of a month in a place."""
    today = today_there(turn, there)
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
async def odd_days(turn: Turn, month: str) -> Screen:
    """Show the holidays and weekends of a month, by their names; they ask for a confirmation."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    first = _month(month)
    choices = [
        button(texts.odd_day(day, holiday(day, there.place)), "pl_day", f"{day:%Y%m%d}")
        for day in _odd(first, today_there(turn, there), there)
    ]
    back = (button(texts.BACK, "pl_days", f"{first:%Y-%m}"),)
    text = f"{texts.heading(draft, there)}\n\n{texts.ODD_DAYS_OF.format(month=french.month(first))}"
    return Screen(text, (*one_a_row(choices), back), Action.of("pl_odd", f"{first:%Y-%m}"))


@feature.action("pl_day", coming_day=0)
async def keep_day(turn: Turn, written: str) -> Screen:
    """Keep the day; one that does not exist, is past or too far is refused. Without a year, it is the next such day."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    today = today_there(turn, there)
    day = day_written(written, today)
    if day is None:
        return _refused(await days(turn, f"{today:%Y-%m}"), texts.NO_SUCH_DAY)
    if not today <= day <= today + MOST_AHEAD:
        return _refused(await days(turn, f"{today:%Y-%m}"), PAST if day < today else TOO_FAR)
    draft.day = day.isoformat()
    ends = bool(draft.rule) and not rule_of(day).possible
    draft.rule = [rule_of(day).week, draft.rule[1]] if draft.rule and not ends else []
    draft.keep(turn)
    shown = await next_step(turn, draft)
    return shown.headed(texts.SERIES_ENDS).noticed(texts.SERIES_ENDS) if ends else shown


@step("hour")
@feature.action("pl_hours")
async def hours(turn: Turn) -> Screen:
    """Ask for the hour: the usual ones, or one that is written."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    choices = [button(texts.clock(time(hour)), "pl_hour", f"{hour:02}00") for hour in HOURS]
    text = f"{texts.heading(draft, there)}\n\n{texts.WHICH_HOUR.format(zone=texts.zone(there))}"
    return Screen(text, (*_rows(choices), back_of(draft, "hour")), Action("pl_hours"))


@feature.action("pl_hour")
async def keep_hour(turn: Turn, written: str) -> Screen:
    """Keep the hour of a button."""
    try:
        hour = time.fromisoformat(written)
    except ValueError as error:
        raise Forged from error
    return await _keep_hour(turn, hour)


@feature.action("pl_hour_text")
async def keep_written_hour(turn: Turn, written: str) -> Screen:
    """Keep the hour that was written: « 14 h 30 », « 14:30 »."""
    hour = hour_written(written)
    return _refused(await hours(turn), texts.NO_HOUR) if hour is None else await _keep_hour(turn, hour)


@feature.action("pl_hour_unwritten")
async def leave_hour(turn: Turn) -> Screen:
    """Write no hour; choose the day again, or leave what was."""
    return await _leave(turn, "day")


@step("minutes")
@feature.action("pl_lengths")
async def lengths(turn: Turn) -> Screen:
    """Ask for the length: a usual one, or the hour of the end that is written."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    choices = [button(texts.length(minutes), "pl_length", minutes) for minutes in LENGTHS]
    text = f"{texts.heading(draft, there)}\n\n{texts.HOW_LONG}"
    return Screen(text, (*_rows(choices), back_of(draft, "minutes")), Action("pl_lengths"))


@feature.action("pl_length")
async def keep_length(turn: Turn, minutes: int) -> Screen:
    """Keep the length of a button."""
    if not 0 < minutes <= MOST_MINUTES:
        return _refused(await lengths(turn), TOO_LONG.format(hours="24 heures") if minutes else ENDS_BEFORE_START)
    draft = Draft.of(turn)
    draft.minutes = minutes
    draft.keep(turn)
    return await next_step(turn, draft)


@feature.action("pl_length_text")
async def keep_written_end(turn: Turn, written: str) -> Screen:
    """Keep the length that was written, or that up to the hour of the end; an end before the beginning is refused."""
    draft = Draft.of(turn)
    if not draft.hour:
        raise Stale
    minutes = length_written(written, time.fromisoformat(draft.hour))
    if minutes is None:
        return _refused(await lengths(turn), texts.NO_LENGTH)
    return await keep_length(turn, minutes) if minutes > 0 else _refused(await lengths(turn), ENDS_BEFORE_START)


@feature.action("pl_length_unwritten")
async def leave_length(turn: Turn) -> Screen:
    """Write no length; choose the hour again, or leave what was."""
    return await _leave(turn, "hour")


async def _keep_hour(turn: Turn, hour: time) -> Screen:
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    day = draft.chosen_day
    if day is not None and datetime.combine(day, hour, there.place.zone) <= turn.now:
        return _refused(await hours(turn), PAST)
    draft.hour = hour.isoformat("minutes")
    draft.keep(turn)
    return await next_step(turn, draft)


async def _leave(turn: Turn, before: str) -> Screen:
    return await next_step(turn, Draft.of(turn), otherwise=before)


def _odd(first: date, today: date, there: Where) -> list[date]:
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
        raise Forged from error


def _rows(choices: list[Button]) -> list[Row]:
    return [tuple(choices[start : start + _IN_A_ROW]) for start in range(0, len(choices), _IN_A_ROW)]


def _refused(screen: Screen, why: str) -> Screen:
    return screen.headed(why).noticed(why)
