"""`/rappels`: when the next reminder comes and why, and what somebody wishes of them."""

from dataclasses import replace

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.reminders import texts
from handlers.reminders.feature import Own, feature, own, wishing
from models.accounts.permissions import Permission
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.campaigns import texts as campaigns
from models.reference.decent_hours import WISHABLE
from reminders.steps import Course
from reminders.texts import put_off
from reminders.upcoming import Ahead
from reminders.wishes import Snooze, snoozes

_HOURS_A_ROW = 3


@feature.action("reminders")
async def show(context: Context) -> Screen:
    """Show when the next reminder comes and why, and what was wished."""
    return screen(context, await own(context))


@feature.action("remind_hours")
async def hours(context: Context) -> Screen:
    """Choose the hour of the day."""
    of = await own(context)
    choices = [button(texts.hour_wished(hour, actual=hour == of.hour), "remind_at", hour) for hour in WISHABLE]
    rows = [tuple(choices[start : start + _HOURS_A_ROW]) for start in range(0, len(choices), _HOURS_A_ROW)]
    text = f"{texts.CHOOSE_HOUR}\n{texts.NOW_AT.format(clock=texts.clock(of.hour, of.departement, of.place))}"
    return Screen(text, (*rows, back()), Action("remind_hours"))


@feature.action("remind_at")
async def remind_at(context: Context, hour: int) -> Screen:
    """Be reminded at that hour."""
    if hour not in WISHABLE:
        raise InvalidAction
    before = await own(context)
    after = replace(before, wish=await wishing(context, before).remind_at(hour))
    done = texts.COMING_AT.format(clock=texts.clock(hour, after.departement, after.place))
    back_to = button(texts.BACK_TO.format(hour=texts.hour(before.hour)), "remind_at", before.hour)
    undo = () if hour == before.hour else ((back_to,),)
    return screen(context, after, undo).headed(done).noticed(done)


@feature.action("digests")
async def digests(context: Context, paused: int) -> Screen:
    """Stop the weekly digests, or have them again."""
    if not context.actor.may(Permission.REMINDERS_FORECAST) or paused not in {0, 1}:
        raise InvalidAction
    before = await own(context)
    after = replace(before, wish=await wishing(context, before).pause_digests(bool(paused)))
    done = texts.PAUSED if paused else texts.RESUMED
    return screen(context, after).headed(done).noticed(done)


def screen(context: Context, of: Own, first: tuple[Row, ...] = ()) -> Screen:
    """Return the screen of somebody's reminders, with the rows that come before the others."""
    rows = [*first, *_snoozing(context, of), (button(texts.HOUR, "remind_hours"),), _absence(of)]
    if context.actor.may(Permission.REMINDERS_FORECAST):
        paused = of.wish.digests_paused
        rows.append((button(texts.RESUME, "digests", 0) if paused else button(texts.PAUSE, "digests", 1),))
        rows.append((button(texts.FORECAST, "forecast"), button(texts.WHO_PUT_OFF, "put_off")))
    if context.actor.may(Permission.REMINDERS_PREVIEW):
        rows.append((button(texts.PREVIEW, "reminders_preview", 0),))
    rows.append((button(texts.HOME, "home") if context.actor.may_enter else button(texts.HOME, "start", ""),))
    return Screen(_text(context, of), tuple(rows), Action("reminders"))


def offered(of: Own) -> tuple[Snooze, ...]:
    """Return the days to which somebody may still put their reminders off; none where nothing is left to remind of."""
    if of.campaign is None or not of.missing:
        return ()
    return snoozes(of.today, of.campaign.date, of.place)


def back() -> Row:
    """Return the way back to the reminders."""
    return (button(texts.BACK, "reminders"),)


def _snoozing(context: Context, of: Own) -> list[Row]:
    choices = [button(put_off(one.label), "snooze", one.day) for one in offered(of) if one.day != of.snoozed_until]
    rows = list(one_a_row(choices)) if of.away is None or not of.away.covers(of.today) else []
    if of.snoozed_until is not None:
        rows.insert(0, (button(texts.CANCEL_SNOOZE, "snooze_off"),))
    if of.missing:
        rows.insert(0, (button(texts.NEXT, "next"),))
    return rows


def _absence(of: Own) -> Row:
    if of.away is None:
        return (button(texts.ABSENCE, "absent", f"{of.today:%Y-%m}"),)
    begun = of.away.first <= of.today
    return (button(texts.BE_BACK if begun else texts.CANCEL_ABSENCE, "absent_no_more"),)


def _text(context: Context, of: Own) -> str:
    parts = [texts.TITLE]
    if of.campaign is None:
        parts.append(texts.NO_CAMPAIGN)
    else:
        parts[0] = f"{texts.TITLE}\n{campaigns.title(of.campaign)}\n{campaigns.due(of.campaign, of.today)}"
        parts.append(_next(context, of))
    lines = [texts.AT.format(clock=texts.clock(of.hour, of.departement, of.place))]
    if of.snoozed_until is not None:
        lines.append(texts.snoozed(of.snoozed_until, of.today))
    if of.away is not None:
        lines.append(texts.absence(of.away.first, of.away.last, of.today))
        lines.append(texts.TOLD_INSTEAD)
    if of.wish.digests_paused and context.actor.may(Permission.REMINDERS_FORECAST):
        lines.append(texts.PAUSED)
    return "\n\n".join((*parts, "\n".join(lines)))


def _next(context: Context, of: Own) -> str:
    assert of.campaign is not None
    course = Course(of.campaign.opens, of.campaign.date, of.campaign.closes)
    ahead = Ahead(course, of.place, context.now, of.wishes, of.told)
    coming = ahead.coming(context.actor.roles, missing=of.missing > 0)
    lines = [texts.coming(one, of.place, of.entered, of.expected, context.now) for one in coming]
    if of.expected and not of.missing:
        lines.insert(0, texts.NOTHING_LEFT)
    return "\n".join(lines) or texts.NOTHING_COMES
