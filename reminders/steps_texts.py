"""What the days on which somebody is notified are called in French: declared here, never read back from codes."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.base import french


@dataclass(frozen=True, slots=True)
class StepName:
    """How a step is called in a preview, after the kind of the message; and what `/rappels` says of it beforehand."""

    reason: str
    promise: str = ""


OPENED = StepName("ouverture de la remontée", "la remontée est ouverte")
DUE = StepName("jour de la remontée", "c'est le jour de la remontée")
SNOOZE_ENDED = StepName("fin d'un report", "comme vous l'avez demandé")
RETURNED = StepName("retour d'absence", "à votre retour")
SAME_DAY, NEXT_DAY = StepName("le jour même"), StepName("le lendemain")
BEGINS_SOON = StepName("")


def before_due(days: int) -> StepName:
    """Name a day before the date of a campaign: « J-7 »."""
    return StepName(f"J-{days}", f"{french.count(days, 'jour')} avant la date")


def after_due(number: int) -> StepName:
    """Name a working day after the date of a campaign."""
    days = french.count(number, "jour ouvré", "jours ouvrés")
    return StepName(f"{days} après la date", "la date est passée, la saisie reste ouverte")


def escalated(days: int) -> StepName:
    """Name the day on which what is missing is told further up: « J+3 »."""
    return StepName(f"J+{days}")


def week_of(day: date) -> StepName:
    """Name the week of a digest by its Monday."""
    return StepName(f"bilan de la semaine du {french.day(day - timedelta(days=day.weekday()))}")


def beginning_of(month: date) -> StepName:
    """Name the first days of a month."""
    return StepName(f"début {_name(month)}")


def day_of(number: int, month: date) -> StepName:
    """Name a day of a month: « le 10 décembre »."""
    return StepName(f"le {number} {_name(month)}")


def last_days_of(month: date, days: int) -> StepName:
    """Name the last working days of a month."""
    name = _name(month)
    return StepName(f"{days} derniers jours ouvrés {_of(name)}")


def before_meeting(days: int, day: date) -> StepName:
    """Name a day before a meeting: « J-7, pour le 25 décembre »."""
    return StepName(f"J-{days}, pour le {french.day(day)}")


def weeks_after(number: int) -> StepName:
    """Name a week after a meeting."""
    return StepName(f"{french.count(number, 'semaine')} après")


def _name(month: date) -> str:
    return french.month(month).split()[0]


def _of(name: str) -> str:
    return f"d'{name}" if name[0] in "ao" else f"de {name}"
