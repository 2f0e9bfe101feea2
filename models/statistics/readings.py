"""What each chart reads, and the picture it makes of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from babel.dates import format_date
from sqlalchemy.ext.asyncio import AsyncSession

from models import french
from models.accounts.rights import Asker
from models.campaigns.repository import all_campaigns
from models.clock import local_day
from models.statistics import charts_texts as texts
from models.statistics import service
from models.statistics.catalogue import PERCENT
from models.statistics.pictures import Bars, HeatMap, Hidden, Lines, Picture, Shape, Stacked, Unit, Value
from models.statistics.places import Place, place
from models.statistics.scope import Kind
from models.statistics.sheet import Breakdown, Completeness, Level, Sheet
from models.statistics.sheet import Value as Published
from models.statistics.texts import POPULATION, STRUCTURE

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

    async def sheet(self, *numbers: str, day: date | None = None) -> Sheet:
        """Return the indicators of those numbers. Raises `UnknownScope` or `UnknownCampaign`."""
        return await service.indicators(self.session, self.asker, day or self.day, self.scope, numbers)

    async def place(self) -> Place:
        """Return the place asked about. Raises `UnknownScope` if the asker may not see it."""
        return await place(self.session, self.asker, self.scope)

    async def days(self, most: int) -> list[date]:
        """Return the dates of the campaigns up to the one asked about, oldest first, `most` of them."""
        days = [campaign.date for campaign in await all_campaigns(self.session) if campaign.date <= self.day]
        return days[:most][::-1]

    async def lines(self, day: date | None = None) -> list[Completeness]:
        """Return completeness by dispositif, or by structure within one or in a caseload."""
        here = (await self.place()).scope
        level = Level.DISPOSITIF if here.kind in _WIDE else Level.STRUCTURE
        lines = await service.completeness(self.session, self.asker, day or self.day, self.scope, level)
        if here.kind != Kind.DISPOSITIF:
            return lines
        said = STRUCTURE.format(name="", reference=here.code)  # whose structures they are, the picture says once
        return [replace(one, label=one.label.removesuffix(said)) for one in lines]

    async def validated_share(self) -> int | None:
        """Return how many of the entries that may be told of are validated, in whole percent; none without entries."""
        known = [one for one in await self.lines() if one.entered]
        entered = sum(one.entered or 0 for one in known)
        return 100 * sum(one.validated or 0 for one in known) // entered if entered else None

    async def picture(
        self, title: str, shape: Shape, words: str, population: str, note: str = "", *, masked: bool = False
    ) -> Picture:
        """Return the picture, with where and when, its source, and the second line of its words.

        One that is not `masked` for whoever holds the data says so.
        """
        here = await self.place()
        where = f"{here.scope.name} · {french.day_and_year(self.day)}"
        told = f"{words}\n{texts.second(population, await self.validated_share())}"
        kept = " ".join(part for part in (note, texts.UNMASKED if here.individual and not masked else "") if part)
        return Picture(title, where, texts.source(local_day(self.now)), shape, told, kept)


def divided(by: Breakdown) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads a distribution: a bar each."""

    async def read(asked: Asked) -> Picture:
        found = await service.distribution(asked.session, asked.asker, asked.day, asked.scope, by)
        shape = Bars([row.label for row in found.rows], [_known(row.count) for row in found.rows])
        return await asked.picture(found.title, shape, texts.largest(found), found.population, masked=True)

    return read


