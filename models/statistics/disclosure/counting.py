"""All SQL of the distributions: how many persons of each category, in a place or in each leaf of the country's tree.

Birth date, sex and disability are encrypted: their tokens are read page by page and decrypted in a thread, and nothing
of them is kept but counts.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.columns import EncryptedText
from models.base.metadata import table
from models.dispositifs.tables import Dispositif, Structure
from models.reference.departements import departements
from models.reference.nomenclature import Niveau, Statut
from models.reference.scopes import NATIONAL, Level
from models.statistics.disclosure.divisions import AGES, DIVISIONS, SEXES
from models.statistics.disclosure.suppression import Tree
from models.statistics.places import StatisticsScope
from models.statistics.repository import ACCOMPANIED, active, campaign, event, of_entries, person
from models.statistics.sheet import Breakdown

_dispositif = table(Dispositif)
_structure = table(Structure)

Leaf = tuple[int, int]
"""A dispositif and a structure, by their numbers."""
Counts = Mapping[Leaf, Sequence[int]]
"""How many persons of each category, in each leaf that has any."""

ROOT = NATIONAL
PAGE = 2_000

OUTSIDE = (
    and_(event.c.statut == Statut.SUIVI, event.c.niveau_soutien == Niveau.VEILLE),
    event.c.statut == Statut.VEILLE_TOTALE,
    event.c.statut == Statut.TERMINE,
)
"""Those of a campaign that F01 leaves out: followed with less than 2 h, veille totale, terminé."""

_COLUMNS = {
    Breakdown.NIVEAU: event.c.niveau_soutien,
    Breakdown.EMPLOI_DATE: event.c.emploi_date,
    Breakdown.EMPLOI_MOIS: event.c.emploi_mois,
    Breakdown.FORMATION_DATE: event.c.formation_date,
    Breakdown.ORIENTATION: person.c.orientation,
}
_PRIVATE = {
    Breakdown.AGE: person.c.birth_date,
    Breakdown.SEXE: person.c.sexe,
    Breakdown.HANDICAP: person.c.handicap_principal,
}


async def country(session: AsyncSession) -> tuple[Tree, dict[str, list[Leaf]]]:
    """Return the tree of all places, by the texts of their scopes, and the leaves each place is made of.

    A leaf that is in no place anybody may ask for (a structure of another dispositif) still is a place: it is one to
    subtract from.
    """
    dispositifs = (
        await session.execute(select(_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no))
    ).all()
    structures = (await session.execute(select(_structure.c.id, _structure.c.dispositif_id))).all()
    used = (await session.execute(select(person.c.dispositif_id, person.c.structure_id).distinct())).all()
    held = {(of, number) for number, of in structures}
    children: dict[str, list[str]] = {}
    leaves: dict[str, list[Leaf]] = {ROOT: []}
    paths = {number: _path(reference, code) for number, reference, code in dispositifs}
    for path in paths.values():
        for parent, child in pairwise(path):
            leaves.setdefault(child, [])
            if child not in children.setdefault(parent, []):
                children[parent].append(child)
    for of, number in sorted(held | {(of, number) for of, number in used}):
        name = f"structure:{number}" if (of, number) in held else f"elsewhere:{of}:{number}"
        children.setdefault(paths[of][-1], []).append(name)
        for one in (*paths[of], name):
            leaves.setdefault(one, []).append((of, number))
    return Tree(ROOT, children), leaves


async def by_leaf(session: AsyncSession, campaign_id: int, by: Breakdown) -> Counts:
    """Return how the persons of F01 divide in each leaf; those whose answer is not known are not counted."""
    division = DIVISIONS[by]
    if by in _PRIVATE:
        return await _decrypted(session, campaign_id, by)
    if by == Breakdown.STATUT:
        return await _filtered(session, campaign_id, OUTSIDE)
    return await _filtered(session, campaign_id, [and_(ACCOMPANIED, _COLUMNS[by] == code) for code in division.codes])


async def in_place(session: AsyncSession, place: StatisticsScope, campaign_id: int, by: Breakdown) -> list[int]:
    """Return how many persons of a place each category has, in the order of the division; nothing encrypted."""
    column = event.c.statut if by == Breakdown.STATUT else _COLUMNS[by]
    within = [event.c.campaign_id == campaign_id, *place.bounds()]
    query = (
        select(column, func.count())
        .select_from(event.join(person, person.c.id == event.c.person_id))
        .where(*within, *([] if by == Breakdown.STATUT else [ACCOMPANIED]))
        .group_by(column)
    )
    found = {row[0]: row[1] for row in await session.execute(query)}
    return [found.get(code, 0) for code in DIVISIONS[by].codes]


async def bands_by_leaf(session: AsyncSession, days: Sequence[date]) -> dict[date, dict[Leaf, list[int]]]:
    """Return how F01 divides among its bands in each leaf, at each of these campaigns."""
    codes = DIVISIONS[Breakdown.NIVEAU].codes
    columns = [func.count().filter(event.c.niveau_soutien == code) for code in codes]
    query = (
        _at_leaves(campaign.c.date, *columns)
        .join(campaign, campaign.c.id == event.c.campaign_id)
        .where(campaign.c.date.in_(days), ACCOMPANIED)
        .group_by(campaign.c.date, person.c.dispositif_id, person.c.structure_id)
    )
    found: dict[date, dict[Leaf, list[int]]] = {day: {} for day in days}
    for of, number, day, *counts in await session.execute(query):
        found[day][of, number] = list(counts)
    return found


async def entries_by_leaf(session: AsyncSession, day: date) -> dict[str, dict[Leaf, list[int]]]:
    """Return how the entries of the quarter (F12), and of that a year before (F11), divide: sent by the SPE, or not."""
    of = of_entries(day)
    columns = [func.count().filter(of[name]) for name in ("spe", "entries", "spe_before", "entries_before")]
    leaf = (person.c.dispositif_id, person.c.structure_id)
    rows = (await session.execute(select(*leaf, *columns).group_by(*leaf))).all()
    return {
        "F12": {(at, number): [spe, entries - spe] for at, number, spe, entries, *_ in rows},
        "F11": {(at, number): [spe, entries - spe] for at, number, _, _, spe, entries in rows},
    }


async def active_by_leaf(session: AsyncSession, day: date) -> Counts:
    """Return the file active of the year of that day (F23) in each leaf."""
    leaf = (person.c.dispositif_id, person.c.structure_id)
    counts: dict[Leaf, list[int]] = {}
    for there, seen, persons, at, number in await session.execute(active(day).add_columns(*leaf).group_by(*leaf)):
        counts.setdefault((at, number), [0])[0] += persons if there or seen else 0
    return counts


async def _filtered(session: AsyncSession, campaign_id: int, kinds: Sequence[ColumnElement[bool]]) -> Counts:
    query = (
        _at_leaves(*(func.count().filter(kind) for kind in kinds))
        .where(event.c.campaign_id == campaign_id)
        .group_by(person.c.dispositif_id, person.c.structure_id)
    )
    return {(of, number): list(counts) for of, number, *counts in await session.execute(query)}


def _at_leaves(*columns: ColumnElement[Any]) -> Select[Any]:
    joined = event.join(person, person.c.id == event.c.person_id)
    return select(person.c.dispositif_id, person.c.structure_id, *columns).select_from(joined)


async def _decrypted(session: AsyncSession, campaign_id: int, by: Breakdown) -> Counts:
    day = await session.scalar(select(campaign.c.date).where(campaign.c.id == campaign_id))
    assert day is not None
    counted: Counter[tuple[Leaf, int]] = Counter()
    decrypted = partial(EncryptedText().process_result_value, dialect=session.get_bind().dialect)
    async for page in _tokens(session, campaign_id, _PRIVATE[by]):
        counted += await asyncio.to_thread(_categories, page, decrypted, _CATEGORY[by](day))
    categories = range(len(DIVISIONS[by].codes))
    leaves = {leaf for leaf, _ in counted}
    return {leaf: [counted[leaf, category] for category in categories] for leaf in leaves}


async def _tokens(session: AsyncSession, campaign_id: int, column: ColumnElement[str]) -> AsyncIterator[Sequence[Any]]:
    query = (
        _at_leaves(person.c.id, type_coerce(column, Text))
        .where(event.c.campaign_id == campaign_id, ACCOMPANIED, column.is_not(None), person.c.id > bindparam("after"))
        .order_by(person.c.id)
        .limit(PAGE)
    )
    after = 0
    while page := (await session.execute(query, {"after": after})).all():
        yield page
        after = page[-1][2]


def _categories(
    page: Sequence[Any], decrypted: Callable[[str], str | None], category: Callable[[str], int | None]
) -> Counter[tuple[Leaf, int]]:
    found: Counter[tuple[Leaf, int]] = Counter()
    for of, number, _, token in page:
        place = category(decrypted(token) or "")
        if place is not None:
            found[(of, number), place] += 1
    return found


def _age_band(day: date) -> Callable[[str], int | None]:
    def band(text: str) -> int | None:
        try:
            born = date.fromisoformat(text)
        except ValueError:
            return None
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return sum(age >= begins for begins in AGES) if age >= 0 else None

    return band


def _sexe(_: date) -> Callable[[str], int | None]:
    return lambda text: SEXES.get(text.strip().lower())


def _handicap(_: date) -> Callable[[str], int | None]:
    codes = {code: place for place, code in enumerate(DIVISIONS[Breakdown.HANDICAP].codes)}
    return codes.get


_CATEGORY = {Breakdown.AGE: _age_band, Breakdown.SEXE: _sexe, Breakdown.HANDICAP: _handicap}


def _path(reference: str, code: str | None) -> tuple[str, ...]:
    of = departements().get(code or "")
    region, departement = (of.region_code, of.code) if of else ("", "")
    return (ROOT, Level.REGION.scope(region), Level.DEPARTEMENT.scope(departement), Level.DISPOSITIF.scope(reference))
