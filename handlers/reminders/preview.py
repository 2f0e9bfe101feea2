"""`/rappels apercu`: what the planner would send at this moment, for administrators; nothing is written nor sent."""

import unicodedata

from handlers.feature import Forged
from handlers.reminders import texts
from handlers.reminders.feature import feature
from handlers.reminders.wishes import back, show
from handlers.turn import Turn
from models.accounts.tables import Role
from models.screens import Action, Screen, button
from reminders.due import due

SHOWN = 10
_WORD = "apercu"


@feature.action("reminders_word")
async def word(turn: Turn, written: str) -> Screen:
    """Take the word written after `/rappels`: « aperçu » for administrators; anything else opens the reminders."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    if Role.ADMIN in turn.asker.roles and "".join(c for c in letters if not unicodedata.combining(c)) == _WORD:
        return await preview(turn)
    return await show(turn)


@feature.action("reminders_preview")
async def preview(turn: Turn) -> Screen:
    """Show what would go out now, what waits and until when, and why: numbers by kind, then the first ones."""
    if Role.ADMIN not in turn.asker.roles:
        raise Forged
    planned = await due(turn.session, turn.now)
    lines = [texts.planned(one, turn.now) for one in planned[:SHOWN]]
    more = len(planned) - len(lines)
    text = "\n\n".join((texts.planned_in_all(planned), *lines, *([texts.more(more)] if more else ())))
    refresh = button(texts.REFRESH, "reminders_preview")
    return Screen(text, ((refresh,), back()), Action("reminders_preview"))
