"""Indicators, distributions and completeness, for whoever may see the scope asked for (see `places.place`)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.campaigns.repository import campaign_of
from models.campaigns.tables import Campaign
from models.statistics import places
from models.statistics.disclosure.control import Shown, shown_alone
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.figures import DisclosureControl
from models.statistics.disclosure.repository import in_place
from models.statistics.errors import UnknownCampaign, UnknownScope
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.indicators.repository import StatisticsReader
from models.statistics.progress import repository as progress
from models.statistics.scope import StatisticsScope
from models.statistics.sheet import (
    Breakdown,
    Capacity,
    Completeness,
    Distribution,
    IndicatorRow,
    IndicatorTable,
    Per,
    Value,
)

visible_scopes = places.visible_scopes


async def indicators(
    session: AsyncSession, actor: Actor, day: date, scope: str, only: Collection[str] | None = None
) -> IndicatorTable:
    """Return the indicators (those of `only`, or all) of a scope at a campaign's date.

    Raises `UnknownScope` or `UnknownCampaign`, whose codes say which.
    """
    place, held, campaign_id = await _asked(session, actor, day, scope)
    numbers = [number for number in INDICATORS if only is None or number in {"F01", *only}]
    reader = StatisticsReader(session, place, campaign_id, held.date)
    control = None if place.individual else DisclosureControl(session, place, campaign_id, held.date)
    values = await _values(reader, control, numbers)
    share = await reader.validated_share()
    if control is not None and not await control.entered():
        share = None
    f01 = values["F01"].value
    told = {number: one for number, one in values.items() if only is None or number in only}
    return IndicatorTable(held.date, place.scope, None if f01 is None else int(f01), share, told)


async def evolution(
    session: AsyncSession, actor: Actor, scope: str, numbers: Collection[str], campaigns: Sequence[date]
) -> list[dict[str, Value]]:
    """Return the values of those indicators at each of those campaigns; nothing else is read.

    Raises as `indicators` does.
    """
    values = []
    for day in campaigns:
        place, held, campaign_id = await _asked(session, actor, day, scope)
        control = None if place.individual else DisclosureControl(session, place, campaign_id, held.date)
        values.append(await _values(StatisticsReader(session, place, campaign_id, held.date), control, numbers))
    return values


async def distribution(session: AsyncSession, actor: Actor, day: date, scope: str, by: Breakdown) -> Distribution:
    """Return how the population of a scope divides at a campaign's date, masked below 5 persons for everybody.

    For whoever holds the data it is masked by itself: a picture leaves the hands it was made for, but nobody subtracts
    from others what they know one by one. Raises as `indicators` does.
    """
    place, held, campaign_id = await _asked(session, actor, day, scope)
    division = DIVISIONS[by]
    if place.individual and not division.private:
        counts = await in_place(session, place, campaign_id, by)
        return _distribution(place, held, by, shown_alone(counts, division.levels))
    if place.coach_id is not None:
        # A caseload is a part of the tree that no table of the tree has: nothing of it may be subtracted.
        return _distribution(place, held, by, Shown(frozenset(), False, [0] * len(DIVISIONS[by].codes)))
    control = DisclosureControl(session, place, campaign_id, held.date)
    shown = await control.distribution(by)
    if by == Breakdown.STATUT:
        shown = _with_f01(shown, await control.distribution(Breakdown.NIVEAU))
    return _distribution(place, held, by, shown)


async def completeness(
    session: AsyncSession, actor: Actor, day: date, scope: str, by: Per = Per.DISPOSITIF
) -> list[Completeness]:
    """Return how far the entry of a campaign is, a line each. Raises as `indicators` does.

    By coach it is for those who hold the data of the persons: for others that does not exist.
    """
    place, held, campaign_id = await _asked(session, actor, day, scope)
    if by == Per.COACH and not place.individual:
        raise UnknownScope
    lines = await progress.completeness(session, place, held, by)
    if place.individual:
        return [line.completeness for line in lines]
    control = DisclosureControl(session, place, campaign_id, held.date)
    shown = await control.entered_shown()
    return [line.completeness if shown.get(line.place or "") else _masked(line.completeness) for line in lines]


async def completeness_total(session: AsyncSession, actor: Actor, day: date, scope: str) -> Completeness:
    """Return how far the entry of a campaign is in the whole scope, under its name. Raises as `indicators` does.

    It is more than the sum of the lines that may be told, where some may not; masked where that may not be told.
    """
    place, held, campaign_id = await _asked(session, actor, day, scope)
    total = await progress.completeness_total(session, place, held)
    if place.individual:
        return total
    control = DisclosureControl(session, place, campaign_id, held.date)
    # A place without any dispositif is about nobody.
    return total if (await control.entered_shown()).get(place.scope.text, True) else _masked(total)


async def capacity(session: AsyncSession, actor: Actor, day: date, scope: str) -> Capacity:
    """Return capacity use, waiting list and sans suite of a scope's dispositifs. Raises as `indicators` does."""
    place, held, campaign_id = await _asked(session, actor, day, scope)
    told = await progress.capacity(session, place, held)
    if place.individual:
        return told
    return await DisclosureControl(session, place, campaign_id, held.date).capacity(told)


async def _values(
    reader: StatisticsReader, control: DisclosureControl | None, numbers: Collection[str]
) -> dict[str, Value]:
    aggregates = await reader.aggregates(numbers)
    values = {number: INDICATORS[number].value(aggregates) for number in numbers}
    return values if control is None else await control.masked(values, aggregates.series)


async def _asked(session: AsyncSession, actor: Actor, day: date, scope: str) -> tuple[StatisticsScope, Campaign, int]:
    place = await places.place(session, actor, scope)
    held = await campaign_of(session, day)
    if held is None or held.id is None:
        raise UnknownCampaign(day)
    return place, held, held.id


def _masked(line: Completeness) -> Completeness:
    # Those expected are at least those of F01: their number would bound it.
    return replace(line, expected=None, entered=None, validated=None, on_time=None, late=None, loaded=None)


def _with_f01(outside: Shown, f01: Shown) -> Shown:
    """Return the three statuses, from those whom F01 leaves out and from F01."""
    below, *others = outside.counts
    categories = frozenset() if not f01.total else outside.categories
    return Shown(categories, f01.total and outside.total, [below + sum(f01.counts), *others])


def _distribution(place: StatisticsScope, held: Campaign, by: Breakdown, shown: Shown) -> Distribution:
    division = DIVISIONS[by]
    total = sum(shown.counts)
    rows = []
    for category, (label, count) in enumerate(zip(division.labels, shown.counts, strict=True)):
        told = category in shown.categories
        share = count * 100 / total if told and shown.total and total else None
        rows.append(IndicatorRow(label, count if told else None, share))
    masked = not shown.total or len(shown.categories) < len(rows)
    return Distribution(
        by, division.title, division.population, held.date, place.scope, rows, total if shown.total else None, masked
    )
