"""What Jalon says in French about a series: its rule, its days and those that a holiday moved."""

from models.base import french
from models.meetings.planning.series import Occurrence, RecurrenceRule
from models.meetings.texts import full_day

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
WEEKS = {1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", -1: "dernier"}
OCCURRENCE_MOVED = "{day}, au lieu du {meant} ({why})"
NAMELESS = "férié"
"""What is said of a holiday whose name is its date."""


def rule(one: RecurrenceRule) -> str:
    """Return « le premier mardi du mois », « le dernier lundi, tous les 6 mois »."""
    day = f"le {WEEKS[one.week]} {WEEKDAYS[one.weekday]}"
    return f"{day} du mois" if one.every_months == 1 else f"{day}, tous les {one.every_months} mois"


def occurrence(one: Occurrence) -> str:
    """Return a day of a series, and from where a holiday moved it."""
    day = full_day(one.day)
    if not one.moved:
        return day
    meant = french.day(one.meant)
    return OCCURRENCE_MOVED.format(day=day, meant=meant, why=NAMELESS if one.why == meant else one.why)
