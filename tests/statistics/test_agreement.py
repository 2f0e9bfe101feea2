"""Every indicator agrees with a second computation, in plain Python, on populations drawn at random."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.campaigns.repository import campaign_of
from models.reference.nomenclature import Emploi, Formation, Niveau, Orientation, Statut
from models.statistics.disclosure.repository import in_place
from models.statistics.disclosure.suppression import THRESHOLD
from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.places import place
from models.statistics.service import distribution, evolution, indicators
from models.statistics.sheet import Breakdown
from models.statistics.texts import BY_EVENTS
from models.tables import metadata
from tests.statistics.population import END, Home, Somebody, answers, write
from tests.statistics.reference_implementation import all_of, is_f01

DAYS = (
    date(2020, 12, 31),
    date(2021, 6, 30),
    date(2021, 12, 31),
    date(2022, 3, 31),
    date(2022, 6, 30),
    END,
    date(2023, 3, 31),
)
HOMES = (Home(), Home(name="Le Parc"), Home("XYZ02", "38", "Ailleurs"), Home("SUD03", "13", "Au sud"))
SCOPES = {
    "national": (0, 1, 2, 3),
    "region:84": (0, 1, 2),
    "departement:69": (0, 1),
    "dispositif:XYZ02": (2,),
    "region:11": (),
}
FIELDS = {
    Breakdown.NIVEAU: "niveau_soutien",
    Breakdown.EMPLOI_DATE: "emploi_date",
    Breakdown.EMPLOI_MOIS: "emploi_mois",
    Breakdown.FORMATION_DATE: "formation_date",
}


def anybody(random: Random) -> Somebody:
    """Draw a person: some without an entry date, or events, or an orientation; whoever left too."""
    entry = random.choice((None, *(END - timedelta(random.randrange(-60, 1600)) for _ in range(5))))
    leaves = entry is not None and random.random() < 0.3
    return Somebody(
        {
            day: answers(
                random.choice((*[Statut.SUIVI] * 4, *Statut)),
                random.choice(list(Niveau)),
                random.choice(list(Emploi)),
                random.choice(list(Emploi)),
                random.choice(list(Formation)),
            )
            for day in DAYS
            if random.random() < 0.7
        },
        random.randrange(len(HOMES)),
        entry,
        entry + timedelta(random.randrange(700)) if entry and leaves else None,
        random.choice((None, *Orientation)),
    )


async def emptied(database: Database) -> None:
    async with database.transaction() as session:
        for name in ("event", "person", "structure", "dispositif", "campaign"):
            await session.execute(metadata.tables[name].delete())


def about(expected: float | None) -> object:
    return None if expected is None else pytest.approx(expected, abs=1e-6)


@given(seed=st.integers(0, 2**32), size=st.integers(0, 60))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_indicator_in_every_scope(database: Database, seed: int, size: int) -> None:
    random = Random(seed)
    persons = [anybody(random) for _ in range(size)]
    await emptied(database)
    async with database.transaction() as session:
        structures = await write(session, persons, HOMES, DAYS)
    await agrees(
        database, {**SCOPES, f"structure:{structures[1]}": (1,)}, persons, random.choice((END, DAYS[2], DAYS[4]))
    )


async def agrees(
    database: Database, scopes: dict[str, tuple[int, ...]], persons: Sequence[Somebody], day: date
) -> None:
    async with database.snapshot() as session:
        held = await campaign_of(session, day)
        assert held is not None
        assert held.id is not None
        for scope, homes in scopes.items():
            here = await place(session, COMMAND_LINE, scope)
            there = [one for one in persons if one.structure in homes]
            sheet = await indicators(session, COMMAND_LINE, day, scope)
            expected = all_of(there, day, DAYS)
            for number, value in sheet.values.items():
                if INDICATORS[number].missing is None:
                    assert value.value == about(expected[number]), (number, scope)
                assert await evolution(session, COMMAND_LINE, scope, [number], [day]) == [{number: value}]
            for number in ("F20", "F21"):
                assert sheet.values[number].methods["B"] == about(expected[f"{number} B"]), (number, scope)
            assert sheet.values["F23"].methods[BY_EVENTS] == expected["F23 events"]
            for by, field in FIELDS.items():
                found = await distribution(session, COMMAND_LINE, day, scope, by)
                answered = [str(getattr(one.events[day], field)) for one in there if is_f01(one, day)]
                counted = [answered.count(code) for code in codes(by)]
                assert await in_place(session, here, held.id, by) == counted
                for row, count in zip(found.rows, counted, strict=True):
                    assert row.count in {None, count}
                    assert not 0 < (row.count or 0) < THRESHOLD
                assert found.total in {None, len(answered)}


def codes(by: Breakdown) -> Sequence[str]:
    return {
        Breakdown.NIVEAU: [code.value for code in Niveau if code != Niveau.VEILLE],
        Breakdown.EMPLOI_DATE: [code.value for code in Emploi],
        Breakdown.EMPLOI_MOIS: [code.value for code in Emploi],
        Breakdown.FORMATION_DATE: [code.value for code in Formation],
    }[by]
