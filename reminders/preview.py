"""What would go out at a moment, as administrators read it in the chat: numbers by kind, then ten messages a page."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from models.base import french
from models.base.paging import page_of, pages_in, turning
from models.base.screens import Action, Screen, bold, button
from models.base.texts import THOSE
from reminders.reasons import PARTS
from reminders.reminder import Reminder

VERB = "reminders_preview"
"""What its buttons do: the work of the same name makes another page."""

SHOWN = 10
TITLE = bold("Aperçu des rappels")
NOTHING_TO_SEND = "Rien à envoyer."
REFRESH = "Actualiser"
BACK = "Vos rappels"


def preview(found: Sequence[Reminder], now: datetime, page: int) -> Screen:
    """Return a page of what would go out now, and of what waits; beyond the last page, the last one."""
    page = min(page, pages_in(len(found), SHOWN) - 1)
    shown = page_of(found, page, SHOWN)
    after = len(found) - page * SHOWN - len(shown)
    more = [f"et {french.count(after, 'autre message', 'autres messages')}."] if after else []
    turned = turning(page, len(found), lambda other: Action.of(VERB, other), size=SHOWN, ways=THOSE)
    rows = (*turned, (button(REFRESH, VERB, page),), (button(BACK, "reminders"),))
    return Screen("\n\n".join((_in_all(found), *(_planned(one, now) for one in shown), *more)), rows)


def _in_all(found: Sequence[Reminder]) -> str:
    """Return how many messages of each kind would go out now, and how many wait for their hour."""
    if not found:
        return f"{TITLE}\n{NOTHING_TO_SEND}"
    waiting = sum(one.held_until is not None for one in found)
    kinds = Counter(one.kind for one in found)
    numbers = " · ".join(french.count(number, *kind.counted) for kind, number in kinds.most_common())
    going = french.count(len(found) - waiting, "message")
    return f"{TITLE}\n{going} à envoyer maintenant, {waiting} en attente de leur heure.\n{numbers}."


def _planned(one: Reminder, now: datetime) -> str:
    """Return what would be sent: kind, to whom, the time it is there, why, until when it waits, how it begins."""
    kind, _ = one.kind.counted
    local = now.astimezone(one.person.place.zone)
    begins = one.screen.plain().partition("\n")[0]
    return (
        f"{bold(kind.capitalize())}, {PARTS[one.role]} : {one.person.recipient.email}\n"
        f"Il est {local.hour}\u00a0h {local.minute:02} · {one.reason}\n{begins}"
    )
