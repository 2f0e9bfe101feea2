"""Announce: who may, what, to whom. The announcement, its messages and the audit are written in one transaction."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.announcements import repository, texts
from models.announcements.messages import ANNOUNCEMENT
from models.announcements.repository import Audience
from models.announcements.tables import LONGEST, Announcement
from models.audit import repository as audit
from models.notifications.emails import Email
from models.notifications.repository import Notification, notify_all

_NEVER_SHOWN = frozenset({"Cc", "Cs"})
"""Control characters, and halves of a character that stand alone."""

_UNSEEN = frozenset("ZC")
"""Spaces and whatever else leaves no mark of its own: a text of these alone is empty."""

When = Callable[[str], datetime]
"""Tells at which moment somebody who works in a département may be disturbed."""


class AnnouncementRefused(Exception):
    """The announcement cannot be made; the message is a French sentence."""


def checked(text: str) -> str:
    """Return the text as it is announced, without what cannot be shown; raises `AnnouncementRefused`."""
    kept = "".join(map(_kept, text)).strip()
    if not any(unicodedata.category(letter)[0] not in _UNSEEN for letter in kept):
        raise AnnouncementRefused(texts.EMPTY)
    if len(kept) > LONGEST:
        raise AnnouncementRefused(texts.TOO_LONG.format(number=len(kept), longest=LONGEST))
    return kept


def _kept(letter: str) -> str:
    """Return what stays of a character: any space is a plain one, and what joins two signs into one stays."""
    category = unicodedata.category(letter)
    if letter == "\t" or category == "Zs":
        return " "
    return letter if letter == "\n" or category not in _NEVER_SHOWN else ""


@dataclass(frozen=True)
class Announcing:
    """The announcements of an administrator."""

    session: AsyncSession
    actor: Actor
    now: datetime

    async def announce(self, audience: Audience, text: str, draw: int, when: When) -> Announcement:
        """Have the text told to everybody of the audience, and return the announcement; the same one a second time.

        `when` gives the decent moment in a recipient's département. Raises `AnnouncementRefused`.
        """
        already = await repository.announced(self.session, self.actor, draw)
        if already is not None:
            return already
        wanted = checked(text)
        reached = await repository.recipients(self.session, self.actor, audience)
        if not reached or self.actor.account_id is None or not self.actor.may(Permission.ANNOUNCE):
            raise AnnouncementRefused(texts.NOBODY)
        written = Announcement(
            draw=draw,
            written_by=self.actor.account_id,
            written_at=self.now,
            role=audience.role,
            scope=audience.scope,
            text=wanted,
            recipients=len(reached),
        )
        self.session.add(written)
        await self.session.flush()
        await notify_all(
            self.session,
            self.now,
            [
                Notification(
                    ANNOUNCEMENT,
                    one.account_id,
                    ANNOUNCEMENT.code,
                    str(written.id),
                    texts.announced(wanted),
                    letter=Email(texts.SUBJECT, wanted),
                    due_at=when(one.departement),
                    departement=one.departement,
                )
                for one in reached
            ],
        )
        facts = {"role": audience.role, "scope": audience.scope, "text": wanted, "recipients": len(reached)}
        audit.record(self.session, self.actor, self.now, "announce", f"announcement:{written.id}", after=facts)
        return written
