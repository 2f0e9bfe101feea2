"""What each chart reads, and the picture it makes of it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base import french
from models.base.clock import local_day
from models.campaigns.repository import all_campaigns, campaign_of
from models.statistics import service
from models.statistics.charts import texts
from models.statistics.charts.pictures import Bars, Hidden, Lines, Picture, Shape, Stacked, Unit, Value
from models.statistics.disclosure.suppression import THRESHOLD
from models.statistics.errors import OfDispositifs
from models.statistics.indicators.catalogue import INDICATORS, PERCENT
from models.statistics.places import place
from models.statistics.printable import printable, printable_values
from models.statistics.scope import OF_DISPOSITIFS, WIDE, StatisticsScope
from models.statistics.sheet import Breakdown, Completeness, IndicatorTable, Per
from models.statistics.sheet import Value as Published
from models.statistics.texts import POPULATION, STRUCTURE, StatisticsRefusal

MOST_LINES, MOST_ROWS = 20, 6
"""How many campaigns a line runs over; how many rows a picture has for them."""


@dataclass(frozen=True)
class Total:
    """How many persons are entered and validated of those asked about; `among`: of which places, where not of all."""

    entered: int
    validated: int
    expected: int
    among: str = ""

    @property
    def percent(self) -> Value:
        """The share that is entered."""
        return 100 * self.entered / self.expected if self.expected else Hidden.UNKNOWN


@dataclass(frozen=True)
class Asked:
    """Who asks for a picture, about which campaign and scope, and when."""

    session: AsyncSession
    actor: Actor
    day: date
    scope: str
    now: datetime

    async def sheet(self, *numbers: str) -> IndicatorTable:
        """Return the indicators of those numbers as paper shows them. Raises `UnknownScope` or `UnknownCampaign`."""
        sheet = await service.indicators(self.session, self.actor, self.day, self.scope, numbers)
        return await printable(self.session, self.actor, sheet)

    async def over_time(self, days: Sequence[date], numbers: Sequence[str]) -> list[Mapping[str, Published]]:
        """Return the same at each of those campaigns; F01 with them, which says how many a change is about."""
        found = await service.evolution(self.session, self.actor, self.scope, {"F01", *numbers}, days)
        return [
            await printable_values(self.session, self.actor, day, self.scope, values, values["F01"].value)
            for day, values in zip(days, found, strict=True)
        ]

    async def place(self) -> StatisticsScope:
        """Return the place asked about. Raises `UnknownScope` if the actor may not see it."""
        return await place(self.session, self.actor, self.scope)

    async def under_way(self) -> bool:
        """Whether the campaign asked about is still open: what is missing then may still come."""
        campaign = await campaign_of(self.session, self.day)
        return campaign is not None and campaign.is_open(local_day(self.now))

    async def days(self, most: int) -> list[date]:
        """Return the dates of the campaigns up to the one asked about, oldest first, `most` of them."""
        days = [campaign.date for campaign in await all_campaigns(self.session) if campaign.date <= self.day]
        return days[:most][::-1]

    async def lines(self, day: date | None = None, by: Per | None = None) -> list[Completeness]:
        """Return completeness by dispositif, or by structure within one or in a caseload, unless told by what."""
        here = (await self.place()).scope
        per = by or (Per.DISPOSITIF if here.level in WIDE else Per.STRUCTURE)
        lines = await service.completeness(self.session, self.actor, day or self.day, self.scope, per)
        return _named_apart(lines) if per is Per.STRUCTURE else lines

    async def total(self, day: date | None = None) -> Total:
        """Return what is entered of the whole scope; where that may not be told, of its parts that may be."""
        whole = await service.completeness_total(self.session, self.actor, day or self.day, self.scope)
        if whole.entered is not None and whole.expected is not None:
            return Total(whole.entered, whole.validated or 0, whole.expected)
        known = [one for one in await self.lines(day) if one.entered is not None]
        wide = (await self.place()).scope.level in WIDE
        return Total(
            sum(one.entered or 0 for one in known),
            sum(one.validated or 0 for one in known),
            sum(one.expected or 0 for one in known),
            texts.among(len(known), dispositifs=wide),
        )

    async def validated(self) -> tuple[int | None, str]:
        """Return how many of the entries are validated, in whole percent, none without entries; and of which places."""
        total = await self.total()
        return (100 * total.validated // total.entered if total.entered else None), total.among

    async def picture(
        self, title: str, shape: Shape, words: str, population: str, note: str = "", *, small: bool = False
    ) -> Picture:
        """Return the picture, with where and when, its source, and its two lines of words.

        `small`: numbers of a few persons stand on it, for whoever holds the data; it says so.
        """
        here = await self.place()
        where = f"{here.scope.name} · {french.day_and_year(self.day)}"
        told = f"{title} · {where}. {words}\n{texts.second(population, *await self.validated())}"
        kept = " ".join(part for part in (note, texts.UNMASKED if here.individual and small else "") if part)
        return Picture(title, where, texts.source(local_day(self.now)), shape, told, kept)


def divided(by: Breakdown) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads a distribution: a bar each."""

    async def read(asked: Asked) -> Picture:
        found = await service.distribution(asked.session, asked.actor, asked.day, asked.scope, by)
        shape = Bars([row.label for row in found.rows], [_known(row.count) for row in found.rows])
        return await asked.picture(found.title, shape, texts.largest(found), found.population)

    return read


