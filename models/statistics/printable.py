"""What of the indicators may stand on a picture or a page, which leave the hands they were made for.

Whoever holds the data sees its indicators whole; on paper they are masked as the bars beside them are.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.statistics import service
from models.statistics.disclosure.control import TOTAL, TWO, shown_alone
from models.statistics.disclosure.figures import CATEGORIES, of_a_few
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.indicators.formulas import (
    ActiveFile,
    Persons,
    ShareOfEntries,
    Slope,
    WidestGap,
    YearlyChange,
)
from models.statistics.places import place
from models.statistics.sheet import Breakdown, IndicatorTable, Value

_OF_F01 = Persons | YearlyChange | WidestGap | ActiveFile
"""What tells nothing where F01 is hidden."""


async def printable(session: AsyncSession, actor: Actor, sheet: IndicatorTable) -> IndicatorTable:
    """Return the sheet without what the bars hide; as it is for readers, for whom it is masked already.

    Raises `UnknownScope` if the actor may not see the sheet's scope any more.
    """
    scope = sheet.scope.text
    values = await printable_values(session, actor, sheet.campaign, scope, sheet.values, sheet.population)
    return replace(sheet, values=values)


async def printable_values(
    session: AsyncSession, actor: Actor, day: date, scope: str, values: Mapping[str, Value], f01: float | None
) -> Mapping[str, Value]:
    """Return the values of a scope at a campaign's date, `f01` persons there, as `printable` does those of a sheet."""
    if not (await place(session, actor, scope)).individual:
        return values
    needed = {CATEGORIES[number][0] for number in values if number in CATEGORIES} | {Breakdown.NIVEAU}
    bars = {by: await service.distribution(session, actor, day, scope, by) for by in needed}
    hidden = {
        number for number, (by, category) in CATEGORIES.items() if by in bars and bars[by].rows[category].count is None
    }
    if bars[Breakdown.NIVEAU].total is None:
        hidden |= {number for number in values if isinstance(INDICATORS[number].formula, _OF_F01)}
    hidden |= {number for number, one in values.items() if _small(one, f01)}
    return _without(values, hidden)


async def holds_small_numbers(session: AsyncSession, actor: Actor, sheet: IndicatorTable) -> bool:
    """Whether the sheet tells what a picture would hide. Raises as `printable` does."""
    told = await printable(session, actor, sheet)
    return any(one.masked and not sheet.values[number].masked for number, one in told.values.items())


def _small(one: Value, f01: float | None) -> bool:
    """Whether an indicator tells, by itself or beside F01, of too few persons."""
    if one.value is None or f01 is None:
        return False
    match INDICATORS[one.indicator.number].formula:
        case YearlyChange(1):
            return not shown_alone([round(f01 - one.value)], TOTAL).total  # F01 a year before
        case ShareOfEntries() if one.denominator:
            of_spe = round(one.value * one.denominator / 100)
            return 0 not in shown_alone([of_spe, one.denominator - of_spe], TWO).categories
        case Slope():
            return of_a_few(one)
        case ActiveFile():
            return 0 not in shown_alone([round(f01), round(one.value - f01)], TWO).categories
        case _:
            return False


def _without(values: Mapping[str, Value], hidden: set[str]) -> dict[str, Value]:
    return {
        number: Value(one.indicator, masked=True) if number in hidden and one.value is not None else one
        for number, one in values.items()
    }
