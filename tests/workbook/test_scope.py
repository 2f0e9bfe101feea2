"""What an import tells a coordinator of another dispositif's persons: nothing, not even that they exist (E12)."""

from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.tables import Role
from models.base.database import Database
from models.workbook import texts
from models.workbook.imports.preview import preview
from models.workbook.imports.report import write_report
from models.workbook.imports.service import plan_import
from models.workbook.reading.sheets import read_workbook
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, OTHER, PERSON, Row, write
from tests.workbook.conftest import NOW, Import

Rows = dict[str, list[Row]]
Told = tuple[dict[str, Any], list[tuple[str, str, str]]]
Look = Callable[..., Coroutine[Any, Any, Told]]

COORDINATOR = Actor(None, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))
DECEMBER: Row = {**EVENT, "evt_date": date(2026, 12, 31)}
OWN: Row = {**PERSON, "pers_reference": "84ABC010000001"}
THEIRS: Row = {**PERSON, "pers_dispositif": "XYZ09", "pers_structure": "La Saône"}
ELSEWHERE: Rows = {
    "dispositifs": [OTHER],
    "persons": [THEIRS],
    "events": [EVENT, DECEMBER],
    "assignments": [ASSIGNMENT],
}
"""What the other dispositif holds: a person followed there, an event sent up, another one entered."""


@pytest.fixture
def look(database: Database, tmp_path: Path) -> Look:
    """Return what a dry run tells: the preview, and the cells of the annotated workbook."""

    async def look(rows: Rows, actor: Actor = COORDINATOR) -> Told:
        file, report = write(tmp_path / "essai.xlsx", **rows), tmp_path / "rapport.xlsx"
        async with database.transaction() as session:
            plan = await plan_import(session, actor, NOW, read_workbook(file))
        write_report(file, plan.findings, report)
        cells = [
            (sheet.title, cell.coordinate, cell.comment.text)
            for sheet in load_workbook(report)
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment is not None
        ]
        return preview(plan).as_dict(), cells

    return look


def rules(told: Told) -> list[tuple[str, int, str, str]]:
    return [(error["sheet"], error["row"], error["rule"], error["message"]) for error in told[0]["errors"]]


def person(**cells: object) -> Row:
    return {**THEIRS, **cells}


def event(**cells: object) -> Row:
    return {**DECEMBER, **cells}


PROBES: dict[str, Rows] = {
    "the dispositif": {"dispositifs": [OTHER]},
    "the dispositif without its structure": {"dispositifs": [{**OTHER, "disp_structures_rattachees": "Ailleurs"}]},
    "the dispositif with figures that cannot be": {
        "dispositifs": [{**OTHER, "disp_etp_total": 1, "disp_etp_hors_admin": 2, "disp_departement_no": "96"}]
    },
    "the dispositif with the persons sent along": {"dispositifs": [OTHER], "persons": [THEIRS], "events": [DECEMBER]},
    "a person by the dispositif’s reference": {"persons": [THEIRS]},
    "a person by the dispositif’s name": {"persons": [person(pers_dispositif=OTHER["disp_nom"])]},
    "a person in another structure": {"persons": [person(pers_structure="Ailleurs")]},
    "a person with dates against the event": {"persons": [person(pers_date_sortie=date(2026, 11, 30))]},
    "a person with dates that cannot be": {"persons": [person(pers_date_sortie=date(2020, 1, 1))]},
    "a person without a dispositif": {"persons": [person(pers_dispositif=None)], "events": [DECEMBER]},
    "a person unknown there": {"persons": [person(pers_reference="84XYZ090000009")]},
    "a person twice": {"persons": [THEIRS, person(pers_structure="Ailleurs")]},
    "one of theirs moved there": {
        "persons": [{**OWN, "pers_dispositif": "XYZ09", "pers_structure": "La Saône"}],
        "events": [event(evt_personne=OWN["pers_reference"])],
    },
    "an event, as it is": {"events": [DECEMBER]},
    "an event sent up": {"events": [{**EVENT, "evt_niveau_soutien": "Veille – moins de 2h/mois"}]},
    "an event at no campaign’s date": {"events": [event(evt_date=date(2026, 10, 1))]},
    "an event that comes too late": {"events": [event(evt_statut="Suivi terminé")]},
    "an event in that dispositif": {"events": [event(evt_dispositif_concerne="XYZ09")]},
    "an event in their own dispositif": {"events": [event(evt_dispositif_concerne="ABC01")]},
    "two events": {"events": [DECEMBER, DECEMBER]},
    "the same job coach": {"assignments": [ASSIGNMENT]},
    "another job coach": {"assignments": [{**ASSIGNMENT, "aff_email_coach": "autre@exemple.fr"}]},
    "everything": {"persons": [THEIRS], "events": [EVENT, DECEMBER], "assignments": [ASSIGNMENT]},
    "one of theirs, an event in that dispositif": {
        "events": [event(evt_personne=OWN["pers_reference"], evt_dispositif_concerne="XYZ09")]
    },
}