def indicator_lines(title: str, *numbers: str) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads indicators over campaigns: a line each."""

    async def read(asked: Asked) -> Picture:
        days = await asked.days(MOST_LINES) or [asked.day]
        sheets = [await asked.sheet(*numbers, day=day) for day in days]
        indicators = [sheets[-1].values[number].indicator for number in numbers]
        unit = Unit.PERCENT if indicators[0].unit == PERCENT else Unit.PERSONS
        names = [texts.line(indicator) for indicator in indicators]
        values = [[published(sheet.values[number]) for sheet in sheets] for number in numbers]
        told = [n for n in range(len(days)) if not all(isinstance(row[n], Hidden) for row in values)]
        since = told[0] if told else 0
        moves = [(name, row[since], row[-1]) for name, row in zip(names, values, strict=True)]
        words = texts.moved(moves, unit, days[since])
        return await asked.picture(title, Lines(days, names, values, unit), words, POPULATION)

    return read


async def support_over_time(asked: Asked) -> Picture:
    """Return the parts of each level of support, a bar per campaign."""
    days = await asked.days(MOST_ROWS) or [asked.day]
    found = [await service.distribution(asked.session, asked.asker, day, asked.scope, Breakdown.NIVEAU) for day in days]
    last = found[-1]
    rows = [[_known(row.count) for row in one.rows] for one in found]
    shape = Stacked([french.day_and_year(day) for day in days], [row.label for row in last.rows], rows)
    return await asked.picture(texts.SUPPORT, shape, texts.largest(last), last.population, masked=True)


async def progress(asked: Asked) -> Picture:
    """Return what was entered on time, late, and is missing, a bar per place, the least complete first."""
    lines = sorted(await asked.lines(), key=_share)
    shown = lines[:MOST_STACKS]
    rows = [[_known(one.on_time), _known(one.late), _missing(one)] for one in shown]
    shape = Stacked([one.label for one in shown], texts.PROGRESS_PARTS, rows, rest=True)
    return await asked.picture(texts.PROGRESS, shape, _entered(lines), texts.EXPECTED, _others(lines, shown))


async def completeness(asked: Asked) -> Picture:
    """Return what share of the persons asked about was entered, by place and campaign, the least complete first."""
    days = await asked.days(MOST_ROWS) or [asked.day]
    told = [await asked.lines(day) for day in days]
    shown = sorted(told[-1], key=_share)[:MOST_PLACES]
    shares = [{one.label: _percent(one) for one in lines} for lines in told]
    values = [[of_day.get(one.label, Hidden.UNKNOWN) for of_day in shares] for one in shown]
    columns = [format_date(day, "MM/yy", locale=french.LOCALE) for day in days]
    shape = HeatMap([one.label for one in shown], columns, values)
    return await asked.picture(texts.COMPLETENESS, shape, _entered(told[-1]), texts.EXPECTED, _others(told[-1], shown))


async def capacity(asked: Asked) -> Picture:
    """Return the places, the persons followed, the waiting list and those without a follow-up."""
    found = await service.capacity(asked.session, asked.asker, asked.day, asked.scope)
    values = [found.capacite, found.followed, found.liste_attente, found.sans_suite]
    known: list[Value] = [Hidden.UNKNOWN if value is None else value for value in values]
    shape = Bars(texts.CAPACITY_LABELS, known) if found.confirmed else Bars((), ())
    return await asked.picture(texts.CAPACITY, shape, texts.capacity(found), texts.CONFIRMED)


async def entered_of(asked: Asked) -> str:
    """Return how many of the persons asked about are entered, in few words; none of it where it is masked."""
    return texts.share_entered(*_sums(await asked.lines()))


def published(value: Published) -> Value:
    """Return an indicator's value as a picture takes it."""
    if value.masked:
        return Hidden.MASKED
    return Hidden.UNKNOWN if value.value is None else value.value


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


def _entered(lines: Sequence[Completeness]) -> str:
    return texts.entered(*_sums(lines))


def _sums(lines: Sequence[Completeness]) -> tuple[int, int]:
    known = [one for one in lines if one.entered is not None]
    return sum(one.entered or 0 for one in known), sum(one.expected for one in known)


def _others(lines: Sequence[Completeness], shown: Sequence[Completeness]) -> str:
    return texts.others(len(lines) - len(shown)) if len(lines) > len(shown) else ""
