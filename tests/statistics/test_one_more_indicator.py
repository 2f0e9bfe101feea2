"""One more indicator is one declaration: tried in a copy of the tree, by the files that CONTRIBUTING names."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COPIED = ("models", "tests", "docs/guide")
LINKED = ("bot", "handlers", "tasks", "reminders", "simulator", "benchmarks", "pyproject.toml")

CATALOGUE = "models/statistics/indicators/catalogue.py"
CHARTS = "models/statistics/charts/catalogue.py"

DECLARATION = """    Indicator(
        "F25",
        "En intérim dans le mois",
        "Personnes en intérim dans le mois.",
        POPULATION,
        f"Question « Emploi dans le dernier mois ». {_OF_F01}",
        PERCENT,
        "intérim dans le dernier mois, rapporté à F01",
        formula=Share(Breakdown.EMPLOI_MOIS, Emploi.INTERIM),
        line="Intérim",
    ),
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tree: what is changed in it is copied, the rest linked."""
    for part in COPIED:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "images"))
    for part in LINKED:
        (tmp_path / part).symlink_to(ROOT / part)
    return tmp_path


def patched(copy: Path, path: str, before: str, after: str) -> None:
    """Write `after` where `before` stands once in a file of the copy."""
    text = (copy / path).read_text(encoding="utf-8")
    assert text.count(before) == 1, path
    (copy / path).write_text(text.replace(before, after), encoding="utf-8")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, which sees no other tree."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    environment.pop("PYTEST_XDIST_WORKER", None)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        text=True,
        capture_output=True,
        timeout=240,
        check=False,
    )


def test_it_is_declared_once_and_seen_everywhere(copy: Path) -> None:
    patched(copy, CATALOGUE, ")\n\nINDICATORS:", f"{DECLARATION})\n\nINDICATORS:")
    patched(copy, CHARTS, '"F17", "F18", "F19"', '"F17", "F18", "F19", "F25"')
    written = run(copy, "-m", "tests.statistics.definitions")
    assert written.returncode == 0, written.stderr
    assert "### F25 · En intérim dans le mois" in (copy / "docs/guide/figures.md").read_text(encoding="utf-8")
    played = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/statistics/one_more_indicator.py")
    assert played.returncode == 0, played.stdout + played.stderr


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (r"formula=Share.*", "", "F25: either a formula or the field that is missing"),
        (r"Emploi\.INTERIM", '"intermittent"', "F25: emploi_mois cannot be counted by intermittent"),
        (r"Breakdown\.EMPLOI_MOIS", "Breakdown.SEXE", "F25: sex cannot be counted by interim"),
    ],
)
def test_what_is_missing_is_said_before_anything_starts(copy: Path, before: str, after: str, missing: str) -> None:
    patched(copy, CATALOGUE, ")\n\nINDICATORS:", f"{re.sub(before, after, DECLARATION)})\n\nINDICATORS:")
    started = run(copy, "-m", "bot.cli", "--help")
    assert started.returncode == 1
    assert missing in started.stderr
