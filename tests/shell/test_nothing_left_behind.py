"""A command that refuses because nothing is set up leaves nothing behind."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.shell.console import NOT_MIGRATED

COMMANDS = [
    ("reminders", "--at", "2026-12-24T09:00"),
    ("stats", "--campaign", "2026-12-31"),
    ("campaign", "list"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_in_an_empty_directory(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JALON_DATA_DIR", str(data))
    for name in ("JALON_DATABASE_URL", "JALON_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    ran = CliRunner().invoke(app, list(command))
    assert (ran.exit_code, ran.stderr.strip()) == (1, NOT_MIGRATED)
    assert not data.exists()