def indicator_lines(title: str, *numbers: str) -> Callable[[Asked], Awaitable[Picture]]:
    """Return what reads indicators over campaigns: a line each."""

    async def read(asked: Asked) -> Picture:
        days = await asked.days(MOST_LINES) or [asked.day]
        found = await asked.over_time(days, numbers)
        indicators = [INDICATORS[number] for number in numbers]
        unit = Unit.PERCENT if indicators[0].unit == PERCENT else Unit.PERSONS
        names = [texts.line(indicator) for indicator in indicators]
        values = [[published(of_day[number]) for of_day in found] for number in numbers]
        told = [n for n in range(len(days)) if not all(isinstance(row[n], Hidden) for row in values)]
        since = told[0] if told else 0
        moves = [(name, row[since], row[-1]) for name, row in zip(names, values, strict=True)]
        words = texts.moved(moves, unit, days[since])
        return await asked.picture(title, Lines(days, names, values, unit), words, POPULATION)

    return read


async def support_over_time(asked: Asked) -> Picture:
    """Return the parts of each level of support, a bar per campaign."""
    days = await asked.days(MOST_ROWS) or [asked.day]
    found = [await service.distribution(asked.session, asked.actor, day, asked.scope, Breakdown.NIVEAU) for day in days]
    last = found[-1]
    rows = [[_known(row.count) for row in one.rows] for one in found]
    totals = [one.total for one in found]
    shape = Stacked([french.day_and_year(day) for day in days], [row.label for row in last.rows], rows, totals=totals)
    since = next((n for n, one in enumerate(found) if any(row.share is not None for row in one.rows)), 0)
    moves = [
        (then.label, _known(then.share), _known(now.share))
        for then, now in zip(found[since].rows, last.rows, strict=True)
    ]
    words = texts.moved(moves, Unit.PERCENT, days[since])
    return await asked.picture(texts.SUPPORT, shape, words, last.population)


async def capacity(asked: Asked) -> Picture:
    """Return the places, the persons followed, the waiting list and those without a follow-up.

    Raises `OfDispositifs` for a part of a dispositif, which confirms nothing.
    """
    if (await asked.place()).scope.level not in OF_DISPOSITIFS:
        raise OfDispositifs(StatisticsRefusal.CAPACITY_OF_DISPOSITIFS)
    found = await service.capacity(asked.session, asked.actor, asked.day, asked.scope)
    values = [found.capacite, found.followed, found.liste_attente, found.sans_suite]
    # What a dispositif confirmed has no gaps: a number that is not there may not be told.
    shape = Bars(texts.CAPACITY_LABELS, [_known(value) for value in values]) if found.confirmed else Bars((), ())
    return await asked.picture(texts.CAPACITY, shape, texts.capacity(found), texts.CONFIRMED, small=few(found.followed))


def published(value: Published) -> Value:
    """Return an indicator's value as a picture takes it."""
    if value.masked:
        return Hidden.MASKED
    return Hidden.UNKNOWN if value.value is None else value.value


def few(*persons: int | None) -> bool:
    """Whether one of these numbers is about a few persons only."""
    return any(0 < one < THRESHOLD for one in persons if one is not None)


def _known(value: float | None) -> Value:
    return Hidden.MASKED if value is None else value


def _named_apart(lines: Sequence[Completeness]) -> list[Completeness]:
    """Return structures without the dispositif that is all of theirs."""
    said = STRUCTURE.format(name="", reference="")
    endings = {said + one.label.rpartition(said)[2] for one in lines}
    if len(endings) != 1:
        return list(lines)
    return [replace(one, label=one.label.removesuffix(*endings)) for one in lines]
