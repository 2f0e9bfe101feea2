"""« Les indicateurs »: each under its number, with its value and with what it is published with."""

from datetime import date

from handlers.feature import Forged
from handlers.pages import SIZE, page_of, turning
from handlers.statistics import texts
from handlers.statistics.conversation import chosen_day, feature, home, within_reach
from handlers.turn import Turn
from models.screens import Action, Screen, button, one_a_row
from models.statistics.catalogue import INDICATORS
from models.statistics.choices import from_button
from models.statistics.printable import holds_small_numbers
from models.statistics.service import indicators
from models.statistics.sheet import Sheet

_NUMBERS = tuple(INDICATORS)


@feature.action("stats_list")
@within_reach
async def listed(turn: Turn, place: str, day: str, number: int) -> Screen:
    """Show a page of the indicators of a place, in the order of their numbers, with their values."""
    numbers = page_of(_NUMBERS, number)
    if not numbers:
        raise Forged
    sheet = await _sheet(turn, place, day, *numbers)
    choices = [
        button(texts.numbered(one.indicator), "stats_one", one.indicator.number, place, day)
        for one in sheet.values.values()
    ]

    def at(page: int) -> Action:
        return Action.of("stats_list", place, day, page)

    turned = turning(number, len(_NUMBERS), at, ways=(texts.PREVIOUS, texts.NEXT))
    rows = (*one_a_row(choices), *turned, (button(texts.BACK, "stats_at", place, day),), home())
    return Screen(texts.indicators(sheet, small=await _small(turn, sheet)), rows, at(number))


@feature.action("stats_one")
@within_reach
async def one(turn: Turn, of: str, place: str, day: str) -> Screen:
    """Show an indicator: its value, definition, population, convention and method, or why it has none."""
    if of not in INDICATORS:
        raise Forged
    sheet = await _sheet(turn, place, day, of)
    back = button(texts.BACK, "stats_list", place, day, _NUMBERS.index(of) // SIZE)
    text = texts.indicator(sheet, sheet.values[of], small=await _small(turn, sheet))
    return Screen(text, ((back,), home()), Action.of("stats_one", of, place, day))


async def _sheet(turn: Turn, place: str, day: str, *numbers: str) -> Sheet:
    chosen = date.fromisoformat(await chosen_day(turn, day, live=False))
    return await indicators(turn.session, turn.asker, chosen, from_button(place), numbers)


async def _small(turn: Turn, sheet: Sheet) -> bool:
    return await holds_small_numbers(turn.session, turn.asker, sheet)
