"""The invented people of the demonstration: a dispositif, a job coach, 20 persons with up to three quarters each."""

from dataclasses import dataclass
from datetime import date

from models.reference.nomenclature import Emploi, Formation, Handicap, Niveau, Orientation, Statut

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
