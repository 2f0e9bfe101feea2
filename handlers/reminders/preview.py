"""`/rappels apercu`: what the planner would send at this moment, for administrators; none of it is written nor sent."""

import unicodedata
from dataclasses import replace

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.jobs.once import ask_once
from handlers.reminders import texts
from handlers.reminders.feature import feature
from handlers.reminders.wishes import back, show
from models.accounts.permissions import Permission
from models.base.screens import Action, Screen
from models.reminders.jobs import PREVIEW

_WORD = "apercu"


@feature.action("reminders_word")
async def word(context: Context, written: str) -> Screen:
    """Take the word written after `/rappels`: « aperçu » for administrators; anything else opens the reminders."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    if (
        context.actor.may(Permission.REMINDERS_PREVIEW)
        and "".join(c for c in letters if not unicodedata.combining(c)) == _WORD
    ):
        return await preview(context, 0)
    return await show(context)


@feature.action(PREVIEW.code)
async def preview(context: Context, page: int) -> Screen:
    """Have a page of it made by the workers: planning a country would keep everybody who enters waiting meanwhile."""
    shown = await previewed(context)
    if await ask_once(context, PREVIEW, page=page):
        return shown
    return replace(shown, text=texts.PREVIEWED_ALREADY).noticed(texts.PREVIEWED_ALREADY)


@feature.action("reminders_previewed")
async def previewed(context: Context) -> Screen:
    """Say that it arrives in a message."""
    if not context.actor.may(Permission.REMINDERS_PREVIEW):
        raise InvalidAction
    return Screen(texts.PREVIEWED, (back(),), Action("reminders_previewed"))
