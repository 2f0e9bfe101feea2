"""Both writers write the same workbook: cells, formats, drop-downs, frozen and filtered header."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.base.spreadsheets import Column, Page, Row, Writer, fast, plain, write_book

WRITERS: dict[str, Writer] = {"fast": fast.write, "plain": plain.write}

COLUMNS = (
    Column("Code", 14),
    Column("Statut", 30, ("Suivi", "Veille totale")),
    Column("Capacité", 10),
    Column("Date", 12, number_format="dd/mm/yyyy"),
)
ROWS: Sequence[Row] = (
    ("84ABC010004217", "Suivi", 12, date(2026, 12, 31)),
    (None, "Veille totale", 2.5, None),
)


@pytest.fixture(params=WRITERS)
def writer(request: pytest.FixtureRequest) -> Writer:
    return WRITERS[request.param]


def written(writer: Writer, folder: Path, *pages: Page) -> Workbook:
    writer(folder / "classeur.xlsx", pages)
    return load_workbook(folder / "classeur.xlsx")


def rules(sheet: Any) -> dict[str, str]:
    return {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}


def test_cells_formats_drop_downs_header(writer: Writer, tmp_path: Path) -> None:
    sheet = written(writer, tmp_path, Page("Évènements", COLUMNS, iter(ROWS)))["Évènements"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)] == [
        ["Code", "Statut", "Capacité"],
        ["84ABC010004217", "Suivi", 12],
        [None, "Veille totale", 2.5],
    ]
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert sheet["D2"].value.date() == date(2026, 12, 31)
    assert rules(sheet) == {"B2:B3": '"Suivi,Veille totale"'}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert all(cell.font.b for cell in sheet[1])
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == pytest.approx([14, 30], abs=1)


def test_an_empty_sheet_keeps_its_header_and_its_lists(writer: Writer, tmp_path: Path) -> None:
    sheet = written(writer, tmp_path, Page("Évènements", COLUMNS, ()))["Évènements"]
    assert [cell.value for cell in sheet[1]] == ["Code", "Statut", "Capacité", "Date"]
    assert all(cell.value is None for cell in sheet[2])
    assert rules(sheet) == {"B2": '"Suivi,Veille totale"'}
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1", "'+33 1"),
        ("-Le Pont", "'-Le Pont"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\x07=1+1", "'=1+1"),
        ("Le Pont = bien", "Le Pont = bien"),
        ("2 < 3 & « L’Arbre »", "2 < 3 & « L’Arbre »"),
    ],
)
def test_no_cell_begins_like_a_formula(writer: Writer, tmp_path: Path, text: str, harmless: str) -> None:
    sheet = written(writer, tmp_path, Page("A", COLUMNS, [(text, None, -3, None)]))["A"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (harmless, "s")
    assert sheet["C2"].value == -3


def test_rows_are_taken_one_by_one_and_in_the_order_of_the_pages(writer: Writer, tmp_path: Path) -> None:
    taken: list[str] = []

    def rows(name: str) -> Iterator[Row]:
        for number in range(3):
            taken.append(f"{name}{number}")
            yield (f"{name}{number}", None, None, None)

    written(writer, tmp_path, Page("A", COLUMNS, rows("A")), Page("B", COLUMNS, rows("B")))
    assert taken == ["A0", "A1", "A2", "B0", "B1", "B2"]


def test_what_taking_the_rows_raises_comes_through(writer: Writer, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def rows() -> Iterator[Row]:
        yield ROWS[0]
        raise Stopped

    with pytest.raises(Stopped):
        writer(tmp_path / "classeur.xlsx", [Page("A", COLUMNS, rows())])


def test_a_list_too_long_for_its_rule_stands_on_a_hidden_sheet(tmp_path: Path) -> None:
    choices = tuple(f"une situation qui demande beaucoup de mots, numéro {number}" for number in range(8))
    pages = [Page(title, (Column("Situation", 30, choices),), [(choices[0],)]) for title in ("A", "B")]
    book = written(write_book, tmp_path, *pages)
    assert book.sheetnames == ["A", "B", "Listes"]
    assert book["Listes"].sheet_state == "hidden"
    assert [cell.value for cell in book["Listes"]["A"]] == list(choices)
    assert rules(book["A"]) == rules(book["B"]) == {"A2": "Listes!$A$1:$A$8"}


def test_a_place_that_cannot_be_written(writer: Writer, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        writer(tmp_path / "absent" / "classeur.xlsx", [Page("A", COLUMNS, ROWS)])
