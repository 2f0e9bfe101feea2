"""An absence, from a day to another: two taps on a calendar, and a third to be back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.month import first_of, rows_of, tapped_day
from handlers.reminders import texts
from handlers.reminders.feature import feature, own, wishing
from handlers.reminders.wishes import back, screen
from models.base import french
from models.base.screens import Action, Button, Screen, bold, button
from models.reminders.service import LONGEST_ABSENCE, WishRefused
from models.reminders.texts import ABSENCE_LONG, ABSENCE_PAST


@feature.action("absent")
async def choose_first(context: Context, month: str) -> Screen:
    """Show the days of a month on which an absence may begin."""
    today = (await own(context)).today
    return _calendar(
        month,
        today,
        today + LONGEST_ABSENCE,
        texts.ABSENT_FROM,
        lambda day: button(str(day.day), "absent_from", f"{day:%Y%m%d}"),
        "absent",
    )


@feature.action("absent_from", day=0)
async def from_day(context: Context, day: str) -> Screen:
    """Keep the first day; ask for the last one."""
    return await choose_last(context, day, f"{tapped_day(day):%Y-%m}")


@feature.action("absent_to")
async def choose_last(context: Context, day: str, month: str) -> Screen:
    """Show the days of a month on which the absence may end."""
    first, today = tapped_day(day), (await own(context)).today
    if not today <= first <= today + LONGEST_ABSENCE:
        why = ABSENCE_PAST if first < today else ABSENCE_LONG
        return (await choose_first(context, f"{today:%Y-%m}")).headed(why).noticed(why)
    return _calendar(
        month,
        first,
        today + LONGEST_ABSENCE,
        texts.ABSENT_UNTIL.format(first=french.weekday(first)),
        lambda last: button(str(last.day), "absent_until", day, f"{last:%Y%m%d}"),
        "absent_to",
        day,
    )


@feature.action("absent_until", day=1)
async def until_day(context: Context, first: str, last: str) -> Screen:
    """Note the absence."""
    of = await own(context)
    try:
        wish = await wishing(context, of).be_absent(tapped_day(first), tapped_day(last))
    except WishRefused as refused:
        # The first day was good: only the last one is asked for again.
        again = await choose_last(context, first, f"{tapped_day(first):%Y-%m}")
        return again.headed(str(refused)).noticed(str(refused))
    return screen(context, replace(of, wish=wish)).noticed(texts.absence(tapped_day(first), tapped_day(last), of.today))


@feature.action("absent_no_more")
async def be_back(context: Context) -> Screen:
    """End the absence, or cancel the one to come."""
    of = await own(context)
    if of.away is None:
        return screen(context, of)
    done = texts.WELCOME_BACK if of.away.first <= of.today else texts.ABSENCE_CANCELLED
    after = replace(of, wish=await wishing(context, of).be_back())
    return screen(context, after).headed(done).noticed(done)


def _calendar(
    month: str, earliest: date, latest: date, question: str, pick: Callable[[date], Button], verb: str, *more: str
) -> Screen:
    try:
        first = first_of(month)
    except ValueError as error:
        raise InvalidAction from error
    rows = rows_of(first, earliest, latest, pick, lambda name, other: button(name, verb, *more, other))
    text = f"{question}\n{texts.TOUCH_DAY.format(month=bold(french.month(first).capitalize()))}"
    return Screen(text, (*rows, back()), Action.of(verb, *more, month))
