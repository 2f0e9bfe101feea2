"""What each chart reads, and the picture it makes of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from sqlalchemy.ext.asyncio import AsyncSession

from models import french
from models.accounts.rights import Asker
from models.campaigns.repository import all_campaigns
from models.clock import local_day
from models.statistics import charts_texts as texts
from models.statistics import service
from models.statistics.pictures import Bars, HeatMap, Hidden, Lines, Picture, Shape, Stacked, Unit, Value
from models.statistics.scope import Kind
from models.statistics.sheet import Breakdown, Completeness, Level, Sheet
from models.statistics.sheet import Value as Published

MOST_LINES, MOST_ROWS = 20, 6
"""How many campaigns a line runs over; how many rows or columns a picture has for them."""

MOST_PLACES = 16
"""How many rows of a heat map are readable in one picture: the least complete, where there are more."""

MOST_STACKS = 8


@dataclass(frozen=True)
class Asked:
    """Who asks for a picture, about which campaign and scope, and when."""

    session: AsyncSession
    asker: Asker
    day: date
    scope: str
    now: datetime

    async def sheet(self, *numbers: str) -> Sheet:
        """Return the indicators of those numbers. Raises `UnknownScope` or `UnknownCampaign`."""
        return await service.indicators(self.session, self.asker, self.day, self.scope, numbers)

    async def days(self, most: int) -> list[date]:
        """Return the dates of the campaigns up to the one asked about, oldest first, `most` of them."""
        days = [campaign.date for campaign in await all_campaigns(self.session) if campaign.date <= self.day]
        return days[:most][::-1]

    def picture(self, title: str, sheet: Sheet, shape: Shape, words: str, population: str, note: str = "") -> Picture:
        """Return the picture, with where and when, its source, and the second line of its words."""
        where = f"{sheet.scope.name} · {french.day_and_year(self.day)}"
        told = f"{words}\n{texts.second(population, sheet.validated_share)}"
        return Picture(title, where, texts.source(local_day(self.now)), shape, told, note)


def divided(by: Breakdown) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads a distribution: a bar each."""

    async def read(asked: Asked) -> Picture:
        found = await service.distribution(asked.session, asked.asker, asked.day, asked.scope, by)
        counts = [_known(row.count) for row in found.rows]
        shape = Bars([row.label for row in found.rows], counts)
        words = texts.largest([(row.label, row.count, row.share) for row in found.rows], found.total)
        return asked.picture(found.title, await asked.sheet("F01"), shape, words, found.population)

    return read


