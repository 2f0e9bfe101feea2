"""A fifth level of support is chosen, shown, exported, imported and counted, by the edits that CONTRIBUTING names."""

from pathlib import Path

from tests.events.asked_more import FORM, NOMENCLATURE, Edit, copied, play, run

MEMBER = Edit(NOMENCLATURE, '    INTENSIF = "intensif"\n', '    RENFORCE = "renforce"\n')
SPELLING = Edit(
    NOMENCLATURE,
    '    Niveau.INTENSIF: "Intensif – plus de 12h/mois",\n',
    '    Niveau.RENFORCE: "Renforcé – plus de 20h/mois",\n',
)
CHOICE = Edit(
    FORM,
    '    Choice(Niveau.INTENSIF, "Intensif : plus de 12 h", "intensif, plus de 12 h par mois"),\n',
    '    Choice(Niveau.RENFORCE, "Renforcé : plus de 20 h", "renforcé, plus de 20 h par mois"),\n',
)
GROUPED = Edit(FORM, "(Niveau.REGULIER, Niveau.INTENSIF", ", Niveau.RENFORCE")
MIGRATION = """
from models.migrations.closed_lists import allow

LEVELS = ("veille", "suivi", "regulier", "intensif")


def upgrade() -> None:
    allow("event", "niveau_soutien", LEVELS, (*LEVELS, "renforce"))
"""
EDITS = (MEMBER, SPELLING, CHOICE, GROUPED)


def test_it_works_everywhere(tmp_path: Path) -> None:
    play(copied(tmp_path / "jalon", EDITS, MIGRATION), "tests/events/fifth_level.py")


def test_the_program_does_not_start_while_it_cannot_be_chosen_or_counted(tmp_path: Path) -> None:
    for missing, said in (
        (CHOICE, "the question niveau_soutien needs a choice for each of veille, suivi, regulier, intensif, renforce"),
        (SPELLING, "models/reference/nomenclature.py: evt_niveau_soutien does not spell each of Niveau"),
        (GROUPED, "the groups of the statistic of niveau_soutien do not name each category once"),
    ):
        folder = copied(tmp_path / missing.beside.split()[0].strip("("), [one for one in EDITS if one is not missing])
        started = run(folder, "-c", "import models.tables")
        assert started.returncode != 0
        assert said in started.stderr
