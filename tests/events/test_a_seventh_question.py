"""A seventh question is asked, shown, reviewed, sent back, corrected, exported, imported and counted, by three edits.

They are those of CONTRIBUTING: the closed list and its indicator, the question, the column and its migration. With one
of them missing the program does not start, and says which.
"""

from pathlib import Path

import pytest

from tests.events.asked_more import FORM, NOMENCLATURE, TABLES, Edit, copied, play, run

CLOSED_LIST = Edit(
    NOMENCLATURE,
    "class Handicap(StrEnum):",
    '''class Logement(StrEnum):
    """Where the person lives at the date (`evt_logement`)."""

    AUTONOME = "autonome"
    HEBERGE = "heberge"
    SANS_LOGEMENT = "sans_logement"


''',
    before=True,
)
SPELLING = Edit(
    NOMENCLATURE,
    "HANDICAP: Spelling = {",
    """LOGEMENT: Spelling = {
    Logement.AUTONOME: "Logement autonome",
    Logement.HEBERGE: "Hébergement",
    Logement.SANS_LOGEMENT: "Sans logement",
}
""",
    before=True,
)
INDICATOR = Edit(
    NOMENCLATURE,
    '        Indicator("evt_date", ',
    """        Indicator(
            "evt_logement", "Logement à la date évènement", CellKind.CHOICE, mandatory=True, choices=LOGEMENT
        ),
""",
    before=True,
)
IMPORTED = Edit(FORM, "    Formation,\n    Indicator,\n", "    LOGEMENT,\n    Logement,\n")
CHOICES = Edit(
    FORM,
    "_OF_ANY = (",
    """LOGEMENTS = (
    Choice(Logement.AUTONOME, "Logement autonome", "autonome"),
    Choice(Logement.HEBERGE, "Hébergement", "hébergement"),
    Choice(Logement.SANS_LOGEMENT, "Sans logement", "sans logement"),
)

""",
    before=True,
)
QUESTION = Edit(
    FORM,
    '        month_of="formation_date",\n    ),\n',
    """    Question(
        "logement",
        "Logement",
        "Où la personne vit-elle au {date} ?",
        "« Hébergement » : chez un proche, en foyer ou en résidence.",
        "Que choisir ?",
        LOGEMENTS,
        correction="Corriger le logement",
        spoken="le logement",
        doubts=_OF_ANY,
        statistic=Statistic("logement", "Logement à la date", LOGEMENT),
    ),
""",
)
ANSWER = Edit(FORM, "    formation_mois: Formation\n", "    logement: Logement\n")
COLUMN = Edit(
    TABLES,
    '    formation_mois: Formation = Field(sa_type=closed_list(Formation, "formation_mois"))\n',
    '    logement: Logement = Field(sa_type=closed_list(Logement, "logement"))\n',
)
COLUMN_IMPORTED = Edit(TABLES, "import Emploi, Formation, ", "Logement, ")
MIGRATION = """
from alembic import op

from models.migrations.closed_lists import allow

FIELDS = ("statut", "niveau_soutien", "emploi_date", "formation_date", "emploi_mois", "formation_mois")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE event ADD COLUMN logement VARCHAR(32) DEFAULT 'autonome' NOT NULL CONSTRAINT ck_event_logement"
        " CHECK (logement IN ('autonome', 'heberge', 'sans_logement'))"
    )
    allow("remark", "field", FIELDS, (*FIELDS, "logement"))
"""

EDITS = (CLOSED_LIST, SPELLING, INDICATOR, IMPORTED, CHOICES, QUESTION, ANSWER, COLUMN, COLUMN_IMPORTED)


def test_it_works_everywhere(tmp_path: Path) -> None:
    folder = copied(tmp_path / "jalon", EDITS, MIGRATION)
    assert len({edit.path for edit in EDITS}) == 3
    play(folder, "tests/events/seventh_question.py")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({INDICATOR}, "models/reference/nomenclature.py: there is no indicator evt_logement"),
        ({ANSWER}, "models/events/form.py: the fields of Answers are not those of the questions, in their order"),
        ({COLUMN, COLUMN_IMPORTED}, "models/events/tables.py: Event has no column logement of Logement"),
    ],
    ids=["indicator", "answer", "column"],
)
def test_the_program_does_not_start_while_something_is_missing(tmp_path: Path, missing: set[Edit], said: str) -> None:
    folder = copied(tmp_path / "jalon", [edit for edit in EDITS if edit not in missing])
    started = run(folder, "-c", "import models.tables")
    assert started.returncode != 0
    assert said in started.stderr
