"""« Les indicateurs »: each under its number, with its value and with what it is published with."""

from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.statistics import texts
from handlers.statistics.conversation import chosen_day, feature, home, within_reach
from models.base.paging import SIZE, page_of, turning
from models.base.screens import Action, Screen, button, one_a_row
from models.statistics.choices import from_button
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.printable import holds_small_numbers
from models.statistics.service import indicators
from models.statistics.sheet import IndicatorTable

_NUMBERS = tuple(INDICATORS)


@feature.action("stats_list")
@within_reach
async def listed(context: Context, place: str, day: str, number: int) -> Screen:
    """Show a page of the indicators of a place, in the order of their numbers, with their values."""
    numbers = page_of(_NUMBERS, number)
    if not numbers:
        raise InvalidAction
    sheet = await _sheet(context, place, day, *numbers)
    choices = [
        button(texts.numbered(one.indicator), "stats_one", one.indicator.number, place, day)
        for one in sheet.values.values()
    ]

    def at(page: int) -> Action:
        return Action.of("stats_list", place, day, page)

    turned = turning(number, len(_NUMBERS), at, ways=(texts.PREVIOUS, texts.NEXT))
    rows = (*one_a_row(choices), *turned, (button(texts.BACK, "stats_at", place, day),), home())
    return Screen(texts.indicators(sheet, small=await _small(context, sheet)), rows, at(number))


@feature.action("stats_one")
@within_reach
async def one(context: Context, of: str, place: str, day: str) -> Screen:
    """Show an indicator: its value, definition, population, convention and method, or why it has none."""
    if of not in INDICATORS:
        raise InvalidAction
    sheet = await _sheet(context, place, day, of)
    back = button(texts.BACK, "stats_list", place, day, _NUMBERS.index(of) // SIZE)
    text = texts.indicator(sheet, sheet.values[of], small=await _small(context, sheet))
    return Screen(text, ((back,), home()), Action.of("stats_one", of, place, day))


async def _sheet(context: Context, place: str, day: str, *numbers: str) -> IndicatorTable:
    chosen = date.fromisoformat(await chosen_day(context, day, live=False))
    return await indicators(context.session, context.actor, chosen, from_button(place), numbers)


async def _small(context: Context, sheet: IndicatorTable) -> bool:
    return await holds_small_numbers(context.session, context.actor, sheet)
