"""A reader asks for everything there is, in every place, and tries to work out what was hidden.

The attack is that of test_masking.py, on what the service gives: all distributions, the indicators and completeness,
whose populations are linked.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import NATIONAL, Asker
from models.accounts.tables import Role
from models.database import Database
from models.nomenclature import Emploi, Formation, Handicap, Niveau, Orientation, Statut
from models.statistics.divisions import DIVISIONS
from models.statistics.masking import THRESHOLD
from models.statistics.service import completeness, completeness_total, distribution, indicators
from models.statistics.sheet import Breakdown, Level
from tests.statistics.population import END, Home, Somebody, answers, write
from tests.statistics.test_rights import somebody

HOMES = (
    *(Home("ABC01", "69", name) for name in ("Un", "Deux", "Trois")),
    *(Home("ABC02", "69", name) for name in ("Un", "Deux")),
    Home("XYZ02", "38"),
    *(Home("SUD03", "13", name) for name in ("Un", "Deux")),
)
PLACES: Mapping[str, Sequence[int]] = {
    "national": range(8),
    "region:84": range(6),
    "region:93": (6, 7),
    "departement:69": range(5),
    "departement:38": (5,),
    "departement:13": (6, 7),
    "dispositif:ABC01": (0, 1, 2),
    "dispositif:ABC02": (3, 4),
    "dispositif:XYZ02": (5,),
    "dispositif:SUD03": (6, 7),
}

Cell = tuple[int, str, str]
"""A structure, by its place; a breakdown; a category."""
Known = tuple[dict[Cell, int], int]

OF_F01 = (Breakdown.NIVEAU, Breakdown.EMPLOI_DATE, Breakdown.EMPLOI_MOIS, Breakdown.FORMATION_DATE)
"""Everybody of F01 has an answer: their totals are the same."""
LABELS = {by: list(DIVISIONS[by].labels) for by in Breakdown}
FOLLOWED, WATCHED = "Suivi par le dispositif", "followed with less than 2 h"


def country(seed: int) -> list[Somebody]:
    """Draw a country whose structures are small and whose answers are uneven."""
    random = Random(seed)
    persons = []
    for home in range(len(HOMES)):
        for _ in range(random.choice((0, 2, 7, 15, 40))):
            statut = random.choice((*[Statut.SUIVI] * 6, *Statut))
            persons.append(
                Somebody(
                    {
                        END: answers(
                            statut,
                            random.choice((*[Niveau.SUIVI] * 4, *Niveau)),
                            random.choice((*[Emploi.SANS_EMPLOI] * 6, *[Emploi.CDI] * 3, *Emploi)),
                            random.choice((*[Emploi.SANS_EMPLOI] * 8, *Emploi)),
                            random.choice((*[Formation.SANS_OBJET] * 5, *Formation)),
                        )
                    },
                    home,
                    orientation=random.choice((None, *[Orientation.MDPH] * 3, Orientation.SPE)),
                    birth_date=f"{random.randrange(1960, 2004)}-05-02",
                    sexe=random.choice(("Femme", "Homme", "Homme")),
                    handicap_principal=random.choice((*[Handicap.PSYCHISME.value] * 4, *Handicap)),
                )
            )
    return persons


async def told(
    session: AsyncSession, reader: Asker, places: Mapping[str, Sequence[int]]
) -> tuple[list[Known], list[dict[Cell, int]]]:
    """Return all that the reader is told, as sums over cells, and the cells of every place that they are not told."""
    known, hidden = links(), []
    for place, homes in places.items():
        for by in Breakdown:
            found = await distribution(session, reader, END, place, by)
            for row in found.rows:
                cells = _cells(homes, by, [row.label])
                known += _known(cells, row.count)
                hidden += [cells] if row.count is None else []
            known += _known(_cells(homes, by, [row.label for row in found.rows]), found.total)
        sheet = await indicators(session, reader, END, place)
        known += _known(_f01(homes), sheet.population)
        for number, by, label in (
            ("F06", Breakdown.NIVEAU, "Suivi – de 2 à 8h/mois"),
            ("F17", Breakdown.EMPLOI_MOIS, "Sans emploi"),
            ("F18", Breakdown.EMPLOI_MOIS, "CDI"),
            ("F19", Breakdown.EMPLOI_MOIS, "CDD"),
        ):
            value = sheet.values[number]
            count = None if value.value is None else round(value.value * (value.denominator or 0) / 100)
            known += _known(_cells(homes, by, [label]), count)
        lines = await completeness(session, reader, END, place, Level.DISPOSITIF)
        if all(line.entered is not None for line in lines):
            everybody = _cells(homes, Breakdown.STATUT, LABELS[Breakdown.STATUT])
            known += _known(everybody, sum(line.entered or 0 for line in lines))
    return known, hidden


def links() -> list[Known]:
    """Return what the reader knows of the definitions: the same persons make up F01 in each of its breakdowns."""
    known: list[Known] = []
    for home in range(len(HOMES)):
        first, *others = [_cells([home], by, LABELS[by]) for by in OF_F01]
        known += [({**first, **dict.fromkeys(other, -1)}, 0) for other in others]
        # « Suivi par le dispositif » is F01, and those with less than 2 h.
        watched = (home, Breakdown.STATUT.value, WATCHED)
        known.append(({(home, Breakdown.STATUT.value, FOLLOWED): 1, watched: -1, **dict.fromkeys(first, -1)}, 0))
    return known


def _f01(homes: Sequence[int]) -> dict[Cell, int]:
    return _cells(homes, Breakdown.NIVEAU, LABELS[Breakdown.NIVEAU])


def _cells(homes: Sequence[int], by: Breakdown, labels: Sequence[str]) -> dict[Cell, int]:
    return {(home, by.value, label): 1 for home in homes for label in labels}


def _known(cells: dict[Cell, int], count: int | None) -> list[Known]:
    if count is None:
        return []
    assert count >= THRESHOLD or count == 0
    return [(cells, count)]


class Elimination:
    """Rows in echelon form: what may be had by adding and subtracting what is known."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.rows: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}
        for cells, count in known:
            row, value = self.reduced(cells, count)
            if row:
                pivot = min(row)
                by = row[pivot]
                self.rows[pivot] = ({cell: weight / by for cell, weight in row.items()}, value / by)
            else:
                assert value == 0

    def reduced(self, cells: Mapping[Cell, int], count: int) -> tuple[dict[Cell, Fraction], Fraction]:
        row, value = {cell: Fraction(weight) for cell, weight in cells.items()}, Fraction(count)
        while pivots := [cell for cell in row if cell in self.rows]:
            pivot = min(pivots)
            by = row[pivot]
            other, of_other = self.rows[pivot]
            for cell, weight in other.items():
                row[cell] = row.get(cell, Fraction(0)) - by * weight
                if not row[cell]:
                    del row[cell]
            value -= by * of_other
        return row, value


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_a_reader_works_nothing_hidden_out(database: Database, seed: int) -> None:
    async with database.transaction() as session:
        structures = await write(session, country(seed), HOMES)
        reader = await somebody(session, Role.READER, NATIONAL)
    places = {**PLACES, **{f"structure:{number}": (home,) for home, number in enumerate(structures)}}
    async with database.snapshot() as session:
        known, hidden = await told(session, reader, places)
    elimination = Elimination(known)
    assert len(hidden) > 20
    assert len(known) > len(links()) + 20
    assert [cells for cells in hidden if not elimination.reduced(cells, 0)[0]] == []


