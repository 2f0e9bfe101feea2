"""Write `demo.xlsx`, the workbook `make demo` loads: python -m tests.data.make_demo

One dispositif, one job coach with 20 invented persons: 17 whose situation carries over without a question, two
worth a look (a third fixed-term contract in a row, a `Veille totale`), one who has just come in. Dates and codes
are real ones of nobody.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from models.nomenclature import (
    AFFECTATIONS,
    DISPOSITIFS,
    EVENEMENTS,
    HANDICAP,
    ORIENTATION,
    PERSONNES,
    STATUT_DISPOSITIF,
    Emploi,
    Formation,
    Handicap,
    Niveau,
    Orientation,
    Sheet,
    Statut,
    StatutDispositif,
)

FILE = Path(__file__).with_name("demo.xlsx")
REFERENCE = "ABC01"
NAME = "Emploi accompagné du Rhône"
STRUCTURES = ("Les Tilleuls", "Le Pont", "Atelier Sud")
COACH = "coach@exemple.fr"
COORDINATION = "coordination@exemple.fr"
CAMPAIGNS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))

TILLEULS, PONT, ATELIER = STRUCTURES
MDPH, SPE = Orientation.MDPH, Orientation.SPE
F, M = "Femme", "Homme"
CDI, CDD, INTERIM = Emploi.CDI, Emploi.CDD, Emploi.INTERIM
ALTERNANCE, PMSMP, NO_JOB = Emploi.ALTERNANCE, Emploi.PMSMP, Emploi.SANS_EMPLOI
TRAINING, PLACEMENT, NEITHER = Formation.FORMATION, Formation.STAGE, Formation.SANS_OBJET
LOW, SOME, REGULAR, HIGH = Niveau.VEILLE, Niveau.SUIVI, Niveau.REGULIER, Niveau.INTENSIF


@dataclass(frozen=True)
class Quarter:
    """An event: `before` and `trained` are the last month's, where they differ from the date's."""

    level: Niveau
    job: Emploi
    training: Formation = NEITHER
    status: Statut = Statut.SUIVI
    before: Emploi | None = None
    trained: Formation | None = None


@dataclass(frozen=True)
class Somebody:
    """A person nobody is; events are those of the last campaigns, the newest last."""

    number: str
    structure: str
    born: date
    sex: str
    disability: Handicap
    second: Handicap | None
    entered: date
    jobless: int
    orientation: Orientation
    events: tuple[Quarter, ...]


Q = Quarter
PERSONS = (
    Somebody(
        "0004217",
        TILLEULS,
        date(1994, 5, 12),
        F,
        Handicap.PSYCHISME,
        None,
        date(2024, 3, 4),
        14,
        MDPH,
        (Q(SOME, CDI), Q(SOME, CDI), Q(LOW, CDI)),
    ),
    Somebody(
        "0004231",
        TILLEULS,
        date(1988, 11, 3),
        M,
        Handicap.AUTISME,
        None,
        date(2023, 9, 18),
        26,
        MDPH,
        (Q(REGULAR, NO_JOB), Q(REGULAR, PMSMP), Q(SOME, CDI)),
    ),
    Somebody(
        "0004318",
        PONT,
        date(2001, 2, 27),
        M,
        Handicap.INTELLECTUELLE,
        Handicap.LANGAGE,
        date(2025, 1, 13),
        9,
        MDPH,
        (Q(HIGH, NO_JOB, PLACEMENT), Q(HIGH, NO_JOB, TRAINING), Q(REGULAR, ALTERNANCE, TRAINING)),
    ),
    Somebody(
        "0004406",
        PONT,
        date(1979, 8, 21),
        F,
        Handicap.COGNITIFS,
        None,
        date(2024, 11, 5),
        31,
        SPE,
        (Q(SOME, NO_JOB), Q(REGULAR, NO_JOB, TRAINING), Q(REGULAR, NO_JOB, TRAINING)),
    ),
    Somebody(
        "0004452",
        ATELIER,
        date(1991, 1, 30),
        M,
        Handicap.PSYCHISME,
        Handicap.MOTRICES,
        date(2023, 4, 11),
        18,
        MDPH,
        (Q(LOW, CDI), Q(LOW, CDI), Q(LOW, CDI)),
    ),
    Somebody(
        "0004529",
        ATELIER,
        date(1985, 6, 9),
        F,
        Handicap.MOTRICES,
        None,
        date(2024, 6, 24),
        11,
        SPE,
        (Q(SOME, CDD), Q(SOME, CDD), Q(SOME, CDD)),
    ),  # worth a look: a third contract in a row
    Somebody(
        "0004583",
        TILLEULS,
        date(1997, 10, 15),
        M,
        Handicap.AUTISME,
        Handicap.COGNITIFS,
        date(2025, 2, 3),
        20,
        MDPH,
        (Q(HIGH, NO_JOB), Q(REGULAR, NO_JOB, PLACEMENT), Q(REGULAR, CDD)),
    ),
    Somebody(
        "0004640",
        PONT,
        date(1983, 3, 18),
        F,
        Handicap.PSYCHISME,
        None,
        date(2022, 10, 17),
        36,
        MDPH,
        (
            Q(SOME, NO_JOB),
            Q(LOW, NO_JOB, status=Statut.VEILLE_TOTALE),
            Q(LOW, NO_JOB, status=Statut.VEILLE_TOTALE),
        ),
    ),  # worth a look: no more contact
    Somebody(
        "0004705",
        TILLEULS,
        date(1999, 12, 1),
        F,
        Handicap.LANGAGE,
        None,
        date(2024, 9, 9),
        7,
        MDPH,
        (Q(REGULAR, ALTERNANCE, TRAINING), Q(REGULAR, ALTERNANCE, TRAINING), Q(SOME, ALTERNANCE, TRAINING)),
    ),
    Somebody(
        "0004778",
        ATELIER,
        date(1976, 4, 25),
        M,
        Handicap.AUDITIVES,
        None,
        date(2023, 1, 23),
        48,
        SPE,
        (Q(SOME, INTERIM), Q(SOME, NO_JOB, before=INTERIM), Q(SOME, INTERIM)),
    ),
    Somebody(
        "0004816",
        PONT,
        date(1990, 7, 7),
        M,
        Handicap.PSYCHISME,
        Handicap.COGNITIFS,
        date(2025, 3, 17),
        16,
        MDPH,
        (Q(REGULAR, NO_JOB), Q(REGULAR, CDD), Q(SOME, CDI)),
    ),
    Somebody(
        "0004873",
        ATELIER,
        date(1987, 9, 28),
        F,
        Handicap.VISUELLES,
        None,
        date(2024, 1, 15),
        22,
        MDPH,
        (Q(LOW, CDI), Q(LOW, CDI), Q(LOW, CDI)),
    ),
    Somebody(
        "0004934",
        TILLEULS,
        date(2003, 5, 19),
        M,
        Handicap.INTELLECTUELLE,
        None,
        date(2025, 9, 8),
        5,
        MDPH,
        (Q(HIGH, NO_JOB, PLACEMENT), Q(HIGH, PMSMP), Q(HIGH, NO_JOB, TRAINING)),
    ),
    Somebody(
        "0004962",
        PONT,
        date(1981, 2, 14),
        F,
        Handicap.COGNITIFS,
        None,
        date(2025, 11, 24),
        40,
        SPE,
        (Q(REGULAR, NO_JOB), Q(SOME, NO_JOB), Q(SOME, NO_JOB)),
    ),
    Somebody(
        "0005027",
        ATELIER,
        date(1995, 8, 6),
        M,
        Handicap.AUTISME,
        None,
        date(2024, 5, 27),
        13,
        MDPH,
        (Q(SOME, CDD), Q(SOME, CDI), Q(LOW, CDI)),
    ),
    Somebody(
        "0005093",
        TILLEULS,
        date(1992, 11, 22),
        F,
        Handicap.PSYCHISME,
        None,
        date(2026, 4, 13),
        19,
        MDPH,
        (Q(HIGH, NO_JOB), Q(REGULAR, NO_JOB, trained=PLACEMENT)),
    ),
    Somebody(
        "0005148",
        PONT,
        date(1986, 1, 5),
        M,
        Handicap.MOTRICES,
        Handicap.PSYCHISME,
        date(2026, 5, 18),
        28,
        SPE,
        (Q(REGULAR, NO_JOB), Q(REGULAR, CDD)),
    ),
    Somebody(
        "0005216",
        ATELIER,
        date(2000, 6, 16),
        F,
        Handicap.AUTISME,
        None,
        date(2026, 7, 6),
        8,
        MDPH,
        (Q(HIGH, NO_JOB, PLACEMENT),),
    ),
    Somebody(
        "0005284",
        TILLEULS,
        date(1978, 10, 31),
        M,
        Handicap.AUTRE,
        None,
        date(2026, 8, 24),
        33,
        SPE,
        (Q(REGULAR, NO_JOB),),
    ),
    Somebody("0005361", PONT, date(1998, 3, 23), F, Handicap.COGNITIFS, None, date(2026, 11, 2), 10, MDPH, ()),
)


def reference_of(person: Somebody) -> str:
    """Return the person's code of 14 characters."""
    return f"84{REFERENCE}{person.number}"


