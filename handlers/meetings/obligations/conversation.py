"""The verbs of the obligations: what is due now in a place, what was kept month by month, the register."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from handlers.context import Context
from handlers.feature import Command, Feature, InvalidAction
from handlers.jobs.once import ask_once
from handlers.meetings.obligations import texts
from handlers.month import first_of
from models.accounts.permissions import Extent, Permission, holders
from models.base.paging import page_of, turning
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.base.texts import THOSE
from models.entry.service import Unknown
from models.meetings.jobs import REGISTER
from models.meetings.obligations.service import Due, history, obligations, scopes
from models.meetings.territories import Territory
from models.reference.scopes import NATIONAL, Level, Scope

MONTHS = 6
MOST_LINES = 24
PAGE = 10
WHOLE = "0"
"""In place of the code of a place: the whole country."""

SEEING = holders(Permission.REGISTER)

feature = Feature(
    "obligations",
    Command("obligations", texts.COMMAND, Action("obligations"), SEEING),
    roles=SEEING,
)


@feature.action("obligations")
async def open_obligations(context: Context) -> Screen:
    """Open the widest place that who speaks may count; or the country, where there are several regions."""
    found = await scopes(context.session, context.actor)
    if not found:
        return Screen(texts.NOTHING_DUE, (_home(),), Action("obligations"))
    if len({one.region for one in found}) > 1:
        return await show(context, Level.NATIONAL, WHOLE)
    return await show(context, *_widest(context, found).at)


@feature.action("obl_at")
async def show(context: Context, level: Level, code: str) -> Screen:
    """Show what is due in a place in the present periods, what calls for attention first."""
    scope = level.scope(code)
    dues = await _counted(context, scope)
    kept = texts.counts(dues)
    at = (level, code)
    ways = one_a_row(
        [
            button(texts.HISTORY, "obl_past", *at, f"{context.today:%Y-%m}"),
            button(texts.REGISTER, "obl_register", *at, context.today.year),
            button(texts.ELSEWHERE, "obl_where", *at, 0),
        ]
    )
    there = next((due.where for due in dues if due.where.scope == scope), None)
    plan = [(button(texts.PLAN, "points_at", *at),)] if there is not None and _leads(context, there) else []
    text = f"{texts.title(_named(dues, scope))}\n{kept}\n\n{texts.lines(dues, MOST_LINES)}"
    return Screen(text, (*plan, *ways, _home()), Action.of("obl_at", level, code))


@feature.action("obl_past")
async def show_past(context: Context, level: Level, code: str, month: str) -> Screen:
    """Show what became of each obligation, six months at a time, the last month first."""
    scope = level.scope(code)
    try:
        last = first_of(month)
    except ValueError as error:
        raise InvalidAction from error
    first = last - relativedelta(months=MONTHS - 1)
    try:
        # Years and half-years that began before are told with the month in which they began.
        dues = await history(context.session, context.actor, context.today, scope, first, _end(last))
    except Unknown as error:
        raise InvalidAction from error
    beside: list[Button] = [button(texts.EARLIER, "obl_past", level, code, f"{first - relativedelta(months=1):%Y-%m}")]
    if last < context.today.replace(day=1):
        after = min(last + relativedelta(months=MONTHS), context.today.replace(day=1))
        beside.append(button(texts.LATER, "obl_past", level, code, f"{after:%Y-%m}"))
    rows: tuple[Row, ...] = (
        tuple(beside),
        (button(texts.REGISTER, "obl_register", level, code, last.year),),
        (button(texts.BACK, "obl_at", level, code),),
    )
    text = f"{texts.title(_named(dues, scope))} · {texts.HISTORY_TITLE}\n\n{texts.history(dues, MOST_LINES)}"
    return Screen(text, rows, Action.of("obl_past", level, code, month))


@feature.action("obl_where")
async def choose_place(context: Context, level: Level, code: str, page: int) -> Screen:
    """Choose another of the places that who speaks may count."""
    found = await scopes(context.session, context.actor)
    regions = len({one.region for one in found}) > 1
    choices = [button(texts.place(one), "obl_at", *one.at) for one in page_of(found, page, PAGE)]
    whole = [button(texts.EVERYWHERE, "obl_at", NATIONAL, WHOLE)] if regions and page == 0 else []

    def at(number: int) -> Action:
        return Action.of("obl_where", level, code, number)

    turned = turning(page, len(found), at, size=PAGE, ways=THOSE)
    rows = (*one_a_row([*whole, *choices]), *turned, (button(texts.BACK, "obl_at", level, code),))
    return Screen(f"{texts.TITLE}\n{texts.WHERE}", rows, at(page))


@feature.action("obl_register")
async def ask_register(context: Context, level: Level, code: str, year: int) -> Screen:
    """Have the register of a year written as a workbook; it comes in a message."""
    scope = level.scope(code)
    if not 1 <= context.today.year - year + 1 <= 10:
        raise InvalidAction
    shown = await show(context, level, code)
    asked = {"scope": scope, "first": f"{year}-01-01", "last": min(date(year, 12, 31), context.today).isoformat()}
    told = texts.writing(year) if await ask_once(context, REGISTER, **asked) else texts.ALREADY
    return shown.headed(told).noticed(told)


async def _counted(context: Context, scope: str) -> list[Due]:
    try:
        return await obligations(context.session, context.actor, context.today, scope)
    except Unknown as error:
        raise InvalidAction from error


def _widest(context: Context, found: Sequence[Territory]) -> Territory:
    """Return the place that a grant names, the widest one first; else the first one that may be counted."""
    named = {grant.scope for grant in context.actor.grants}
    return next((one for one in found if one.scope in named), found[0])


def _leads(context: Context, there: Territory) -> bool:
    """Whether who speaks plans there: a button only, the right is checked where it leads."""
    led = context.actor.scopes(Permission.POINTS)
    return context.actor.may(Permission.POINTS, Extent.NATIONAL) or not there.led_from.isdisjoint(led)


def _named(dues: Sequence[Due], scope: str) -> str:
    if scope == NATIONAL:
        return texts.EVERYWHERE
    found = next((due.where for due in dues if due.where.scope == scope), None)
    return texts.place(found) if found else Scope.parse(scope).code


def _end(month: date) -> date:
    return month + relativedelta(months=1, days=-1)


def _home() -> Row:
    return (button(texts.HOME, "start", ""),)