TOTAL, F01, OUTSIDE, ENTERED, EXPECTED = "total", "F01", "outside", "entered", "expected"
UNKNOWN = "without an answer, or not followed"
Figure = tuple[str, str, str]
"""A place; a breakdown, or what else is counted; a category, or the total."""


class Narrowing:
    """Bounds of every figure of every place, each narrowed by those it adds up with, until nothing moves."""

    def __init__(self, places: Mapping[str, Sequence[int]]) -> None:
        self.bounds: dict[Figure, list[int]] = {}
        self.sums: list[tuple[Figure, list[Figure]]] = []
        figures = [(F01, TOTAL), (OUTSIDE, TOTAL), (ENTERED, TOTAL), (EXPECTED, TOTAL), (ENTERED, UNKNOWN)]
        for by in Breakdown:
            if by != Breakdown.STATUT:
                figures += [(by, label) for label in LABELS[by]] + [(by, TOTAL), (by, UNKNOWN)]
        for place, homes in places.items():
            self.bounds |= {(place, *figure): [0, 10**6] for figure in figures}
            for by in Breakdown:
                if by != Breakdown.STATUT:
                    self.sums.append(((place, by, TOTAL), [(place, by, label) for label in LABELS[by]]))
                    # Those whose answer is known are among those of F01; the same persons where everybody has one.
                    self.sums.append(((place, F01, TOTAL), [(place, by, TOTAL), (place, by, UNKNOWN)]))
                if by in OF_F01:
                    self.bounds[place, by, UNKNOWN] = [0, 0]
            self.sums.append(((place, ENTERED, TOTAL), [(place, F01, TOTAL), (place, OUTSIDE, TOTAL)]))
            self.sums.append(((place, EXPECTED, TOTAL), [(place, ENTERED, TOTAL), (place, ENTERED, UNKNOWN)]))
            below = children(place, homes, places)
            if below:
                self.sums += [((place, *one), [(child, *one) for child in below]) for one in figures]

    def told(self, figure: Figure, count: int | None) -> None:
        """Fix a figure that is told."""
        if count is not None:
            low, high = self.bounds[figure]
            assert low <= count <= high
            self.bounds[figure] = [count, count]

    def until_nothing_moves(self) -> None:
        """Narrow the bounds of each figure by those of the others."""
        moved = True
        while moved:
            moved = False
            for whole, parts in self.sums:
                lows, highs = (sum(self.bounds[part][end] for part in parts) for end in (0, 1))
                news = [(whole, lows, highs)]
                for part in parts:
                    low, high = self.bounds[part]
                    news.append((part, self.bounds[whole][0] - (highs - high), self.bounds[whole][1] - (lows - low)))
                for figure, low, high in news:
                    bound = self.bounds[figure]
                    if low > bound[0] or high < bound[1]:
                        self.bounds[figure] = [max(low, bound[0]), min(high, bound[1])]
                        moved = True


