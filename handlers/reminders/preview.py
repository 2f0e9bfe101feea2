"""`/rappels apercu`: what the planner would send at this moment, for administrators; nothing is written nor sent."""

import unicodedata

from handlers.feature import Forged
from handlers.pages import page_of, pages_in, turning
from handlers.reminders import texts
from handlers.reminders.feature import feature
from handlers.reminders.wishes import back, show
from handlers.turn import Turn
from models.accounts.tables import Role
from models.screens import Action, Button, Screen
from reminders.due import due

SHOWN = 10
_WORD = "apercu"


@feature.action("reminders_word")
async def word(turn: Turn, written: str) -> Screen:
    """Take the word written after `/rappels`: « aperçu » for administrators; anything else opens the reminders."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    if Role.ADMIN in turn.asker.roles and "".join(c for c in letters if not unicodedata.combining(c)) == _WORD:
        return await preview(turn, 0)
    return await show(turn)


@feature.action("reminders_preview")
async def preview(turn: Turn, page: int) -> Screen:
    """Show what would go out now, what waits and until when, to whom and why: numbers by kind, then ten of them.

    A page beyond the last shows the last one.
    """
    if Role.ADMIN not in turn.asker.roles:
        raise Forged
    planned = await due(turn.session, turn.now)
    page = min(page, pages_in(len(planned), SHOWN) - 1)
    shown = page_of(planned, page, SHOWN)
    after = len(planned) - page * SHOWN - len(shown)
    more = [texts.more(after)] if after else []
    text = "\n\n".join((texts.planned_in_all(planned), *(texts.planned(one, turn.now) for one in shown), *more))

    def at(number: int) -> Action:
        return Action.of("reminders_preview", number)

    turned = turning(page, len(planned), at, size=SHOWN, ways=(texts.BEFORE, texts.AFTER))
    return Screen(text, (*turned, (Button(texts.REFRESH, at(page)),), back()), at(page))
