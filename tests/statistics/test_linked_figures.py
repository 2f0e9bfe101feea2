"""Figures beside each other: what two of them tell together is no less secret than what one tells."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from models.accounts.permissions import COMMAND_LINE
from models.accounts.tables import Role
from models.base.database import Database
from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Niveau, Orientation, Statut
from models.reference.scopes import NATIONAL
from models.statistics.service import completeness, indicators
from models.statistics.sheet import IndicatorTable, Per
from models.tables import metadata
from tests.statistics.population import END, Home, Somebody, answers, write
from tests.statistics.test_rights import somebody

TWO = (Home(), Home(name="Le Parc"))
FOUND = date(2019, 5, 2)


async def read(database: Database, persons: Sequence[Somebody], *numbers: str, scope: str = NATIONAL) -> IndicatorTable:
    """Write the population and return what a reader of the country is told of a scope."""
    async with database.transaction() as session:
        await write(session, persons, TWO)
        reader = await somebody(session, Role.READER, NATIONAL)
    async with database.snapshot() as session:
        return await indicators(session, reader, END, scope, numbers)


def followed(
    count: int, structure: int = 0, niveau: Niveau = Niveau.SUIVI, state: EventState = EventState.VALIDATED
) -> list[Somebody]:
    return [Somebody({END: answers(niveau=niveau)}, structure, FOUND, state=state)] * count


async def test_the_validated_share_of_a_hidden_place_would_tell_its_size(database: Database) -> None:
    async with database.transaction() as session:
        small = [*followed(1, 1), *followed(2, 1, state=EventState.ENTERED)]
        _, structure = await write(session, [*followed(30), *followed(10, niveau=Niveau.VEILLE), *small], TWO)
        reader = await somebody(session, Role.READER, NATIONAL)
    async with database.snapshot() as session:
        shares = {
            (actor is reader, scope): (await indicators(session, actor, END, scope, ["F01"])).validated_share
            for actor in (reader, COMMAND_LINE)
            for scope in (NATIONAL, f"structure:{structure}")
        }
    assert list(shares.values()) == [95, None, 95, 33]


def parted(watched: int, ended: int, left: int) -> list[Somebody]:
    """Return 30 persons of F01 and those whom the file active counts beyond it."""
    return [
        *followed(30),
        *followed(watched, niveau=Niveau.VEILLE),
        *[Somebody({END: answers(Statut.TERMINE)}, 0, FOUND, END - timedelta(9))] * ended,
        *[Somebody({}, 0, FOUND, date(2022, 4, 4))] * left,
    ]


@pytest.mark.parametrize(
    ("watched", "ended", "left", "told"),
    [
        (8, 9, 10, 57),
        (8, 9, 2, None),  # F23 less those who have an event: two who left earlier in the year
        (8, 9, 0, None),
        (2, 1, 20, None),
    ],
)
async def test_the_file_active_does_not_tell_who_left_in_the_year(
    database: Database, watched: int, ended: int, left: int, told: int | None
) -> None:
    sheet = await read(database, parted(watched, ended, left), "F01", "F23")
    assert (sheet.population, sheet.values["F23"].value) == (30, told)
    assert sheet.values["F23"].masked is (told is None)


def in_classes(*classes: tuple[int, int, int]) -> list[Somebody]:
    """Return persons of F01 by complete years, those with a CDI and those without a job."""
    return [
        Somebody({END: answers(mois=mois)}, 0, date(END.year - years, 12, 1), orientation=Orientation.MDPH)
        for years, cdi, jobless in classes
        for mois, count in ((Emploi.CDI, cdi), (Emploi.SANS_EMPLOI, jobless))
        for _ in range(count)
    ]


async def test_a_class_of_one_person_would_tell_of_them_by_method_b(database: Database) -> None:
    slope = (await read(database, in_classes((0, 10, 10), (1, 5, 5), (7, 1, 0)), "F20")).values["F20"]
    assert slope.value is not None
    assert set(slope.methods) == {"A"}


async def test_both_methods_are_told_of_classes_that_are_large_enough(database: Database) -> None:
    sheet = await read(database, in_classes((0, 10, 10), (1, 1, 0), (7, 3, 2)), "F20")
    assert set(sheet.values["F20"].methods) == {"A", "B"}


async def test_whoever_holds_the_data_reads_both_methods_of_the_smallest_classes(database: Database) -> None:
    async with database.transaction() as session:
        await write(session, in_classes((0, 10, 10), (7, 1, 0)), TWO)
    async with database.snapshot() as session:
        sheet = await indicators(session, COMMAND_LINE, END, NATIONAL, ["F20"])
    assert set(sheet.values["F20"].methods) == {"A", "B"}


async def test_a_slope_of_four_known_entries_would_tell_their_situations(database: Database) -> None:
    unknown = [Somebody({END: answers(mois=mois)}) for mois in (Emploi.CDI, Emploi.SANS_EMPLOI) for _ in range(9)]
    sheet = await read(database, [*unknown, *in_classes((0, 2, 0), (3, 0, 2))], "F17", "F20")
    assert sheet.values["F17"].value is not None
    slope = sheet.values["F20"]
    assert (slope.value, slope.denominator, slope.masked, slope.methods) == (None, None, True, {})


async def test_a_structure_shared_by_two_dispositifs_is_shown_for_its_own_persons_only(database: Database) -> None:
    """E09 refuses it; where a database holds it all the same, the few persons of the other one stay hidden."""
    person = metadata.tables["person"]
    both = [one for home in (0, 1) for one in (*followed(30, home), *followed(10, home, Niveau.VEILLE))]
    async with database.transaction() as session:
        _, other = await write(session, both, (Home(), Home("XYZ02", "38", "Ailleurs")))
        two = select(person.c.id).order_by(person.c.id).limit(2).scalar_subquery()
        await session.execute(update(person).where(person.c.id.in_(two)).values(structure_id=other))
        reader = await somebody(session, Role.READER, NATIONAL)
    async with database.snapshot() as session:
        lines = await completeness(session, reader, END, "dispositif:ABC01", Per.STRUCTURE)
    assert [one.entered for one in lines] == [None, None]
