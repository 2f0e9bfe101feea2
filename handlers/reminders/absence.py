"""An absence, from a day to another: two taps on a calendar, and a third to be back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers.feature import Forged
from handlers.month import first_of, rows_of, tapped_day
from handlers.reminders import texts
from handlers.reminders.feature import feature, own, wishing
from handlers.reminders.wishes import back, screen
from handlers.turn import Turn
from models import french
from models.reminders.service import LONGEST_ABSENCE, WishRefused
from models.reminders.texts import ABSENCE_LONG, ABSENCE_PAST
from models.screens import Action, Button, Screen, bold, button


@feature.action("absent")
async def choose_first(turn: Turn, month: str) -> Screen:
    """Show the days of a month on which an absence may begin."""
    today = (await own(turn)).today
    return _calendar(
        month,
        today,
        today + LONGEST_ABSENCE,
        texts.ABSENT_FROM,
        lambda day: button(str(day.day), "absent_from", f"{day:%Y%m%d}"),
        "absent",
    )


@feature.action("absent_from", day=0)
async def from_day(turn: Turn, day: str) -> Screen:
    """Keep the first day; ask for the last one."""
    return await choose_last(turn, day, f"{tapped_day(day):%Y-%m}")


@feature.action("absent_to")
async def choose_last(turn: Turn, day: str, month: str) -> Screen:
    """Show the days of a month on which the absence may end."""
    first, today = tapped_day(day), (await own(turn)).today
    if not today <= first <= today + LONGEST_ABSENCE:
        why = ABSENCE_PAST if first < today else ABSENCE_LONG
        return (await choose_first(turn, f"{today:%Y-%m}")).headed(why).noticed(why)
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
async def until_day(turn: Turn, first: str, last: str) -> Screen:
    """Note the absence."""
    of = await own(turn)
    try:
        wish = await wishing(turn, of).be_absent(tapped_day(first), tapped_day(last))
    except WishRefused as refused:
        # The first day was good: only the last one is asked for again.
        again = await choose_last(turn, first, f"{tapped_day(first):%Y-%m}")
        return again.headed(str(refused)).noticed(str(refused))
    return screen(turn, replace(of, wish=wish)).noticed(texts.absence(tapped_day(first), tapped_day(last), of.today))


@feature.action("absent_no_more")
async def be_back(turn: Turn) -> Screen:
    """End the absence, or cancel the one to come."""
    of = await own(turn)
    if of.away is None:
        return screen(turn, of)
    done = texts.WELCOME_BACK if of.away.first <= of.today else texts.ABSENCE_CANCELLED
    after = replace(of, wish=await wishing(turn, of).be_back())
    return screen(turn, after).headed(done).noticed(done)


def _calendar(
    month: str, earliest: date, latest: date, question: str, pick: Callable[[date], Button], verb: str, *more: str
) -> Screen:
    try:
        first = first_of(month)
    except ValueError as error:
        raise Forged from error
    rows = rows_of(first, earliest, latest, pick, lambda name, other: button(name, verb, *more, other))
    text = f"{question}\n{texts.TOUCH_DAY.format(month=bold(french.month(first).capitalize()))}"
    return Screen(text, (*rows, back()), Action.of(verb, *more, month))
