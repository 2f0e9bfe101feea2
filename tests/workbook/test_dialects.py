"""The same workbook by several programs, and cells as they come: read alike, or refused by name."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import load_workbook

from models.reference.nomenclature import NationalSheet
from models.workbook.imports.report import write_report
from models.workbook.reading.sheets import RawWorkbook, read_workbook
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, OTHER, PERSON, SHEETS, Row, write
from tests.workbook.conftest import Import
from tests.workbook.invalid_workbooks import SHEET, replacing, rewrite

ROWS: dict[str, list[Row]] = {
    "dispositifs": [DISPOSITIF, OTHER],
    "persons": [{**PERSON, "pers_duree_sans_emploi": 14, "pers_structure": "Les Tilleuls"}],
    "events": [EVENT],
    "assignments": [ASSIGNMENT],
}
OFFICE_S = 120
"""What a freshly started office program may take on a busy machine."""


def by_xlsxwriter(file: Path, *, inline: bool) -> Path:
    with xlsxwriter.Workbook(file, {"constant_memory": inline}) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in ROWS.items():
            sheet: NationalSheet = SHEETS[name]
            worksheet = workbook.add_worksheet(sheet.title)
            worksheet.write_row(0, 0, [indicator.label for indicator in sheet.indicators])
            for number, row in enumerate(rows, start=1):
                for place, indicator in enumerate(sheet.indicators):
                    cell = row.get(indicator.id)
                    if isinstance(cell, date):
                        worksheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), days)  # noqa: DTZ001
                    else:
                        worksheet.write(number, place, cell)
    return file


def by_libreoffice(source: Path, folder: Path) -> Path:
    program = shutil.which("soffice")
    if program is None:
        assert os.environ.get("JALON_TEST_REQUIRE_OFFICE") != "1", "LibreOffice is wanted here and is not on the PATH"
        pytest.skip("soffice is not on the PATH: a workbook saved again by LibreOffice was not tried")
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "saved", source],
        check=True, capture_output=True, timeout=OFFICE_S,
    )  # fmt: skip
    return folder / "saved" / source.name


def as_read(workbook: RawWorkbook) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    assert workbook.findings.errors == workbook.findings.warnings == []
    return {title: [(row.number, dict(row.cells)) for row in rows] for title, rows in workbook.rows.items()}


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write(tmp_path / "classeur.xlsx", **ROWS)


@pytest.mark.parametrize("inline", [False, True], ids=["shared", "inline"])
def test_xlsxwriter_makes_no_difference(inline: bool, plain: Path, tmp_path: Path) -> None:
    other = by_xlsxwriter(tmp_path / "autre.xlsx", inline=inline)
    assert as_read(read_workbook(other)) == as_read(read_workbook(plain))


def test_nor_does_libreoffice(plain: Path, tmp_path: Path) -> None:
    saved = by_libreoffice(plain, tmp_path)
    assert as_read(read_workbook(saved)) == as_read(read_workbook(plain))


def test_nor_do_columns_in_another_order_under_other_shapes_of_their_labels(plain: Path, tmp_path: Path) -> None:
    workbook = load_workbook(plain)
    for worksheet in workbook.worksheets:
        lines = [list(reversed(line)) for line in worksheet.iter_rows(values_only=True)]
        worksheet.delete_rows(1, worksheet.max_row)
        lines[0] = [f"  {str(label).upper().replace('É', 'E').replace('’', chr(39))}\u00a0" for label in lines[0]]
        for line in lines:
            worksheet.append(line)
    workbook["Évènements"].title = "EVENEMENTS"
    workbook["Personnes accompagnées"].title = "personnes  accompagnees"
    workbook.save(tmp_path / "autre.xlsx")
    assert as_read(read_workbook(tmp_path / "autre.xlsx")) == as_read(read_workbook(plain))


def edited(source: Path, edit: Callable[[Any], None], target: Path) -> RawWorkbook:
    workbook = load_workbook(source)
    edit(workbook)
    workbook.save(target)
    return read_workbook(target)


def merge(workbook: Any) -> None:
    workbook["Personnes accompagnées"].merge_cells("F1:G1")


def without_column(workbook: Any) -> None:
    workbook["Personnes accompagnées"].delete_cols(6)


def twice(workbook: Any) -> None:
    workbook["Personnes accompagnées"]["N1"] = "SEXE"


def second_sheet(workbook: Any) -> None:
    workbook.copy_worksheet(workbook["Personnes accompagnées"]).title = "Personnes accompagnees"


@pytest.mark.parametrize(
    ("edit", "column", "message"),
    [
        (merge, "", "cellules fusionnées en ligne 1"),
        (without_column, "Date de naissance", "colonne absente : attendu « Date de naissance »"),
        (twice, "SEXE", "deux colonnes portent cet intitulé"),
        (second_sheet, "", "deux feuilles portent ce nom"),
    ],
)
def test_headings_that_cannot_be_told_are_refused(
    edit: Callable[[Any], None], column: str, message: str, plain: Path, tmp_path: Path
) -> None:
    errors = edited(plain, edit, tmp_path / "autre.xlsx").findings.errors
    found = [(e.sheet, e.row, e.column) for e in errors if e.message.startswith(message)]
    assert found == [("Personnes accompagnées", 1, column)]


def test_a_derived_column_may_be_missing(plain: Path, tmp_path: Path) -> None:
    def edit(workbook: Any) -> None:
        workbook["Évènements"].delete_cols(1, 1)
        workbook["Évènements"].delete_cols(2, 3)

    assert as_read(edited(plain, edit, tmp_path / "autre.xlsx")) == as_read(read_workbook(plain))


REFUSED_CELLS: list[tuple[str, str, Sequence[Row], str]] = [
    ("a formula in a code", "persons", [{**PERSON, "pers_reference": '="84ABC01"&"0004217"'}], "une formule"),
    ("a formula in a date", "persons", [{**PERSON, "pers_date_entree": "=TODAY()"}], "une formule"),
    ("a formula in a hidden value", "persons", [{**PERSON, "pers_sexe": '="Fem"&"me"'}], "une formule"),
    ("formulas alone on a line", "events", [{}, {}, {"evt_personne": "=A1"}], "une formule"),
    ("a negative day", "persons", [{**PERSON, "pers_date_sortie": -3}], "nombre négatif"),
    ("a bare number for a day", "persons", [{**PERSON, "pers_date_entree": 45355}], "date réelle attendue"),
    ("a truth for a code", "persons", [{**PERSON, "pers_reference": True}], "texte lisible attendu"),
    ("an error", "dispositifs", [{**DISPOSITIF, "disp_nom": "#REF!"}], "une erreur de calcul"),
]


@pytest.mark.parametrize(
    ("sheet", "rows", "message"), [case[1:] for case in REFUSED_CELLS], ids=[case[0] for case in REFUSED_CELLS]
)
async def test_a_cell_that_is_no_plain_value_is_named(
    sheet: str, rows: Sequence[Row], message: str, loaded: Import
) -> None:
    plan = await loaded(**{sheet: rows})
    assert len([e for e in plan.findings.errors if message in e.message]) == 1
    assert {e.row for e in plan.findings.errors} == {len(rows) + 1}


async def test_days_come_as_dates_or_as_text(loaded: Import) -> None:
    plan = await loaded(
        dispositifs=[{**OTHER, "disp_departement_no": "2a"}, {**DISPOSITIF, "disp_departement_no": 971}],
        persons=[
            {**PERSON, "pers_date_entree": "04/03/2024", "pers_date_naissance": datetime(1994, 5, 12)},  # noqa: DTZ001
        ],
    )
    assert plan.findings.errors == []
    assert [change.after.departement_no for change in plan.dispositifs] == ["2A", "971"]
    assert (plan.persons[0].after.entry_date, plan.persons[0].after.birth_date) == (date(2024, 3, 4), date(1994, 5, 12))


def test_an_error_a_fast_reader_shows_as_blank_is_seen(plain: Path, tmp_path: Path) -> None:
    spoil = replacing(SHEET, b'<row r="3"', b'<row r="9"><c r="L9" t="e"><v>#DIV/0!</v></c></row><row r="3"')
    rows = read_workbook(rewrite(plain, spoil, tmp_path / "autre.xlsx")).rows["Dispositifs"]
    assert [(row.number, dict(row.cells)) for row in rows if "disp_reference" not in row.cells] == [
        (9, {"disp_capacite": "erreur"})
    ]


async def test_the_report_speaks_of_merged_cells_where_they_show(loaded: Import, tmp_path: Path) -> None:
    plan = await loaded(persons=[{**PERSON, "pers_structure": "Ailleurs"}])
    source = tmp_path / "classeur.xlsx"
    workbook = load_workbook(source)
    workbook["Personnes accompagnées"].merge_cells("C2:E2")
    workbook.save(source)
    write_report(source, plan.findings, tmp_path / "rapport.xlsx")
    noted = load_workbook(tmp_path / "rapport.xlsx")["Personnes accompagnées"]
    assert noted["C2"].comment is not None


async def test_the_report_follows_the_columns_where_they_are(loaded: Import, tmp_path: Path) -> None:
    plan = await loaded(persons=[{**PERSON, "pers_structure": "Ailleurs"}])
    source = tmp_path / "classeur.xlsx"
    workbook = load_workbook(source)
    sheet = workbook["Personnes accompagnées"]
    sheet.insert_cols(1)
    sheet["A1"] = "Remarque"
    sheet.title = "PERSONNES ACCOMPAGNEES"
    workbook.save(source)
    write_report(source, plan.findings, tmp_path / "rapport.xlsx")
    noted = load_workbook(tmp_path / "rapport.xlsx")["PERSONNES ACCOMPAGNEES"]
    comments = {cell.coordinate: cell.comment.text for row in noted.iter_rows() for cell in row if cell.comment}
    assert comments.keys() == {"F2"}
    assert comments["F2"].startswith("E09 : structure non rattachée au dispositif")
