"""A copy of the program whose declarations ask more: what CONTRIBUTING says to edit is edited, and nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "handlers", "models", "reminders", "simulator", "tasks", "tests")
VERSIONS = "models/migrations/versions"

NOMENCLATURE = "models/reference/nomenclature.py"
FORM = "models/events/form.py"
TABLES = "models/events/tables.py"


@dataclass(frozen=True)
class Edit:
    """A piece of text put into a file, before or after a line that stands there once."""

    path: str
    beside: str
    added: str
    before: bool = False


def copied(folder: Path, edits: Iterable[Edit], migration: str = "") -> Path:
    """Copy the program to a folder with these edits, and the next migration; return where it stands."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for edit in edits:
        _edit(folder / edit.path, edit)
    if migration:
        last = max(path.name[:4] for path in (folder / VERSIONS).glob("[0-9]*.py"))
        number = f"{int(last) + 1:04d}"
        head = f'revision = "{number}"\ndown_revision = "{last}"\nbranch_labels = None\ndepends_on = None\n'
        (folder / VERSIONS / f"{number}_asked_more.py").write_text(f'"""Ask more."""\n{migration}\n{head}', "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy: only its own modules are found."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def play(folder: Path, story: str) -> None:
    """Play the story of a module of the tests in the copy, on SQLite; fail as it fails."""
    played = run(folder, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not postgresql", story)
    assert played.returncode == 0, played.stdout + played.stderr
    assert re.search(r"\d+ passed", played.stdout), played.stdout


def _edit(path: Path, edit: Edit) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(edit.beside) == 1, (edit.path, edit.beside)
    becomes = edit.added + edit.beside if edit.before else edit.beside + edit.added
    path.write_text(text.replace(edit.beside, becomes), encoding="utf-8")
