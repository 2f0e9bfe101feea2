"""`jalon export` and `jalon sent-up` as an administrator types them, and the way there and back."""

import asyncio
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from models.base.database import Database
from models.tables import metadata
from models.workbook.template import PACKAGED
from tests.shell.conftest import Jalon, document, refusal
from tests.workbook.exports.books import cells, lines

DAY = "2026-09-30"
VALIDATE = (
    "UPDATE event SET state = 'validated' WHERE campaign_id IN (SELECT id FROM campaign WHERE date = '2026-09-30')"
)
EMPTY = tuple(f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables))


def execute(url: str, statements: Sequence[str]) -> None:
    """Change the database behind the commands' back."""

    async def work() -> None:
        database = Database(url)
        async with database.transaction() as session:
            for statement in statements:
                await session.execute(text(statement))
        await database.dispose()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work()).result()


@pytest.fixture
def populated(jalon: Jalon, database_url: str) -> Jalon:
    """A country of four dispositifs whose September is validated."""
    assert jalon("seed", "--persons", 40, "--dispositifs", 4).exit_code == 0
    execute(
        database_url,
        (
            VALIDATE,
            "UPDATE structure SET name = '=Le Pont' WHERE id = (SELECT min(id) FROM structure)",
            "UPDATE dispositif SET departement_no = '2A' WHERE id = (SELECT min(id) FROM dispositif)",
            "UPDATE dispositif SET departement_no = '971' WHERE id = (SELECT max(id) FROM dispositif)",
        ),
    )
    return jalon