def build() -> Workbook:
    """Return the demonstration workbook."""
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    _add(workbook, DISPOSITIFS, [_dispositif()])
    _add(workbook, PERSONNES, [_person(person) for person in PERSONS])
    _add(
        workbook,
        EVENEMENTS,
        [
            _event(person, day, quarter)
            for person in PERSONS
            for day, quarter in zip(CAMPAIGNS[len(CAMPAIGNS) - len(person.events) :], person.events, strict=True)
        ],
    )
    _add(
        workbook,
        AFFECTATIONS,
        [{"aff_personne": reference_of(person), "aff_email_coach": COACH} for person in PERSONS],
    )
    return workbook


def _dispositif() -> dict[str, Any]:
    return {
        "disp_reference": REFERENCE,
        "disp_email_responsable": COORDINATION,
        "disp_nom": NAME,
        "disp_departement_no": "69",
        "disp_emails_conseillers": COACH,
        "disp_statut": STATUT_DISPOSITIF[StatutDispositif.EN_ACTIVITE],
        "disp_structures_rattachees": " ; ".join(STRUCTURES),
        "disp_capacite": 60,
        "disp_etp_total": 3.5,
        "disp_etp_hors_admin": 2.8,
        "disp_professionnels_hors_admin": 4,
        "disp_liste_attente": 7,
        "disp_sans_suite": 3,
    }