def children(place: str, homes: Sequence[int], places: Mapping[str, Sequence[int]]) -> list[str]:
    """Return the places right below: the largest of those that lie within, a structure below its dispositif."""
    order = ("national", "region", "departement", "dispositif", "structure")
    depth = order.index(place.partition(":")[0])
    return (
        [one for one in places if one.startswith(order[depth + 1]) and set(places[one]) <= set(homes)]
        if (depth + 1 < len(order))
        else []
    )


async def narrowed(session: AsyncSession, reader: Asker, places: Mapping[str, Sequence[int]]) -> Narrowing:
    """Return the bounds that a reader is left with who was told everything there is."""
    narrowing = Narrowing(places)
    for place in places:
        for by in Breakdown:
            if by == Breakdown.STATUT:
                continue
            found = await distribution(session, reader, END, place, by)
            for row in found.rows:
                narrowing.told((place, by, row.label), row.count)
            narrowing.told((place, by, TOTAL), found.total)
        sheet = await indicators(session, reader, END, place, {"F01", "F10"})
        narrowing.told((place, F01, TOTAL), sheet.population)
        if not sheet.values["F10"].masked:
            narrowing.told((place, Breakdown.ORIENTATION, TOTAL), sheet.values["F10"].denominator)
        line = await completeness_total(session, reader, END, place)
        narrowing.told((place, ENTERED, TOTAL), line.entered)
        narrowing.told((place, EXPECTED, TOTAL), line.expected)
    narrowing.until_nothing_moves()
    return narrowing


def too_narrow(narrowing: Narrowing) -> list[str]:
    """Return the figures below 5 that the bounds tell, and the hidden sizes they leave few values."""
    found = []
    for (place, of, category), (low, high) in narrowing.bounds.items():
        if of == F01 and low < high < low + THRESHOLD:
            found.append(f"{place}: {low} to {high} persons")
        if category != UNKNOWN and low == high and 0 < low < THRESHOLD:
            found.append(f"{place} {of} {category}: {low}")
    return found


async def attack(database: Database, persons: Sequence[Somebody], homes: Sequence[Home]) -> Narrowing:
    async with database.transaction() as session:
        structures = await write(session, persons, homes)
        reader = await somebody(session, Role.READER, NATIONAL)
    within = {place: [home for home in of if home < len(homes)] for place, of in PLACES.items()}
    places = {place: of for place, of in within.items() if of}
    places |= {f"structure:{number}": [home] for home, number in enumerate(structures)}
    async with database.snapshot() as session:
        return await narrowed(session, reader, places)


def oriented(home: int, mdph: int, spe: int, unknown: int = 0) -> list[Somebody]:
    return [
        Somebody({END: answers()}, home, orientation=orientation)
        for orientation, count in ((Orientation.MDPH, mdph), (Orientation.SPE, spe), (None, unknown))
        for _ in range(count)
    ]


UNEVENLY_KNOWN = [
    ("one has an answer less", (3, 0, 0), (6, 5, 0), (5, 5, 1)),
    ("nobody is known of the second", (3, 0, 0), (0, 0, 11), (6, 6, 0)),
    ("few are known of the third", (1, 1, 1), (5, 6, 0), (2, 2, 8)),
    ("nobody of the smallest is known", (0, 0, 3), (6, 6, 0), (6, 6, 1)),
]


@pytest.mark.parametrize("counts", [case[1:] for case in UNEVENLY_KNOWN], ids=[case[0] for case in UNEVENLY_KNOWN])
async def test_unknown_answers_do_not_tell_a_hidden_size(
    database: Database, counts: Sequence[tuple[int, int, int]]
) -> None:
    persons = [one for home, of in enumerate(counts) for one in oriented(home, *of)]
    assert too_narrow(await attack(database, persons, HOMES[:3])) == []


@pytest.mark.parametrize("seed", [4, 5, 6, 7])
async def test_bounds_tell_no_hidden_size(database: Database, seed: int) -> None:
    assert too_narrow(await attack(database, country(seed), HOMES)) == []
