"""Putting a reminder off: what a reminder's own buttons do. Checked again when tapped, for a message waits long."""

from dataclasses import replace
from datetime import date

from handlers.context import Context
from handlers.month import tapped_day
from handlers.reminders import texts
from handlers.reminders.feature import Own, feature, own, wishing
from handlers.reminders.wishes import offered, screen
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.reference.decent_hours import moment
from reminders.wishes import may_snooze


@feature.action("snooze_later")
async def choose(context: Context) -> Screen:
    """Show the days to which the reminder may be put off."""
    return _choices(await own(context))


@feature.action("snooze")
async def snooze(context: Context, day: str) -> Screen:
    """Put the reminders of the open campaign off to that day."""
    until = tapped_day(day)
    of = await own(context)
    if of.campaign is None or not of.missing:
        return _choices(of)
    if not may_snooze(until, of.today, of.campaign.date, of.place):
        why = texts.not_that_day(until, of.today, of.place)
        return _choices(of).headed(why).noticed(why)
    after = replace(of, wish=await wishing(context, of).snooze(of.campaign, until))
    return _snoozed(context, after, until)


@feature.action("snoozed")
async def snoozed(context: Context) -> Screen:
    """Show until when the reminders wait."""
    of = await own(context)
    return screen(context, of) if of.snoozed_until is None else _snoozed(context, of, of.snoozed_until)


@feature.action("snooze_off")
async def unsnooze(context: Context) -> Screen:
    """Put nothing off any more."""
    of = await own(context)
    after = replace(of, wish=await wishing(context, of).unsnooze())
    return screen(context, after).headed(texts.SNOOZE_CANCELLED).noticed(texts.SNOOZE_CANCELLED)


def _choices(of: Own) -> Screen:
    days = [button(texts.choice(one), "snooze", one.day) for one in offered(of)]
    ways: list[Row] = [(button(texts.NEXT, "next"),)] if of.missing else []
    ways.append((button(texts.YOUR_REMINDERS, "reminders"),))
    text = texts.CHOOSE_DAY if days else texts.NO_CHOICE
    if of.campaign is None:
        text = texts.NO_CAMPAIGN
    elif not of.missing:
        text = texts.NO_MORE_LEFT
    else:
        text = f"{texts.left(of.entered, of.expected)}\n\n{text}"
    return Screen(text, (*one_a_row(days), *ways), Action("snooze_later"))


def _snoozed(context: Context, of: Own, until: date) -> Screen:
    assert of.campaign is not None
    when = texts.at(moment(until, of.place, of.hour), context.now, of.place)
    lost = texts.not_lost(of.entered, of.expected, of.campaign.date)
    ways = [button(texts.NEXT, "next"), button(texts.CANCEL_SNOOZE, "snooze_off")]
    if any(one.day != until for one in offered(of)):
        ways.append(button(texts.ANOTHER_DAY, "snooze_later"))
    rows = one_a_row([*ways, button(texts.YOUR_REMINDERS, "reminders")])
    done = f"Prochain rappel : {when}."
    return Screen(f"{done}\n{lost}", rows, Action("snoozed")).noticed(done)
