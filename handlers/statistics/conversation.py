"""The verbs of the figures: what, where, when; then a picture or the page of the quarter, made by a worker."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import wraps

from handlers.context import Context
from handlers.feature import Command, Feature, InvalidAction
from handlers.jobs.once import ask_once
from handlers.statistics import texts
from models.accounts.permissions import Extent, Permission, holders
from models.base.paging import page_of, turning
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.campaigns.tables import Campaign
from models.reference.scopes import Level
from models.statistics.charts.catalogue import CHARTS, Chart
from models.statistics.choices import begun, from_button, in_button, usual_among
from models.statistics.enclosing_scopes import holds_the_data, narrower, scope_of, wider
from models.statistics.errors import UnknownScope
from models.statistics.jobs import CHART, REPORT
from models.statistics.scope import OF_DISPOSITIFS, NamedScope
from models.statistics.service import visible_scopes

PAGE = 10
USUAL = "0"
"""In place of a day: the one that fits what is asked."""

Shows = Callable[..., Awaitable[Screen]]
"""Performs a verb of the figures: of the context and the action's arguments."""

SEEING = holders(Permission.STATISTICS)

feature = Feature(
    "statistics",
    Command("stats", texts.COMMAND_FIGURES, Action("stats"), SEEING),
    Command("trimestre", texts.MINE, Action("quarter"), holders(Permission.STATISTICS, Extent.OWN)),
    roles=SEEING,
)


def within_reach(shown: Shows) -> Shows:
    """Return what shows a place or, where the actor may not see it, says so above what they may see."""

    @wraps(shown)
    async def performed(context: Context, *arguments: object) -> Screen:
        try:
            return await shown(context, *arguments)
        except UnknownScope as error:
            own = await stats(context)
            return own.headed(str(error)).noticed(str(error))

    return performed


@feature.action("stats")
async def stats(context: Context) -> Screen:
    """Show what there is to see of the widest place the actor may see, at the usual moment."""
    scopes = await visible_scopes(context.session, context.actor)
    if not scopes:
        return Screen(texts.NO_SCOPE, (home(),), Action("stats"))
    return await menu(context, in_button(scopes[0]), USUAL)


@feature.action("stats_at")
@within_reach
async def menu(context: Context, place: str, day: str) -> Screen:
    """Show what there is to see of a place: the usual charts first."""
    return await _menu(context, place, day, [chart for chart in CHARTS.values() if chart.first], more=True)


@feature.action("stats_more")
@within_reach
async def more(context: Context, place: str, day: str) -> Screen:
    """Show the other charts."""
    return await _menu(context, place, day, [chart for chart in CHARTS.values() if not chart.first], more=False)


async def _menu(context: Context, place: str, day: str, charts: Sequence[Chart], *, more: bool) -> Screen:
    scope = await seen(context, place)
    campaigns = await begun(context.session, context.today)
    if not campaigns:
        return Screen(texts.NO_CAMPAIGN, (home(),), Action("stats"))
    # What is under way is drawn of the open campaign; figures, of the last one that has ended: they are whole.
    day_of = {live: _chosen_among(campaigns, context.today, day, live=live) for live in (False, True)}
    shown = day_of[False]
    own = [button(texts.MINE, "quarter")] if more and context.actor.may(Permission.STATISTICS, Extent.OWN) else []
    held = scope.level != Level.CASELOAD and await holds_the_data(context.session, context.actor, scope.text)
    offered = [chart for chart in charts if chart.is_for(scope.level, held=held)]
    choices = [
        button(texts.chart(one.label, day_of[one.live], shown), "stats_draw", one.name, day, place) for one in offered
    ]
    other = button(texts.MORE, "stats_more", place, day) if more else button(texts.BACK, "stats_at", place, day)
    report = [button(texts.REPORT, "stats_page", day, place)] if more and scope.level in OF_DISPOSITIFS else []
    rows: tuple[Row, ...] = (
        *one_a_row([*own, *choices, other, button(texts.INDICATORS, "stats_list", place, day, 0), *report]),
        (
            button(texts.OTHER_CAMPAIGN, "stats_when", USUAL, place),
            button(texts.ELSEWHERE, "stats_where", place, 0, day),
        ),
        home(),
    )
    verb = "stats_at" if more else "stats_more"
    return Screen(texts.menu(scope.name, shown), rows, Action.of(verb, place, day))


