"""Why something is told, as whoever looks over the reminders reads it: in French, from the step that brings it."""

from datetime import date

from models.accounts.texts import ROLES
from models.base import french
from models.meetings.reminders.unplanned import Notice
from reminders.meetings_steps import LAST_DAYS
from reminders.policy import OPENING, RETURN, SNOOZED, Part, ReminderKind
from reminders.steps import Step

WHY: dict[ReminderKind | Notice, str] = {
    ReminderKind.REMINDER: "",
    ReminderKind.RELAY: "absence d'un job coach",
    ReminderKind.DIGEST: "bilan de la semaine",
    ReminderKind.ESCALATION: "point sur les retards",
    ReminderKind.INVITATION: "invitation pas encore ouverte",
    Notice.UNPLANNED: "aucun point fixé",
    Notice.COMING: "réunion à venir",
    Notice.SOON: "réunion dans deux heures",
    Notice.WORD: "réunion passée",
}


PARTS = {**ROLES, Part.PARTICIPANT: "participant"}
"""How the role or the part in which somebody is told is called."""


def reason(kind: ReminderKind | Notice, step: Step, today: date, waiting: str) -> str:
    """Return why something is told: what it is, its step, whether it is late, until when it waits."""
    late = "en retard" if step.day < today and not waiting else ""
    if kind == ReminderKind.DIGEST:
        monday = step.nominal.fromordinal(step.nominal.toordinal() - step.nominal.weekday())
        return _joined(f"{WHY[kind]} du {french.day(monday)}", late, waiting)
    if kind == Notice.SOON:
        return _joined(WHY[kind], waiting)
    return _joined(
        WHY[kind], _of_meeting(step.code) if isinstance(kind, Notice) else _of_campaign(step.code), late, waiting
    )


def _of_campaign(code: str) -> str:
    """Return what a step of a campaign is called: « J-7 », « 4 jours ouvrés après la date »."""
    name = code.partition(":")[0]
    if name.endswith(" ouvrés"):
        return f"{french.count(int(name[2:].split()[0]), 'jour ouvré', 'jours ouvrés')} après la date"
    named = {OPENING: "ouverture de la remontée", "J": "jour de la remontée"}
    return (named | {SNOOZED: "fin d'un report", RETURN: "retour d'absence"}).get(name, name)


def _of_meeting(code: str) -> str:
    """Return what a step of a meeting or of a month without a point is called."""
    match code.split():
        case [month, *when] if month[0].isdigit():
            return _of_month(date.fromisoformat(f"{month}-01"), " ".join(when))
        case ["fin", _]:
            return "le jour même"
        case ["lendemain", _]:
            return "le lendemain"
        case ["semaine", number, _]:
            return f"{french.count(int(number), 'semaine')} après"
        case [before, day]:
            return f"{before}, pour le {french.day(date.fromisoformat(day))}"
        case _:
            return code


def _of_month(month: date, when: str) -> str:
    name = french.month(month).split()[0]
    if when.startswith("fin"):
        return f"{LAST_DAYS} derniers jours ouvrés {_of(name)}"
    return f"{when} {name}"


def _of(name: str) -> str:
    return f"d'{name}" if name[0] in "ao" else f"de {name}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
