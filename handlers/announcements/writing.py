"""The text of an announcement, its preview, its confirmation; and how the last ones arrived."""

import secrets
from datetime import datetime

from handlers.announcements import texts
from handlers.announcements.audience import ask_text, begin
from handlers.announcements.feature import ANNOUNCEMENT, feature
from handlers.context import Context
from handlers.feature import LARGEST_NUMBER
from models.announcements import repository
from models.announcements.service import AnnouncementRefused, Announcing, checked
from models.announcements.tables import Announcement
from models.announcements.texts import announced
from models.base.revision import Stale
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.reference.decent_hours import USUAL, next_decent
from models.reference.working_days import place_of
from reminders.texts import held

SHOWN = 5
_LINE = "· · ·"


@feature.action("announce_text")
async def keep_text(context: Context, text: str) -> Screen:
    """Keep the text that was written, and show the announcement as it will be seen."""
    draft = ANNOUNCEMENT.of(context)
    try:
        text = checked(text)
    except AnnouncementRefused as refused:
        return (await ask_text(context)).headed(str(refused))
    ANNOUNCEMENT.keep(context, draft, text=text, draw=secrets.randbelow(LARGEST_NUMBER) + 1)
    return await preview(context)


@feature.action("announce_preview")
async def preview(context: Context) -> Screen:
    """Show the announcement as it will be seen, how many receive it, and when."""
    draft = ANNOUNCEMENT.of(context)
    if not draft.text:
        raise Stale
    found = await repository.recipients(context.session, context.actor, draft.audience)
    waiting = [_waiting(context.now, one.departement) for one in found]
    about = [texts.to(draft.audience), texts.reached(len(found)), *([texts.times(waiting)] if found else ())]
    text = "\n".join((*about, "", texts.AS_SEEN, _LINE, announced(draft.text).text))
    send: list[Row] = [(button(texts.send(len(found)), "announce_send", draft.draw),)] if found else []
    rest = one_a_row([button(texts.REWRITE, "announce_write"), button(texts.DROP, "announce_drop")])
    return Screen(text, (*send, *rest), Action("announce_preview"))


@feature.action("announce_send")
async def send(context: Context, draw: int) -> Screen:
    """Confirm the announcement; tapped again, say how it stands."""
    already = await repository.announced(context.session, context.actor, draw)
    if already is not None:
        return await _last(context, already)
    draft = ANNOUNCEMENT.confirmed(context, draw)
    announcing = Announcing(context.session, context.actor, context.now)
    try:
        made = await announcing.announce(draft.audience, draft.text, draw, lambda code: _when(context.now, code))
    except AnnouncementRefused as refused:
        return (await preview(context)).noticed(str(refused))
    ANNOUNCEMENT.forget(context)
    return await _last(context, made)


@feature.action("announce_drop")
async def drop(context: Context) -> Screen:
    """Forget the announcement under way."""
    ANNOUNCEMENT.forget(context)
    return (await begin(context)).headed(texts.DROPPED).noticed(texts.DROPPED)


@feature.action("announcements")
async def last(context: Context) -> Screen:
    """Show the last announcements, and how their messages stand."""
    found = await repository.last_announcements(context.session, context.actor, SHOWN)
    counts = await repository.how_they_stand(context.session, context.actor, found)
    lines = [texts.line(one, counts[one.id or 0]) for one in found]
    text = "\n\n".join((texts.LAST_TITLE, *(lines or [texts.NONE_YET])))
    rows = one_a_row(
        [button(texts.REFRESH, "announcements"), button(texts.NEW, "announce"), button(texts.HOME, "start", "")]
    )
    return Screen(text, rows, Action("announcements"))


async def _last(context: Context, made: Announcement) -> Screen:
    done = texts.sent(made)
    return (await last(context)).headed(done).noticed(done)


def _when(now: datetime, departement: str) -> datetime:
    return next_decent(now, place_of(departement), USUAL)


def _waiting(now: datetime, departement: str) -> str:
    """Return until when it waits there; empty where it goes at once."""
    place = place_of(departement)
    at = next_decent(now, place, USUAL)
    return held(at, now, place) if at > now else ""
