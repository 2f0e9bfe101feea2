"""`jalon chart`: any picture as a file, the report too, and a refusal that lists the names."""

import asyncio
import io
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import insert

from models.base.database import Database
from models.statistics.charts.catalogue import CHARTS
from models.tables import metadata
from simulator.files import image_measures
from tests.harness.factories import NOW
from tests.shell.conftest import Jalon, environment, jalon, refusal
from tests.statistics.sample_data import town

__all__ = ["environment", "jalon"]


@pytest.fixture
def inhabited(database_url: str) -> None:
    """The dispositif of twelve persons."""

    async def fill() -> None:
        database = Database(database_url)
        async with database.transaction() as session:
            await town(session)
        await database.dispose()

    asyncio.run(fill())


@pytest.fixture
def confirmed(inhabited: None, database_url: str) -> None:
    """The same, its capacity confirmed for September."""
    figures = {"capacite": 15, "liste_attente": 4, "sans_suite": 1, "professionnels_hors_admin": 3}
    etp = {"etp_total": 3, "etp_hors_admin": 2, "confirmations": {}, "revision": 1, "changed_at": NOW}

    async def fill() -> None:
        database = Database(database_url)
        table = metadata.tables["dispositif_figures"]
        async with database.transaction() as session:
            await session.execute(insert(table), [{"dispositif_id": 1, "campaign_id": 1, **figures, **etp}])
        await database.dispose()

    asyncio.run(fill())


@pytest.mark.usefixtures("confirmed")
@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_chart_is_drawn_with_its_two_lines_of_words(jalon: Jalon, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.png"
    result = jalon("chart", name, "-o", file, "--campaign", "2026-09-30", "--scope", "departement:69")
    assert result.exit_code == 0, result.output
    first, second, written = result.stdout.splitlines()
    assert first.endswith(".")
    assert second.endswith(".")
    assert written.startswith(f"{file} : ")
    measures = image_measures(file.read_bytes())
    assert measures is not None
    assert measures[0] == 800
    assert measures[1] <= 1280


@pytest.mark.usefixtures("inhabited")
def test_the_report_is_a_pdf_of_one_page(jalon: Jalon, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    result = jalon("chart", "report", "-o", file, "--campaign", "30/09/2026", "--scope", "dispositif:ABC01")
    assert result.exit_code == 0, result.output
    (page,) = PdfReader(io.BytesIO(file.read_bytes())).pages
    assert "Dispositif ABC01 · 30 septembre 2026" in page.extract_text()


def test_the_list_names_every_chart(jalon: Jalon) -> None:
    result = jalon("chart", "--list")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == [*CHARTS, "report"]


@pytest.mark.usefixtures("inhabited")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["tarte"], "Il n’y a pas d’image « tarte ». Les images : emploi, emploi-date"),
        (["emploi", "--scope", "dispositif:ZZZ99"], "Ce périmètre n’existe pas"),
        (["emploi", "--scope", "structure:99"], "Ce périmètre n’existe pas"),
        (["emploi", "--scope", "lune"], "Périmètre attendu : national, region:84"),
        (["emploi", "--scope", "caseload"], "Périmètre attendu : national, region:84"),
        (
            ["capacite", "--scope", "structure:1"],
            "La capacité et la liste d'attente sont celles de dispositifs entiers",
        ),
        (["capacite"], "Capacité et liste d'attente · France entière"),
        (["emploi", "--campaign", "2026-09-29"], "Aucune campagne au 29/09/2026."),
        (["emploi", "-o", "/nowhere/at/all.png"], "Le fichier all.png ne peut pas être écrit."),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_line(
    jalon: Jalon, tmp_path: Path, arguments: list[str], told: str
) -> None:
    assert refusal(jalon("chart", "-o", tmp_path / "image.png", *arguments)).startswith(told)
    assert not (tmp_path / "image.png").exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_before_the_first_campaign_there_is_nothing_to_draw(jalon: Jalon, tmp_path: Path) -> None:
    told = refusal(jalon("chart", "emploi", "-o", tmp_path / "image.png"))
    assert told == "Aucune remontée n’a encore été ouverte."


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "arguments",
    [
        ["emploi"],
        ["emploi", "-o", "image.txt"],
        ["emploi", "-o", "image.pdf"],
        ["report", "-o", "page.png"],
    ],
)
def test_another_use_than_the_help_tells_is_wrong_usage(
    jalon: Jalon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert jalon("chart", *arguments).exit_code == 2
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("jalon.db")] == []


@pytest.mark.parametrize("module", ["bot.cli", "tasks.worker", "handlers.features"])
def test_nobody_else_imports_matplotlib(module: str) -> None:
    code = f"import sys, {module}; sys.exit(3 * ('matplotlib' in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    assert ran.returncode == 0  # 3: it was imported
