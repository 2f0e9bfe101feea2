"""Putting a reminder off: what a reminder's own buttons do. Checked again when tapped, for a message waits long."""

from dataclasses import replace
from datetime import date

from handlers.month import tapped_day
from handlers.reminders import texts
from handlers.reminders.feature import Own, feature, own, wishing
from handlers.reminders.wishes import offered, screen
from handlers.turn import Turn
from models.screens import Action, Row, Screen, button, one_a_row
from reminders.hours import moment
from reminders.wishes import may_snooze


@feature.action("snooze_later")
async def choose(turn: Turn) -> Screen:
    """Show the days to which the reminder may be put off."""
    return _choices(await own(turn))


@feature.action("snooze")
async def snooze(turn: Turn, day: str) -> Screen:
    """Put the reminders of the open campaign off to that day."""
    until = tapped_day(day)
    of = await own(turn)
    if of.campaign is None or not of.missing:
        return _choices(of)
    if not may_snooze(until, of.today, of.campaign.date, of.place):
        why = texts.not_that_day(until, of.today, of.place)
        return _choices(of).headed(why).noticed(why)
    after = replace(of, wish=await wishing(turn, of).snooze(of.campaign, until))
    return _snoozed(turn, after, until)


@feature.action("snoozed")
async def snoozed(turn: Turn) -> Screen:
    """Show until when the reminders wait."""
    of = await own(turn)
    return screen(turn, of) if of.snoozed_until is None else _snoozed(turn, of, of.snoozed_until)


@feature.action("snooze_off")
async def unsnooze(turn: Turn) -> Screen:
    """Put nothing off any more."""
    of = await own(turn)
    after = replace(of, wish=await wishing(turn, of).unsnooze())
    return screen(turn, after).headed(texts.SNOOZE_CANCELLED).noticed(texts.SNOOZE_CANCELLED)


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


def _snoozed(turn: Turn, of: Own, until: date) -> Screen:
    assert of.campaign is not None
    when = texts.at(moment(until, of.place, of.hour), turn.now, of.place)
    lost = texts.not_lost(of.entered, of.expected, of.campaign.date)
    ways = [button(texts.NEXT, "next"), button(texts.CANCEL_SNOOZE, "snooze_off")]
    if any(one.day != until for one in offered(of)):
        ways.append(button(texts.ANOTHER_DAY, "snooze_later"))
    rows = one_a_row([*ways, button(texts.YOUR_REMINDERS, "reminders")])
    done = f"Prochain rappel : {when}."
    return Screen(f"{done}\n{lost}", rows, Action("snoozed")).noticed(done)
