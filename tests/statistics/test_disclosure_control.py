"""A reader asks for everything there is, in every place, and tries to work out what was hidden.

The attack is that of test_masking.py, on what the service gives: all distributions, the indicators and completeness,
whose populations are linked.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.tables import Role
from models.base.database import Database
from models.reference.nomenclature import Emploi, Formation, Handicap, Niveau, Orientation, Statut
from models.reference.scopes import NATIONAL
from models.statistics.disclosure.suppression import THRESHOLD
from models.statistics.service import completeness, distribution, indicators
from models.statistics.sheet import Breakdown, Per
from tests.statistics.narrowing import (
    BY_SPE,
    ENTRIES,
    FOLLOWED,
    LABELS,
    OF_F01,
    OTHERWISE,
    WATCHED,
    Narrowing,
    entered,
    narrowed,
    too_narrow,
)
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

FOUND = date(2019, 5, 2)
BEGUN = (date(2021, 11, 3), date(2022, 11, 3), date(2022, 12, 5))
"""In the three months that end a year before (F11), and in those that end at the date (F12)."""


def country(seed: int) -> list[Somebody]:
    """Draw a country whose structures are small and whose answers are uneven; some left earlier in the year."""
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
                    random.choice((FOUND, FOUND, *BEGUN)),
                    orientation=random.choice((None, *[Orientation.MDPH] * 3, Orientation.SPE)),
                    birth_date=f"{random.randrange(1960, 2004)}-05-02",
                    sexe=random.choice(("Femme", "Homme", "Homme")),
                    handicap_principal=random.choice((*[Handicap.PSYCHISME.value] * 4, *Handicap)),
                )
            )
        gone = Somebody({}, home, FOUND, date(2022, 4, 4))
        persons += [gone] * random.choice((0, 1, 4, 8, 30))
    return persons


async def told(
    session: AsyncSession, reader: Actor, places: Mapping[str, Sequence[int]]
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
        for number in ENTRIES:
            of_entries = entered(sheet.values[number])
            for what in (BY_SPE, OTHERWISE):
                cells = {(home, number, what): 1 for home in homes}
                known += _known(cells, of_entries.get(what))
                hidden += [] if of_entries else [cells]
        for number, by, label in (
            ("F06", Breakdown.NIVEAU, "Suivi – de 2 à 8h/mois"),
            ("F17", Breakdown.EMPLOI_MOIS, "Sans emploi"),
            ("F18", Breakdown.EMPLOI_MOIS, "CDI"),
            ("F19", Breakdown.EMPLOI_MOIS, "CDD"),
        ):
            value = sheet.values[number]
            count = None if value.value is None else round(value.value * (value.denominator or 0) / 100)
            known += _known(_cells(homes, by, [label]), count)
        lines = await completeness(session, reader, END, place, Per.DISPOSITIF)
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
