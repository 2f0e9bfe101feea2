"""A seventh question is asked, shown, reviewed, sent back, corrected, exported, imported and counted, by three edits.

They are those of CONTRIBUTING: the closed list and its indicator, the question, the column and its migration. With one
of them missing the program does not start, and says which.
"""

import pytest

from tests.harness.program_copy import Edit, ProgramCopy, following, preceding

NOMENCLATURE = "models/reference/nomenclature.py"
FORM = "models/events/form.py"
TABLES = "models/events/tables.py"

CLOSED_LIST = preceding(
    NOMENCLATURE,
    "class Handicap(StrEnum):",
    '''class Logement(StrEnum):
    """Where the person lives at the date (`evt_logement`)."""

    AUTONOME = "autonome"
    HEBERGE = "heberge"
    SANS_LOGEMENT = "sans_logement"


''',
)
SPELLING = preceding(
    NOMENCLATURE,
    "HANDICAP: Spelling = {",
    """LOGEMENT: Spelling = {
    Logement.AUTONOME: "Logement autonome",
    Logement.HEBERGE: "Hébergement",
    Logement.SANS_LOGEMENT: "Sans logement",
}
""",
)
INDICATOR = preceding(
    NOMENCLATURE,
    '        Indicator("evt_date", ',
    """        Indicator(
            "evt_logement", "Logement à la date évènement", CellKind.CHOICE, mandatory=True, choices=LOGEMENT
        ),
""",
)
IMPORTED = following(FORM, "    Formation,\n    Indicator,\n", "    LOGEMENT,\n    Logement,\n")
CHOICES = preceding(
    FORM,
    "_OF_ANY = (",
    """LOGEMENTS = (
    Choice(Logement.AUTONOME, "Logement autonome", "autonome"),
    Choice(Logement.HEBERGE, "Hébergement", "hébergement"),
    Choice(Logement.SANS_LOGEMENT, "Sans logement", "sans logement"),
)

""",
)
QUESTION = following(
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
ANSWER = following(FORM, "    formation_mois: Formation\n", "    logement: Logement\n")
COLUMN = following(
    TABLES,
    '    formation_mois: Formation = Field(sa_type=closed_list(Formation, "formation_mois"))\n',
    '    logement: Logement = Field(sa_type=closed_list(Logement, "logement"))\n',
)
COLUMN_IMPORTED = following(TABLES, "import Emploi, Formation, ", "Logement, ")
MIGRATION = """from alembic import op

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


def test_it_works_everywhere(copy: ProgramCopy) -> None:
    assert len({edit.path for edit in EDITS}) == 3
    copy.edit(EDITS)
    copy.migrate(MIGRATION)
    copy.play("tests/events/seventh_question.py")


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({INDICATOR}, "models/reference/nomenclature.py: there is no indicator evt_logement"),
        ({ANSWER}, "models/events/form.py: the fields of Answers are not those of the questions, in their order"),
        ({COLUMN, COLUMN_IMPORTED}, "models/events/tables.py: Event has no column logement of Logement"),
    ],
    ids=["indicator", "answer", "column"],
)
def test_the_program_does_not_start_while_something_is_missing(
    copy: ProgramCopy, missing: set[Edit], said: str
) -> None:
    copy.edit(edit for edit in EDITS if edit not in missing)
    started = copy.run("-c", "import models.tables")
    assert started.returncode != 0
    assert said in started.stderr
