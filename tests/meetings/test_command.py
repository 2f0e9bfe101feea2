"""`jalon register` as a person types it."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from models.base.database import Database
from models.meetings.invitations.sending import invite_all
from models.meetings.obligations.register_texts import TITLE
from tests.meetings.platform import NOW, RHONE, point, settle


@pytest.fixture
async def settled(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with the platforms and a point in January, and the settings that lead to it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JALON_DATABASE_URL", database_url)
    monkeypatch.setenv("JALON_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("JALON_SECRET_KEY", "test")
    database = Database(database_url)
    async with database.transaction() as session:
        await invite_all(session, NOW, [await point(session, await settle(session))])
    await database.dispose()


def jalon(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["register", *(str(argument) for argument in arguments)])


QUARTER = ("--from", "2027-01-01", "--to", "2027-03-31")


@pytest.mark.usefixtures("settled")
def test_the_register_in_json_and_as_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "registre.xlsx"
    done = jalon(*QUARTER, "--scope", RHONE, "--json", "-o", file)
    assert done.exit_code == 0, done.output
    lines = json.loads(done.stdout)
    [line] = [line for line in lines if line["day"] is not None]  # as time goes by, what was missed has lines too
    assert (line["obligation"], line["day"], line["meeting"]) == ("OB04", "2027-01-12", "planned")
    assert load_workbook(file)[TITLE].max_row == len(lines) + 1
    text = jalon(*QUARTER, "--scope", RHONE).stdout
    assert "janvier 2027  Rhône  departement:69  Point MDPH–SPE  OB04" in text
    assert "Présents annoncés : 0  Absents annoncés : 0  Peut-être : 0" in text
    assert jalon(*QUARTER, "--scope", RHONE, "-o", file).stdout.startswith(f"{len(lines)} ligne")


@pytest.mark.usefixtures("settled")
def test_what_it_refuses(tmp_path: Path) -> None:
    for arguments in (("--scope", "departement:00"), ("--scope", "partout"), ("-o", tmp_path)):
        refused = jalon(*QUARTER, *arguments)
        assert refused.exit_code == 1, arguments
        assert len(refused.stderr.splitlines()) == 1
        assert "'" not in refused.stderr
    for wrong in (("--from", "hier"), ("--from", "2026-12-01", "--to", "2026-01-01")):
        assert jalon(*wrong).exit_code == 2, wrong


@pytest.mark.usefixtures("settled")
def test_a_workbook_is_not_written_under_another_ending(tmp_path: Path) -> None:
    file = tmp_path / "registre.pdf"
    for refused in (
        jalon("-o", file),
        CliRunner().invoke(app, ["export", "--campaign", "2026-12-31", "-o", str(file)]),
    ):
        assert refused.exit_code == 2
        assert "le fichier est un .xlsx, et non un .pdf" in " ".join(refused.stderr.replace("│", "").split())
    assert not file.exists()