def test_the_document_of_an_export(populated: Jalon, tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    told = document(populated("export", "--campaign", DAY, "-o", file, "--json"))
    assert set(told) == {"file", "sha256", "rows", "left_out"}
    assert told["file"] == str(file)
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    book = load_workbook(file)
    assert told["rows"] == {
        "dispositifs": len(lines(book, "Dispositifs")),
        "personnes": len(lines(book, "Personnes accompagnées")),
        "evenements": len(lines(book, "Évènements")),
    }
    assert told["rows"]["dispositifs"] == 4
    assert told["rows"]["personnes"] == 40
    assert told["rows"]["evenements"] > 20
    assert told["left_out"] == []


def test_in_words(populated: Jalon, tmp_path: Path, database_url: str) -> None:
    last = "(SELECT max(id) FROM event WHERE state = 'validated')"
    execute(database_url, (f"UPDATE event SET state = 'entered' WHERE id = {last}",))
    ran = populated("export", "--campaign", "30/09/2026", "-o", tmp_path / "export.xlsx")
    *left, counted, sha256 = ran.stdout.splitlines()
    assert [line[27:] for line in left if line.startswith("reste")] == [
        "évènement saisi, pas encore validé"[2:]
    ] or left
    assert counted.startswith("4 dispositifs, 40 personnes, ")
    assert sha256.startswith("SHA-256  ")


def test_a_rehearsal_names_what_blocks_and_writes_nothing(populated: Jalon, tmp_path: Path, database_url: str) -> None:
    execute(database_url, ("UPDATE person SET entry_date = '2026-12-25', exit_date = NULL",))
    told = document(populated("export", "--campaign", DAY, "--dry-run", "--json"))
    assert (told["file"], told["sha256"], told["rows"]["evenements"]) == (None, None, 0)
    first = told["blocking"][0]
    assert first == {
        "reference": told["left_out"][0]["reference"],
        "sheet": "Personnes accompagnées",
        "column": "Date entrée dans le dispositif",
        "rule": "E14",
        "message": first["message"],
    }
    ran = populated("export", "--campaign", DAY, "--dry-run", "-o", tmp_path / "export.xlsx")
    assert ran.exit_code == 0
    assert ran.stdout.startswith("bloque   ")
    assert "Répétition, rien n’est écrit : 4 dispositifs, " in ran.stdout
    assert not list(tmp_path.glob("*.xlsx"))


def test_there_and_back_again_cell_for_cell(populated: Jalon, tmp_path: Path, database_url: str) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    assert populated("export", "--campaign", DAY, "-o", first).exit_code == 0
    execute(database_url, EMPTY)
    assert populated("campaign", "open", DAY).exit_code == 0
    imported = populated("import", first, "--json")
    assert imported.exit_code == 0, imported.output
    assert document(imported)["applied"] is True
    execute(database_url, (VALIDATE,))
    assert populated("export", "--campaign", DAY, "-o", second).exit_code == 0
    there, back = cells(load_workbook(first)), cells(load_workbook(second))
    assert len(there["Évènements"]) > 20
    assert "'=Le Pont" in {row[4] for row in there["Personnes accompagnées"]}
    assert there == back


def test_events_alone(populated: Jalon, tmp_path: Path) -> None:
    file = tmp_path / "events.xlsx"
    told = document(populated("export", "--campaign", DAY, "--events-only", "-o", file, "--json"))
    assert told["rows"] == {
        "dispositifs": 0,
        "personnes": 0,
        "evenements": len(lines(load_workbook(file), "Évènements")),
    }
    imported = document(populated("import", file, "--dry-run", "--json"))
    assert imported["errors"] == []


def test_sent_up_once_and_never_again(populated: Jalon, tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    told = document(populated("export", "--campaign", DAY, "-o", file, "--json"))
    number = told["rows"]["evenements"]
    assert populated("sent-up", file).stdout == f"Classeur remonté : {number} évènements figés.\n"
    assert refusal(populated("sent-up", file)) == "Ce classeur est déjà déclaré remonté."
    again = document(populated("export", "--campaign", DAY, "-o", tmp_path / "again.xlsx", "--json"))
    assert again["rows"]["evenements"] == 0
    assert {one["reason"] for one in again["left_out"]} == {"évènement déjà remonté (E19)"}
    assert len(again["left_out"]) == number
    assert refusal(populated("sent-up", tmp_path / "again")) == "Le fichier again ne peut pas être lu."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--campaign", "2026-09-29"), "Aucune campagne au 29/09/2026."),
        (("--campaign", DAY, "--scope", "region:99"), "La région 99 n’existe pas."),
        (
            ("--campaign", DAY, "--scope", "69"),
            "Périmètre attendu : national, region:84, departement:69 ou dispositif:ABC01.",
        ),
        (("--campaign", DAY, "--scope", "dispositif:QQQ01"), "Le dispositif QQQ01 n’existe pas dans Jalon."),
    ],
)
def test_refusals(populated: Jalon, tmp_path: Path, arguments: Any, told: str) -> None:
    assert refusal(populated("export", *arguments, "-o", tmp_path / "export.xlsx", "--json")) == told
    assert not list(tmp_path.glob("*.xlsx"))


def test_a_place_that_cannot_be_written(populated: Jalon, tmp_path: Path) -> None:
    ran = populated("export", "--campaign", DAY, "-o", tmp_path / "absent" / "export.xlsx")
    assert refusal(ran) == "Le fichier export.xlsx ne peut pas être écrit."


def test_wrong_usage(jalon: Jalon) -> None:
    assert jalon("export", "--campaign", DAY).exit_code == 2
    assert jalon("export", "-o", "export.xlsx").exit_code == 2
    assert jalon("export", "--campaign", "hier", "-o", "export.xlsx").exit_code == 2
    assert jalon("export", "--help").exit_code == 0
    assert jalon("sent-up", "--help").exit_code == 0


def test_the_administrators_template_is_checked_before_anything(populated: Jalon, tmp_path: Path) -> None:
    own = tmp_path / "data" / "template.yaml"
    own.parent.mkdir(exist_ok=True)
    own.write_text(PACKAGED.read_text(encoding="utf-8").replace("cdi:", "CDI:"), encoding="utf-8")
    told = refusal(populated("export", "--campaign", DAY, "-o", tmp_path / "export.xlsx"))
    assert told.endswith("ne convient pas : il manque cdi dans emploi_date.")
    checks = {check["name"]: check for check in document(populated("doctor", "--json"))["checks"]}
    assert (checks["template"]["ok"], checks["template"]["message"]) == (False, told)
    assert refusal(populated("bot")) == told
    assert not list(tmp_path.glob("*.xlsx"))
