"""What would go out at a moment, as administrators read it in the chat: numbers by kind, then ten messages a page."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from models.base import french
from models.base.screens import Row, Screen, bold, button
from models.meetings.reminders.unplanned import Notice
from reminders.policy import ReminderKind
from reminders.reasons import PARTS
from reminders.reminder import Reminder

PREVIEW = "reminders_preview"
"""What asks for it: the verb of its buttons, and the kind of the work that makes it."""

SHOWN = 10
TITLE = bold("Aperçu des rappels")
NOTHING_TO_SEND = "Rien à envoyer."
REFRESH = "Actualiser"
BEFORE, AFTER = "Précédents", "Suivants"
BACK = "Vos rappels"

_KINDS: dict[ReminderKind | Notice, tuple[str, str]] = {
    ReminderKind.REMINDER: ("rappel", "rappels"),
    ReminderKind.RELAY: ("relais d'absence", "relais d'absence"),
    ReminderKind.DIGEST: ("bilan", "bilans"),
    ReminderKind.ESCALATION: ("point sur les retards", "points sur les retards"),
    ReminderKind.INVITATION: ("invitation à ouvrir", "invitations à ouvrir"),
    Notice.UNPLANNED: ("rappel de point à fixer", "rappels de point à fixer"),
    Notice.COMING: ("réunion à venir", "réunions à venir"),
    Notice.SOON: ("réunion dans deux heures", "réunions dans deux heures"),
    Notice.WORD: ("réunion passée", "réunions passées"),
}


def preview(found: Sequence[Reminder], now: datetime, page: int) -> Screen:
    """Return a page of what would go out now, and of what waits; beyond the last page, the last one."""
    page = min(page, max(len(found) - 1, 0) // SHOWN)
    shown = found[page * SHOWN : (page + 1) * SHOWN]
    after = len(found) - page * SHOWN - len(shown)
    more = [f"et {french.count(after, 'autre message', 'autres messages')}."] if after else []
    turning: Row = (button(BEFORE, PREVIEW, page - 1),) if page else ()
    if after:
        turning = (*turning, button(AFTER, PREVIEW, page + 1))
    rows = (*((turning,) if turning else ()), (button(REFRESH, PREVIEW, page),), (button(BACK, "reminders"),))
    return Screen("\n\n".join((_in_all(found), *(_planned(one, now) for one in shown), *more)), rows)


def _in_all(found: Sequence[Reminder]) -> str:
    """Return how many messages of each kind would go out now, and how many wait for their hour."""
    if not found:
        return f"{TITLE}\n{NOTHING_TO_SEND}"
    waiting = sum(one.held_until is not None for one in found)
    kinds = Counter(one.kind for one in found)
    numbers = " · ".join(french.count(number, *_KINDS[kind]) for kind, number in kinds.most_common())
    going = french.count(len(found) - waiting, "message")
    return f"{TITLE}\n{going} à envoyer maintenant, {waiting} en attente de leur heure.\n{numbers}."


def _planned(one: Reminder, now: datetime) -> str:
    """Return what would be sent: kind, to whom, the time it is there, why, until when it waits, how it begins."""
    kind, _ = _KINDS[one.kind]
    local = now.astimezone(one.person.place.zone)
    begins = one.screen.plain().partition("\n")[0]
    return (
        f"{bold(kind.capitalize())}, {PARTS[one.role]} : {one.person.recipient.email}\n"
        f"Il est {local.hour}\u00a0h {local.minute:02} · {one.reason}\n{begins}"
    )
