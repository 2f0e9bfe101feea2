"""The one-page report of a quarter: main indicators under their numbers, completeness, four pictures."""

from models import french
from models.clock import local_day
from models.statistics import charts_texts as texts
from models.statistics.charts import chart_named
from models.statistics.numbers import number
from models.statistics.pictures import Figure, Report
from models.statistics.readings import Asked, entered_of
from models.statistics.sheet import Indicator, Value

NUMBERS = ("F01", "F05", "F06", "F07", "F10", "F12", "F17", "F18", "F19", "F20", "F21", "F23")
PICTURES = ("emploi", "soutien", "emploi-evolution", "completude")


async def report(asked: Asked) -> Report:
    """Return the report of a scope at a campaign's date. Raises `UnknownScope` or `UnknownCampaign`."""
    sheet = await asked.sheet(*NUMBERS)
    values = [sheet.values[name] for name in NUMBERS if name in sheet.values]
    figures = [Figure(value.indicator.number, value.indicator.title, figure(value)) for value in values]
    figures.append(Figure(texts.ENTRY, texts.EXPECTED_AND_ENTERED, await entered_of(asked, sheet)))
    pictures = [await chart_named(name).read(asked) for name in PICTURES]
    return Report(
        texts.REPORT,
        f"{sheet.scope.name} · {french.day_and_year(asked.day)}",
        texts.source(local_day(asked.now)),
        figures,
        pictures,
        [texts.report_note(sheet.validated_share)],
    )


def figure(value: Value) -> str:
    """Return an indicator's value with its unit, or why there is none: « 51 % », « 1 617 personnes », « masqué »."""
    if value.masked:
        return texts.MASKED
    if value.value is None:
        return texts.NOTHING
    return f"{number(value.value, value.indicator.decimals)}{_unit(value.indicator)}"


def _unit(indicator: Indicator) -> str:
    return f"\u00a0{indicator.unit.partition(' ')[0]}" if indicator.unit else ""
