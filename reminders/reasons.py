"""Why something is told, as whoever looks over the reminders reads it: in French, from its kind and its step."""

from datetime import date

from models.accounts.texts import ROLES
from models.notifications.kinds import Part, ReminderKind
from reminders.steps import Step

PARTS = {**ROLES, Part.PARTICIPANT: "participant"}
"""How the role or the part in which somebody is notified is called."""


def reason(kind: ReminderKind, step: Step, today: date, waiting: str) -> str:
    """Return why something is told: what it is, its step, whether it is late, until when it waits."""
    late = "en retard" if step.day < today and not waiting else ""
    return ", ".join(part for part in (kind.why, step.name.reason, late, waiting) if part)
