"""The text of an announcement, its preview, its confirmation; and how the last ones arrived."""

import secrets
from datetime import datetime

from handlers.announcements import texts
from handlers.announcements.audience import ask_text, begin
from handlers.announcements.feature import Begun, feature, forget
from handlers.feature import LARGEST_NUMBER, Forged
from handlers.turn import Turn
from models.announcements import repository
from models.announcements.service import AnnouncementRefused, Announcing, checked
from models.announcements.tables import Announcement
from models.announcements.texts import announced
from models.events.writing import Stale
from models.screens import Action, Row, Screen, button, one_a_row
from models.working_days import place_of
from reminders.hours import USUAL, next_decent
from reminders.texts import held

SHOWN = 5
_LINE = "· · ·"


@feature.action("announce_text")
async def keep_text(turn: Turn, text: str) -> Screen:
    """Keep the text that was written, and show the announcement as it will be seen."""
    begun = Begun.of(turn)
    try:
        begun.text = checked(text)
    except AnnouncementRefused as refused:
        return (await ask_text(turn)).headed(str(refused))
    begun.draw = secrets.randbelow(LARGEST_NUMBER) + 1
    begun.keep(turn)
    return await preview(turn)


@feature.action("announce_preview")
async def preview(turn: Turn) -> Screen:
    """Show the announcement as it will be seen, how many receive it, and when."""
    begun = Begun.of(turn)
    if not begun.text:
        raise Stale
    found = await repository.recipients(turn.session, turn.asker, begun.audience)
    waiting = [_waiting(turn.now, one.departement) for one in found]
    about = [texts.to(begun.audience), texts.reached(len(found)), *([texts.times(waiting)] if found else ())]
    text = "\n".join((*about, "", texts.AS_SEEN, _LINE, announced(begun.text).text))
    send: list[Row] = [(button(texts.send(len(found)), "announce_send", begun.draw),)] if found else []
    rest = one_a_row([button(texts.REWRITE, "announce_write"), button(texts.DROP, "announce_drop")])
    return Screen(text, (*send, *rest), Action("announce_preview"))


@feature.action("announce_send")
async def send(turn: Turn, draw: int) -> Screen:
    """Confirm the announcement; tapped again, say how it stands."""
    already = await repository.announced(turn.session, turn.asker, draw)
    if already is not None:
        return await _last(turn, already)
    begun = Begun.of(turn)
    if begun.draw != draw:
        raise Forged
    announcing = Announcing(turn.session, turn.asker, turn.now)
    try:
        made = await announcing.announce(begun.audience, begun.text, draw, lambda code: _when(turn.now, code))
    except AnnouncementRefused as refused:
        return (await preview(turn)).noticed(str(refused))
    forget(turn)
    return await _last(turn, made)


@feature.action("announce_drop")
async def drop(turn: Turn) -> Screen:
    """Forget the announcement under way."""
    forget(turn)
    return (await begin(turn)).headed(texts.DROPPED).noticed(texts.DROPPED)


@feature.action("announcements")
async def last(turn: Turn) -> Screen:
    """Show the last announcements, and how their messages stand."""
    found = await repository.last_announcements(turn.session, turn.asker, SHOWN)
    counts = await repository.how_they_stand(turn.session, turn.asker, found)
    lines = [texts.line(one, counts[one.id or 0]) for one in found]
    text = "\n\n".join((texts.LAST_TITLE, *(lines or [texts.NONE_YET])))
    rows = one_a_row(
        [button(texts.REFRESH, "announcements"), button(texts.NEW, "announce"), button(texts.HOME, "start", "")]
    )
    return Screen(text, rows, Action("announcements"))


async def _last(turn: Turn, made: Announcement) -> Screen:
    done = texts.sent(made)
    return (await last(turn)).headed(done).noticed(done)


def _when(now: datetime, departement: str) -> datetime:
    return next_decent(now, place_of(departement), USUAL)


def _waiting(now: datetime, departement: str) -> str:
    """Return until when it waits there; empty where it goes at once."""
    place = place_of(departement)
    at = next_decent(now, place, USUAL)
    return held(at, now, place) if at > now else ""
