"""The register's columns: label, width, number format; and what its cells say."""

from models.base import french
from models.meetings.reports.texts import GROUNDS, PRESCRIBERS

TITLE = "Registre"
DAY = "dd/mm/yyyy"

COLUMNS = (
    ("Période", 18, None),
    ("Territoire", 24, None),
    ("Périmètre", 18, None),
    ("Réunion", 32, None),
    ("Obligation", 11, None),
    ("État de l'obligation", 26, None),
    ("Date", 12, DAY),
    ("Heure", 10, None),
    ("État de la réunion", 28, None),
    ("Organismes invités", 40, None),
    ("Convocation envoyée le", 22, DAY),
    ("Remise des convocations", 36, None),
    ("Présents annoncés", 18, None),
    ("Absents annoncés", 18, None),
    ("Peut-être", 12, None),
    ("Organismes présents", 40, None),
    *((f"Prescriptions examinées, {name}", 20, None) for name in PRESCRIBERS.values()),
    ("Droit commun examiné avant", 20, None),
    *((f"Cap emploi vers sa structure : {name}", 28, None) for name in GROUNDS.values()),
    ("Compte rendu signé le", 22, DAY),
    ("Signé par", 24, None),
    ("Additifs du", 24, None),
    ("Annulée le", 12, DAY),
)

SELF_EVIDENT = tuple(label for label, *_ in COLUMNS[:9])
"""The columns whose cells say what they are: up to the state of the meeting."""

SUBSIDIARITY = {True: "oui", False: "non", None: None}

ARRIVED, UNCERTAIN, LOST, WAITING = "remise", "incertaine", "non remise", "en attente"
"""What became of an invitation."""


def deliveries(number: int, what: str) -> str:
    """Return « 2 remises », « 1 non remise », « 3 en attente »."""
    return f"{number} {what}" if what == WAITING else french.count(number, what)
