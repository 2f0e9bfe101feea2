"""Make a link, and open it once, within half an hour, for whoever reads the six digits in the chat."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.audit import repository as audit
from models.workbook.links import repository
from models.workbook.links.repository import TRIES
from models.workbook.links.tables import ExchangeLink, Purpose

VALIDITY = timedelta(minutes=30)
TOKEN_BYTES = 16
DIGITS = 6


@dataclass(frozen=True)
class Given:
    """What the person is given, kept nowhere: the token of the address, and the digits to type there."""

    token: str
    digits: str


@dataclass(frozen=True)
class Opened:
    """The digits are right: the link is used up now."""

    link: ExchangeLink


@dataclass(frozen=True)
class Wrong:
    """The digits are wrong; so many tries are left."""

    left: int


@dataclass(frozen=True)
class Gone:
    """The link does not exist, has served, has expired, or was tried too often."""


async def make(session: AsyncSession, actor: Actor, now: datetime, purpose: Purpose, file: str | None = None) -> Given:
    """Make a link for the actor: to fetch that file, or to send one."""
    assert actor.account_id is not None
    given = Given(secrets.token_urlsafe(TOKEN_BYTES), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}")
    session.add(
        ExchangeLink(
            token_hash=_hash(given.token),
            digits_hash=_hash(given.token + given.digits),
            purpose=purpose,
            account_id=actor.account_id,
            file=file,
            created_at=now,
            expires_at=now + VALIDITY,
        )
    )
    audit.record(session, actor, now, f"link_{purpose}", f"account:{actor.account_id}")
    return given


async def purpose_of(session: AsyncSession, now: datetime, token: str) -> Purpose | None:
    """Return what a link is for; none if it would open nothing."""
    link = await repository.live(session, now, _hash(token))
    return link.purpose if link is not None else None


async def use(session: AsyncSession, now: datetime, token: str, digits: str, purpose: Purpose) -> Opened | Wrong | Gone:
    """Open a link with its digits and use it up; wrong digits are counted. The caller commits whatever is returned."""
    link = await repository.live(session, now, _hash(token))
    if link is None or link.purpose != purpose:
        return Gone()
    if not hmac.compare_digest(_hash(token + digits), link.digits_hash):
        link.wrong_digits += 1
        return Wrong(TRIES - link.wrong_digits) if link.wrong_digits < TRIES else Gone()
    return Opened(link) if await repository.use_up(session, now, link) else Gone()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