def indicator_lines(title: str, *numbers: str) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads indicators over campaigns: a line each."""

    async def read(asked: Asked) -> Picture:
        sheet = await asked.sheet(*numbers)
        days = await asked.days(MOST_LINES)
        lines = [await service.evolution(asked.session, asked.asker, asked.scope, number, days) for number in numbers]
        first = sheet.values[numbers[0]].indicator
        unit = Unit.PERCENT if first.unit.startswith("%") else Unit.PERSONS
        names = [texts.line(sheet.values[number].indicator) for number in numbers]
        values = [[published(value) for _, value in line] for line in lines]
        words = texts.moved([(name, *_ends(row)) for name, row in zip(names, values, strict=True)], unit, days[0])
        return asked.picture(title, sheet, Lines(days, names, values, unit), words, first.population)

    return read


async def support_over_time(asked: Asked) -> Picture:
    """Return the parts of each level of support, a bar per campaign."""
    days = await asked.days(MOST_ROWS)
    found = [await service.distribution(asked.session, asked.asker, day, asked.scope, Breakdown.NIVEAU) for day in days]
    parts = [row.label for row in found[-1].rows]
    rows = [[_known(row.count) for row in one.rows] for one in found]
    last = found[-1]
    words = texts.largest([(row.label, row.count, row.share) for row in last.rows], last.total)
    shape = Stacked([french.day_and_year(day) for day in days], parts, rows)
    return asked.picture(texts.SUPPORT, await asked.sheet("F01"), shape, words, last.population)


async def progress(asked: Asked) -> Picture:
    """Return what was entered on time, late, and is missing, a bar per place."""
    sheet = await asked.sheet("F01")
    lines = await _places(asked, sheet, asked.day)
    lines.sort(key=_share)
    shown, rest = lines[:MOST_STACKS], lines[MOST_STACKS:]
    rows = [[_known(one.on_time), _known(one.late), _missing(one)] for one in shown]
    shape = Stacked([one.label for one in shown], texts.PROGRESS_PARTS, rows)
    return asked.picture(
        texts.PROGRESS, sheet, shape, _entered(lines), texts.EXPECTED, texts.others(len(rest)) if rest else ""
    )


async def completeness(asked: Asked) -> Picture:
    """Return what share of the persons asked about was entered, by place and campaign, the least complete first."""
    sheet = await asked.sheet("F01")
    days = await asked.days(MOST_ROWS)
    told = [await _places(asked, sheet, day) for day in days]
    last = sorted(told[-1], key=_share)
    shown, rest = last[:MOST_PLACES], last[MOST_PLACES:]
    shares: list[dict[str, Value]] = [{one.label: _percent(one) for one in lines} for lines in told]
    values = [[of_day.get(one.label, Hidden.UNKNOWN) for of_day in shares] for one in shown]
    columns = [format_date(day, "MM/yy", locale=french.LOCALE) for day in days]
    shape = HeatMap([one.label for one in shown], columns, values)
    note = texts.others(len(rest)) if rest else ""
    return asked.picture(texts.COMPLETENESS, sheet, shape, _entered(told[-1]), texts.EXPECTED, note)


async def entered_of(asked: Asked, sheet: Sheet) -> str:
    """Return how many of the persons asked about are entered, in few words; none of it where it is masked."""
    lines = await _places(asked, sheet, asked.day)
    known = [one for one in lines if one.entered is not None]
    return texts.share_entered(sum(one.entered or 0 for one in known), sum(one.expected for one in known))


async def capacity(asked: Asked) -> Picture:
    """Return the places, the persons followed, the waiting list and those without a follow-up."""
    sheet = await asked.sheet("F01")
    found = await service.capacity(asked.session, asked.asker, asked.day, asked.scope)
    values = [found.capacite, found.followed, found.liste_attente, found.sans_suite]
    known = [Hidden.UNKNOWN if value is None else value for value in values]
    words = texts.capacity(found)
    return asked.picture(texts.CAPACITY, sheet, Bars(texts.CAPACITY_LABELS, known), words, texts.CONFIRMED)


def published(value: Published) -> Value:
    """Return an indicator's value as a picture takes it."""
    if value.masked:
        return Hidden.MASKED
    return Hidden.UNKNOWN if value.value is None else value.value


async def _places(asked: Asked, sheet: Sheet, day: date) -> list[Completeness]:
    """Return completeness by dispositif, by structure within one; the scope as a whole for anything narrower."""
    level = Level.DISPOSITIF if sheet.scope.kind in _WIDE else Level.STRUCTURE
    return await service.completeness(asked.session, asked.asker, day, asked.scope, level)


_WIDE = frozenset({Kind.NATIONAL, Kind.REGION, Kind.DEPARTEMENT})


def _known(value: int | None) -> Value:
    return Hidden.MASKED if value is None else value


def _missing(one: Completeness) -> Value:
    return Hidden.MASKED if one.entered is None else one.expected - one.entered


def _percent(one: Completeness) -> Value:
    if one.entered is None:
        return Hidden.MASKED
    return 100 * one.entered / one.expected if one.expected else Hidden.UNKNOWN


def _share(one: Completeness) -> float:
    share = _percent(one)
    return 100.0 if isinstance(share, Hidden) else share


def _entered(lines: list[Completeness]) -> str:
    known = [one for one in lines if one.entered is not None]
    return texts.entered(sum(one.entered or 0 for one in known), sum(one.expected for one in known))


def _ends(values: list[Value]) -> tuple[Value, Value]:
    return (values[0], values[-1]) if values else (Hidden.UNKNOWN, Hidden.UNKNOWN)
