"""The one-page report of a quarter: main indicators under their numbers, completeness, four pictures."""

from dataclasses import replace

from models.base import french
from models.base.clock import local_day
from models.statistics.charts import texts
from models.statistics.charts.catalogue import chart_named
from models.statistics.charts.pictures import Figure, Picture, Report
from models.statistics.charts.progress import entered_of
from models.statistics.charts.readings import Asked
from models.statistics.errors import OfDispositifs
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.scope import OF_DISPOSITIFS
from models.statistics.texts import StatisticsRefusal

NUMBERS = tuple(number for number, one in INDICATORS.items() if one.on_page)
PICTURES = ("emploi", "soutien", "emploi-evolution", "completude")


async def report(asked: Asked) -> Report:
    """Return the report of a scope at a campaign's date.

    Raises `UnknownScope`, `UnknownCampaign`, or `OfDispositifs` for a part of a dispositif.
    """
    here = await asked.place()
    if here.scope.level not in OF_DISPOSITIFS:
        raise OfDispositifs(StatisticsRefusal.REPORT_OF_DISPOSITIFS)
    sheet = await asked.sheet(*NUMBERS)
    figures = [texts.printed(value) for value in sheet.values.values()]
    figures.append(Figure(texts.ENTRY, texts.EXPECTED_AND_ENTERED, await entered_of(asked)))
    pictures = [await chart_named(name).read(asked) for name in PICTURES]
    small = any(texts.UNMASKED in picture.note for picture in pictures)
    return Report(
        texts.REPORT,
        f"{here.scope.name} · {french.day_and_year(asked.day)}",
        texts.source(local_day(asked.now)),
        figures,
        [_noted_below(picture) for picture in pictures],
        [
            texts.method_note(one.indicator for one in sheet.values.values()),
            texts.report_note(*await asked.validated()),
            *([texts.UNMASKED] if small else []),
        ],
    )


def _noted_below(picture: Picture) -> Picture:
    """Return a picture without the note that the foot of the report says once for all."""
    return replace(picture, note=picture.note.replace(texts.UNMASKED, "").strip())
