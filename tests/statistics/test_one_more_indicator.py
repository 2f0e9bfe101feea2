"""One more indicator is one declaration: tried in a copy of the tree, by the files that CONTRIBUTING names."""

import re

import pytest

from tests.harness.program_copy import ProgramCopy

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


def test_it_is_declared_once_and_seen_everywhere(copy: ProgramCopy) -> None:
    copy.change(CATALOGUE, ")\n\nINDICATORS:", f"{DECLARATION})\n\nINDICATORS:")
    copy.change(CHARTS, '"F17", "F18", "F19"', '"F17", "F18", "F19", "F25"')
    written = copy.run("-m", "tests.statistics.definitions")
    assert written.returncode == 0, written.stderr
    assert "### F25 · En intérim dans le mois" in (copy.root / "docs/guide/figures.md").read_text(encoding="utf-8")
    copy.play("tests/statistics/one_more_indicator.py")


@pytest.mark.parametrize(
    ("before", "after", "missing"),
    [
        (r"formula=Share.*", "", "F25: either a formula or the field that is missing"),
        (r"Emploi\.INTERIM", '"intermittent"', "F25: emploi_mois cannot be counted by intermittent"),
        (r"Breakdown\.EMPLOI_MOIS", "Breakdown.SEXE", "F25: sex cannot be counted by interim"),
    ],
)
def test_what_is_missing_is_said_before_anything_starts(
    copy: ProgramCopy, before: str, after: str, missing: str
) -> None:
    copy.change(CATALOGUE, ")\n\nINDICATORS:", f"{re.sub(before, after, DECLARATION)})\n\nINDICATORS:")
    started = copy.run("-m", "bot.cli", "--help")
    assert started.returncode == 1
    assert missing in started.stderr
