"""A fifth level of support is chosen, shown, exported, imported and counted, by the edits that CONTRIBUTING names."""

import pytest

from tests.harness.program_copy import Edit, ProgramCopy, following

NOMENCLATURE = "models/reference/nomenclature.py"
FORM = "models/events/form.py"

MEMBER = following(NOMENCLATURE, '    INTENSIF = "intensif"\n', '    RENFORCE = "renforce"\n')
SPELLING = following(
    NOMENCLATURE,
    '    Niveau.INTENSIF: "Intensif – plus de 12h/mois",\n',
    '    Niveau.RENFORCE: "Renforcé – plus de 20h/mois",\n',
)
CHOICE = following(
    FORM,
    '    Choice(Niveau.INTENSIF, "Intensif : plus de 12 h", "intensif, plus de 12 h par mois"),\n',
    '    Choice(Niveau.RENFORCE, "Renforcé : plus de 20 h", "renforcé, plus de 20 h par mois"),\n',
)
GROUPED = following(FORM, "(Niveau.REGULIER, Niveau.INTENSIF", ", Niveau.RENFORCE")
MIGRATION = """
from models.migrations.closed_lists import allow

LEVELS = ("veille", "suivi", "regulier", "intensif")


def upgrade() -> None:
    allow("event", "niveau_soutien", LEVELS, (*LEVELS, "renforce"))
"""
EDITS = (MEMBER, SPELLING, CHOICE, GROUPED)


def test_it_works_everywhere(copy: ProgramCopy) -> None:
    copy.edit(EDITS)
    copy.migrate(MIGRATION)
    copy.play("tests/events/fifth_level.py")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (CHOICE, "the question niveau_soutien needs a choice for each of veille, suivi, regulier, intensif, renforce"),
        (SPELLING, "models/reference/nomenclature.py: evt_niveau_soutien does not spell each of Niveau"),
        (GROUPED, "the groups of the statistic of niveau_soutien do not name each category once"),
    ],
    ids=["choice", "spelling", "group"],
)
def test_the_program_does_not_start_while_something_is_missing(copy: ProgramCopy, missing: Edit, said: str) -> None:
    copy.edit(edit for edit in EDITS if edit != missing)
    started = copy.run("-c", "import models.tables")
    assert started.returncode != 0
    assert said in started.stderr