@feature.action("stats_draw")
@within_reach
async def draw(context: Context, name: str, day: str, place: str) -> Screen:
    """Have a picture drawn, which comes in a message; stay with the charts among which it was chosen."""
    await seen(context, place)
    if name not in CHARTS:
        raise InvalidAction
    chart = CHARTS[name]
    chosen = await chosen_day(context, day, live=chart.live)
    shown = await (menu if chart.first else more)(context, place, day)
    arguments = {"chart": name, "day": chosen, "scope": from_button(place), "menu": day}
    fresh = await ask_once(context, CHART, **arguments)
    told = texts.DRAWING.format(label=chart.label) if fresh else texts.ALREADY
    return shown.headed(told).noticed(told)


@feature.action("stats_page")
@within_reach
async def page(context: Context, day: str, place: str) -> Screen:
    """Have the one-page report made; it comes in a message."""
    await seen(context, place)
    chosen = await chosen_day(context, day, live=False)
    shown = await menu(context, place, day)
    fresh = await ask_once(context, REPORT, day=chosen, scope=from_button(place))
    told = texts.PRINTING if fresh else texts.ALREADY
    return shown.headed(told).noticed(told)


@feature.action("stats_when")
@within_reach
async def choose_campaign(context: Context, name: str, place: str) -> Screen:
    """Choose the campaign: of a chart, which is then drawn, or of all that is seen of a place."""
    return await choose_older(context, name, place, 0)


@feature.action("stats_older")
@within_reach
async def choose_older(context: Context, name: str, place: str, number: int) -> Screen:
    """Choose the campaign on that page of them, the newest first."""
    if name != USUAL and name not in CHARTS:
        raise InvalidAction
    scope = await seen(context, place)
    campaigns = await begun(context.session, context.today)
    choices = [
        button(texts.campaign(one, context.today), "stats_at", place, one.date.isoformat())
        if name == USUAL
        else button(texts.campaign(one, context.today), "stats_draw", name, one.date.isoformat(), place)
        for one in page_of(campaigns, number)
    ]

    def at(page: int) -> Action:
        return Action.of("stats_older", name, place, page)

    turned = turning(number, len(campaigns), at, ways=(texts.NEWER, texts.OLDER))
    rows = (*one_a_row(choices), *turned, (button(texts.BACK, "stats_at", place, USUAL),))
    label = CHARTS[name].label if name != USUAL else texts.FIGURES
    return Screen(f"{label} · {scope.name}\n\n{texts.CHOOSE_CAMPAIGN}", rows, at(number))


@feature.action("stats_where")
@within_reach
async def choose_place(context: Context, place: str, number: int, day: str) -> Screen:
    """Choose a place within this one, or a wider one that the actor may see."""
    scope = await seen(context, place)
    found = await narrower(context.session, context.actor, scope)
    choices = [button(one.name, "stats_at", in_button(one.text), day) for one in page_of(found, number, PAGE)]
    ways = [
        button(texts.WIDER.format(name=one.name), "stats_at", in_button(one.text), day)
        for one in await wider(context.session, context.actor, scope)
    ]

    def at(page: int) -> Action:
        return Action.of("stats_where", place, page, day)

    turned = turning(number, len(found), at, size=PAGE, ways=(texts.PREVIOUS, texts.NEXT))
    rows = (*one_a_row(choices), *turned, *one_a_row([*ways, button(texts.BACK, "stats_at", place, day)]))
    return Screen(texts.narrower(scope.name), rows, at(number))


async def seen(context: Context, place: str) -> NamedScope:
    """Return the scope a button names. Raises `UnknownScope` for one that the actor may not see: it does not exist."""
    return await scope_of(context.session, context.actor, from_button(place))


async def chosen_day(context: Context, day: str, *, live: bool) -> str:
    """Return the day of a campaign that has opened: the one of the button, or the usual one."""
    return _chosen_among(await begun(context.session, context.today), context.today, day, live=live).isoformat()


def _chosen_among(campaigns: Sequence[Campaign], today: date, day: str, *, live: bool) -> date:
    days = {campaign.date.isoformat(): campaign.date for campaign in campaigns}
    found = usual_among(campaigns, today, live=live) if day == USUAL else days.get(day)
    if found is None:
        raise InvalidAction
    return found


def home() -> Row:
    """Return the way home."""
    return (button(texts.HOME, "start", ""),)
