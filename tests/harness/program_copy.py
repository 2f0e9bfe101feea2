"""A copy of the program whose declarations are changed, to see what a change asks for and where it shows."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "handlers", "models", "reminders", "simulator", "tasks", "benchmarks", "tests", "docs/guide")
VERSIONS = "models/migrations/versions"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "images", "golden")


class Edit(NamedTuple):
    """What is written in a file where something else stands once."""

    path: str
    before: str
    after: str


def following(path: str, line: str, added: str) -> Edit:
    """Return the edit that adds after a line."""
    return Edit(path, line, line + added)


def preceding(path: str, line: str, added: str) -> Edit:
    """Return the edit that adds before a line."""
    return Edit(path, line, added + line)


@dataclass(frozen=True)
class ProgramCopy:
    """The copy, by the folder in which it stands."""

    root: Path

    def change(self, path: str, before: str, after: str) -> None:
        """Write `after` where `before` stands once in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(before) == 1, (path, before)
        (self.root / path).write_text(text.replace(before, after), encoding="utf-8")

    def edit(self, edits: Iterable[Edit]) -> None:
        """Make several edits, in their order."""
        for edit in edits:
            self.change(*edit)

    def append(self, path: str, more: str) -> None:
        """Add to the end of a file, which it makes where there is none."""
        with (self.root / path).open("a", encoding="utf-8") as file:
            file.write(more)

    def migrate(self, upgrade: str) -> None:
        """Write the next migration: `upgrade` is its code."""
        last = max(path.name[:4] for path in (self.root / VERSIONS).glob("[0-9]*.py"))
        number = f"{int(last) + 1:04d}"
        head = f'revision = "{number}"\ndown_revision = "{last}"\nbranch_labels = None\ndepends_on = None\n'
        self.append(f"{VERSIONS}/{number}_changed.py", f"{head}\n{upgrade}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the copy, which sees no other tree."""
        own = {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        given = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**given, **own},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def play(self, story: str) -> None:
        """Play a module of stories, on SQLite; fail as it fails."""
        played = self.run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", "not postgresql", story)
        assert played.returncode == 0, played.stdout + played.stderr
        assert re.search(r"\d+ passed", played.stdout), played.stdout


def program_copy(folder: Path) -> ProgramCopy:
    """Copy the program, with its tests and its guide, into a folder."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return ProgramCopy(folder)