def _person(person: Somebody) -> dict[str, Any]:
    return {
        "pers_reference": reference_of(person),
        "pers_dispositif": NAME,
        "pers_structure": person.structure,
        "pers_date_naissance": person.born,
        "pers_sexe": person.sex,
        "pers_handicap_principal": HANDICAP[person.disability],
        "pers_handicap_associe": HANDICAP[person.second] if person.second else None,
        "pers_date_entree": person.entered,
        "pers_duree_sans_emploi": person.jobless,
        "pers_orientation": ORIENTATION[person.orientation],
    }


def _event(person: Somebody, day: date, quarter: Quarter) -> dict[str, Any]:
    codes = {
        "evt_statut": quarter.status,
        "evt_niveau_soutien": quarter.level,
        "evt_emploi_date": quarter.job,
        "evt_formation_date": quarter.training,
        "evt_emploi_mois": quarter.before or quarter.job,
        "evt_formation_mois": quarter.trained or quarter.training,
    }
    spelled = {key: (EVENEMENTS.indicator(key).choices or {})[code] for key, code in codes.items()}
    return {
        "evt_dispositif_concerne": NAME,
        "evt_personne": reference_of(person),
        "evt_date": day,
        **spelled,
    }


def _add(workbook: Workbook, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    worksheet = workbook.create_sheet(sheet.title)
    worksheet.append([indicator.label for indicator in sheet.indicators])
    for row in rows:
        worksheet.append([row.get(indicator.id) for indicator in sheet.indicators])
    for place, heading in enumerate(worksheet[1], start=1):
        heading.font = Font(bold=True)
        worksheet.column_dimensions[get_column_letter(place)].width = 24
    for line in worksheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    worksheet.freeze_panes = "B2"


if __name__ == "__main__":
    build().save(FILE)
