"""What disclosure control counts: the places of the country, and the persons of each category in each leaf of them.

Birth date, sex and disability are encrypted: their tokens are read page by page and decrypted in a thread, and nothing
of them is kept but counts.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import ColumnElement, Text, and_, bindparam, case, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.columns import EncryptedText
from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.tables import Dispositif, Structure
from models.reference.departements import departements
from models.reference.nomenclature import Niveau, Statut
from models.reference.scopes import Level
from models.statistics.disclosure.control import ROOT, Counts, Leaf
from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.encrypted import Token, categories
from models.statistics.disclosure.suppression import Tree
from models.statistics.indicators import queries
from models.statistics.indicators.aggregates import Entries
from models.statistics.queries import ACCOMPANIED, COLUMNS, EVENTS_OF_PERSONS, campaign, event, person, within
from models.statistics.scope import StatisticsScope
from models.statistics.sheet import Breakdown

_dispositif = table(Dispositif)
_structure = table(Structure)

PAGE = 2_000

OUTSIDE: Sequence[ColumnElement[bool]] = (
    and_(event.c.statut == Statut.SUIVI, event.c.niveau_soutien == Niveau.VEILLE),
    event.c.statut == Statut.VEILLE_TOTALE,
    event.c.statut == Statut.TERMINE,
)
"""Those of a campaign that F01 leaves out: followed with less than 2 h, veille totale, terminé."""

_PRIVATE = {
    Breakdown.AGE: person.c.birth_date,
    Breakdown.SEXE: person.c.sexe,
    Breakdown.HANDICAP: person.c.handicap_principal,
}

_LEAF = (person.c.dispositif_id, person.c.structure_id)


class _Dispositif(NamedTuple):
    number: int
    reference: str
    departement: str | None


class _OfCode(NamedTuple):
    code: str
    persons: int


class _OfCategory(NamedTuple):
    leaf: Leaf
    category: int
    persons: int


class _OfBand(NamedTuple):
    day: date
    leaf: Leaf
    band: int
    persons: int


class _OfQuarter(NamedTuple):
    leaf: Leaf
    years: int
    entries: Entries


class _Present(NamedTuple):
    leaf: Leaf
    there: bool
    seen: bool
    persons: int


_DISPOSITIFS = Query(_Dispositif, select(_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no))
_STRUCTURES = Query(Leaf, select(_structure.c.dispositif_id, _structure.c.id))
_USED = Query(Leaf, select(*_LEAF).distinct())


async def places(session: AsyncSession) -> tuple[Tree, dict[str, list[Leaf]]]:
    """Return the tree of all places, by the texts of their scopes, and the leaves each place is made of.

    A leaf that is in no place anybody may ask for (a structure of another dispositif) still is a place: it is one to
    subtract from.
    """
    held = set(await _STRUCTURES.all(session))
    children: dict[str, list[str]] = {}
    leaves: dict[str, list[Leaf]] = {ROOT: []}
    paths = {one.number: _path(one) for one in await _DISPOSITIFS.all(session)}
    for path in paths.values():
        for parent, child in pairwise(path):
            leaves.setdefault(child, [])
            if child not in children.setdefault(parent, []):
                children[parent].append(child)
    for leaf in sorted(held | set(await _USED.all(session))):
        own = f"structure:{leaf.structure}" if leaf in held else f"elsewhere:{leaf.dispositif}:{leaf.structure}"
        children.setdefault(paths[leaf.dispositif][-1], []).append(own)
        for place in (*paths[leaf.dispositif], own):
            leaves.setdefault(place, []).append(leaf)
    return Tree(ROOT, children), leaves


async def by_leaf(session: AsyncSession, campaign_id: int, by: Breakdown) -> Counts:
    """Return how the persons of F01 divide in each leaf; those whose answer is not known are not counted."""
    if by in _PRIVATE:
        return await _decrypted(session, campaign_id, by)
    if by == Breakdown.STATUT:
        kinds, counted = OUTSIDE, or_(*OUTSIDE)
    else:
        kinds = [COLUMNS[by] == code for code in DIVISIONS[by].codes]
        counted = and_(ACCOMPANIED, COLUMNS[by].in_(DIVISIONS[by].codes))
    statement = (
        select(*_LEAF, _category(kinds), func.count())
        .select_from(EVENTS_OF_PERSONS)
        .where(event.c.campaign_id == campaign_id, counted)
        .group_by(*_LEAF, "category")
    )
    rows = await Query(_OfCategory, statement).all(session)
    return _counts({(row.leaf, row.category): row.persons for row in rows}, by)


async def in_place(session: AsyncSession, place: StatisticsScope, campaign_id: int, by: Breakdown) -> list[int]:
    """Return how many persons of a place each category has, in the order of the division; nothing encrypted."""
    column = COLUMNS[by]
    counted = [] if by == Breakdown.STATUT else [ACCOMPANIED]
    statement = (
        select(column, func.count())
        .select_from(EVENTS_OF_PERSONS)
        .where(event.c.campaign_id == campaign_id, *within(place), *counted)
        .group_by(column)
    )
    found = {row.code: row.persons for row in await Query(_OfCode, statement).all(session)}
    return [found.get(code, 0) for code in DIVISIONS[by].codes]


async def campaigns_until(session: AsyncSession, day: date) -> Sequence[date]:
    """Return the dates of the campaigns up to that day."""
    return (await session.scalars(select(campaign.c.date).where(campaign.c.date <= day))).all()


async def bands_by_leaf(session: AsyncSession, days: Sequence[date]) -> dict[date, Counts]:
    """Return how F01 divides among its bands in each leaf, at each of these campaigns."""
    category = _category([event.c.niveau_soutien == code for code in DIVISIONS[Breakdown.NIVEAU].codes])
    statement = (
        select(campaign.c.date, *_LEAF, category, func.count())
        .select_from(EVENTS_OF_PERSONS.join(campaign, campaign.c.id == event.c.campaign_id))
        .where(campaign.c.date.in_(days), ACCOMPANIED)
        .group_by(campaign.c.date, *_LEAF, "category")
    )
    found: dict[date, dict[tuple[Leaf, int], int]] = {day: {} for day in days}
    for row in await Query(_OfBand, statement).all(session):
        found[row.day][row.leaf, row.band] = row.persons
    return {day: _counts(counted, Breakdown.NIVEAU) for day, counted in found.items()}


async def entries_by_leaf(session: AsyncSession, day: date, years: Sequence[int]) -> dict[int, Counts]:
    """Return how the entries of the quarter, so many years earlier, divide: sent by the SPE, or not."""
    of, entered = queries.entries(day, years)
    counts = (func.count(), func.count().filter(queries.SENT_BY_SPE))
    statement = select(*_LEAF, of, *counts).where(entered).group_by(*_LEAF, "years")
    found: dict[int, dict[Leaf, Sequence[int]]] = {before: {} for before in years}
    for row in await Query(_OfQuarter, statement).all(session):
        found[row.years][row.leaf] = (row.entries.spe, row.entries.persons - row.entries.spe)
    return {**found}


async def active_by_leaf(session: AsyncSession, day: date) -> Counts:
    """Return the file active of the year of that day (F23) in each leaf."""
    there, seen = queries.present_in_year(day)
    statement = select(*_LEAF, there, seen, func.count()).group_by(*_LEAF, "there", "seen")
    counts: dict[Leaf, list[int]] = {}
    for row in await Query(_Present, statement).all(session):
        counts.setdefault(row.leaf, [0])[0] += row.persons if row.there or row.seen else 0
    return counts


def _category(kinds: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    """Return the number of the kind that holds, none where no kind does."""
    return case(*((kind, number) for number, kind in enumerate(kinds))).label("category")


def _counts(counted: dict[tuple[Leaf, int], int], by: Breakdown) -> Counts:
    every = range(len(DIVISIONS[by].codes))
    leaves = {leaf for leaf, _ in counted}
    return {leaf: [counted.get((leaf, category), 0) for category in every] for leaf in leaves}


async def _decrypted(session: AsyncSession, campaign_id: int, by: Breakdown) -> Counts:
    day = await session.scalar(select(campaign.c.date).where(campaign.c.id == campaign_id))
    assert day is not None
    counted: Counter[tuple[Leaf, int]] = Counter()
    decrypted = partial(EncryptedText().process_result_value, dialect=session.get_bind().dialect)
    async for page in _tokens(session, campaign_id, _PRIVATE[by]):
        counted += await asyncio.to_thread(categories, page, decrypted, by, day)
    return _counts(counted, by)


async def _tokens(session: AsyncSession, campaign_id: int, column: ColumnElement[str]) -> AsyncIterator[list[Token]]:
    statement = (
        select(*_LEAF, person.c.id, type_coerce(column, Text))
        .select_from(EVENTS_OF_PERSONS)
        .where(event.c.campaign_id == campaign_id, ACCOMPANIED, column.is_not(None), person.c.id > bindparam("after"))
        .order_by(person.c.id)
        .limit(PAGE)
    )
    tokens = Query(Token, statement)
    after = 0
    while page := await tokens.all(session, {"after": after}):
        yield page
        after = page[-1].person_id


def _path(of: _Dispositif) -> tuple[str, ...]:
    known = departements().get(of.departement or "")
    region, departement = (known.region_code, known.code) if known else ("", "")
    return (
        ROOT,
        Level.REGION.scope(region),
        Level.DEPARTEMENT.scope(departement),
        Level.DISPOSITIF.scope(of.reference),
    )
