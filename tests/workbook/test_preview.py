"""What an import would do, told before it is confirmed, without what identifies a person."""

import json
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.accounts.permissions import COMMAND_LINE
from models.base.database import Database
from models.workbook.imports.preview import MOST_SHOWN, Preview, preview
from models.workbook.imports.records import Count
from models.workbook.imports.service import plan_import, preview_import
from models.workbook.reading.sheets import read_workbook
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, PERSON, Row, write
from tests.workbook.conftest import NOW, Import

DECEMBER: Row = {**EVENT, "evt_date": date(2026, 12, 31)}
SECRETS = ("1994", "1995", "12/05", "Femme", "Homme", "psychisme")
Look = Callable[..., Coroutine[Any, Any, Preview]]


@pytest.fixture
async def look(load: Import, database: Database, tmp_path: Path) -> Look:
    """Look at what a workbook would do to a database that has a dispositif, a person and their event."""
    await load(dispositifs=[DISPOSITIF], persons=[PERSON], events=[DECEMBER], assignments=[ASSIGNMENT])

    async def look(most: int = MOST_SHOWN, **rows: Sequence[Row]) -> Preview:
        raw = read_workbook(write(tmp_path / "suite.xlsx", **rows))
        async with database.transaction() as session:
            if most == MOST_SHOWN:
                return await preview_import(session, COMMAND_LINE, NOW, raw)
            return preview(await plan_import(session, COMMAND_LINE, NOW, raw), most)

    return look


async def test_what_would_change_is_told_cell_by_cell(look: Look) -> None:
    told = await look(
        dispositifs=[{**DISPOSITIF, "disp_etp_total": 2.5, "disp_structures_rattachees": "Le Pont; Les Tilleuls; Sud"}],
        persons=[{**PERSON, "pers_date_entree": date(2024, 3, 5)}, {**PERSON, "pers_reference": "84ABC010000002"}],
        events=[{**DECEMBER, "evt_niveau_soutien": "Veille – moins de 2h/mois"}],
        assignments=[ASSIGNMENT],
    )
    assert dict(told.counts) == {
        "dispositifs": Count(0, 1, 0),
        "personnes": Count(1, 1, 0),
        "evenements": Count(0, 1, 0),
        "affectations": Count(0, 0, 1),
    }
    assert [(d.sheet, d.row, d.reference, d.column, d.old, d.new) for d in told.differences] == [
        ("Dispositifs", 2, "ABC01", "Structures rattachées au DEA",
         "Le Pont ; Les Tilleuls", "Le Pont ; Les Tilleuls ; Sud"),
        ("Dispositifs", 2, "ABC01", "Nombre d’équivalents temps plein (ETP) dans le dispositif", "", "2,5"),
        ("Personnes accompagnées", 2, "84ABC010004217", "Date entrée dans le dispositif", "04/03/2024", "05/03/2024"),
        ("Évènements", 2, "84ABC010004217, 31/12/2026", "Niveau de soutien apporté",
         "Suivi – de 2 à 8h/mois", "Veille – moins de 2h/mois"),
    ]  # fmt: skip
    assert not told.refused


async def test_what_identifies_a_person_is_never_in_it(look: Look) -> None:
    changed = {
        **PERSON,
        "pers_date_naissance": date(1995, 5, 12),
        "pers_sexe": "Homme",
        "pers_handicap_principal": "troubles cognitifs",
    }
    told = await look(persons=[changed])
    assert [(d.column, d.old, d.new) for d in told.differences] == [
        ("Date de naissance", "•••", "•••"),
        ("Sexe", "•••", "•••"),
        ("Nature handicap principal", "•••", "•••"),
    ]
    kept = json.dumps(told.as_dict(), ensure_ascii=False)
    assert not any(secret in kept for secret in SECRETS)


async def test_a_refused_workbook_does_nothing_and_says_why(look: Look) -> None:
    told = await look(persons=[{**PERSON, "pers_structure": "Ailleurs"}], events=[{**DECEMBER, "evt_statut": "?"}])
    assert told.refused
    assert set(told.counts.values()) == {Count(0, 0, 0)}
    assert told.differences == ()
    assert [(e.rule, e.row) for e in told.errors] == [("E09", 2), ("E06", 2)]


async def test_a_long_list_is_cut_and_counted(look: Look) -> None:
    bad = [{**PERSON, "pers_reference": f"84ABC01{n:07d}", "pers_orientation": "?"} for n in range(5)]
    told = await look(most=2, persons=bad)
    assert (len(told.errors), told.error_count) == (2, 5)
    changed = {**DECEMBER, "evt_niveau_soutien": "Veille – moins de 2h/mois", "evt_statut": "Veille totale"}
    told = await look(most=1, events=[changed])
    assert (len(told.differences), told.more_differences) == (1, True)