@pytest.mark.parametrize("rows", PROBES.values(), ids=PROBES)
async def test_what_is_elsewhere_and_what_does_not_exist_are_told_alike(rows: Rows, load: Import, look: Look) -> None:
    await load(dispositifs=[DISPOSITIF], persons=[OWN])
    absent = await look(rows)
    await load(**ELSEWHERE)
    assert await look(rows) == absent
    assert absent[0]["refused"]


OUTSIDE = ("E12", texts.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"dispositifs": [OTHER]}, [("Dispositifs", 2, *OUTSIDE)]),
        ({"persons": [person(pers_structure="Ailleurs", pers_date_sortie=date(2020, 1, 1))]},
         [("Personnes accompagnées", 2, *OUTSIDE)]),
        ({"events": [event(evt_date=date(2026, 10, 1))]}, [("Évènements", 2, *OUTSIDE)]),
        ({"assignments": [ASSIGNMENT]}, [("Affectations", 2, *OUTSIDE)]),
    ],
)  # fmt: skip
async def test_it_is_one_sentence_a_row(
    rows: Rows, told: list[tuple[str, int, str, str]], load: Import, look: Look
) -> None:
    await load(dispositifs=[DISPOSITIF])
    assert rules(await look(rows)) == told
    await load(**ELSEWHERE)
    assert rules(await look(rows)) == told


async def test_another_dispositif_of_the_same_name_is_not_told(load: Import, look: Look) -> None:
    await load(dispositifs=[DISPOSITIF])
    rows: Rows = {"persons": [OWN], "events": [event(evt_personne=OWN["pers_reference"])]}
    alone = await look(rows)
    assert not alone[0]["refused"]
    await load(dispositifs=[{**OTHER, "disp_nom": DISPOSITIF["disp_nom"]}])
    assert await look(rows) == alone


@pytest.mark.parametrize("cells", [{}, {"pers_structure": "Ailleurs"}, {"pers_date_sortie": date(2026, 11, 30)}])
async def test_a_code_taken_elsewhere_cannot_be_created_and_nothing_more_is_told(
    cells: Row, load: Import, look: Look
) -> None:
    await load(dispositifs=[DISPOSITIF])
    await load(**ELSEWHERE)
    rows: Rows = {"persons": [{**PERSON, **cells}], "events": [DECEMBER], "assignments": [ASSIGNMENT]}
    assert rules(await look(rows)) == [
        ("Personnes accompagnées", 2, *OUTSIDE),
        ("Évènements", 2, *OUTSIDE),
        ("Affectations", 2, *OUTSIDE),
    ]
    plan = await load(COORDINATOR, **rows)
    assert plan.refused


async def test_an_administrator_is_told_how_it_is(load: Import, look: Look) -> None:
    admin = COMMAND_LINE
    await load(dispositifs=[DISPOSITIF])
    rows: Rows = {"persons": [person(pers_structure="Ailleurs")], "assignments": [{**ASSIGNMENT, "aff_personne": "?"}]}
    assert [(rule, message) for _, _, rule, message in rules(await look(rows, admin))] == [
        ("E11", texts.DISPOSITIF_UNKNOWN),
        ("E11", texts.PERSON_UNKNOWN),
    ]
    await load(**ELSEWHERE)
    assert [(rule, message) for _, _, rule, message in rules(await look(rows, admin))] == [
        ("E09", texts.STRUCTURE_UNKNOWN.format(structures="« La Saône »")),
        ("E11", texts.PERSON_UNKNOWN),
    ]
