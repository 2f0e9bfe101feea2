"""All SQL of the links: the one that may still serve, used up once."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Account
from models.base.metadata import table
from models.workbook.links.tables import ExchangeLink

TRIES = 5
"""After so many wrong digits a link opens no more: a million to one becomes two hundred thousand to one."""

_link = table(ExchangeLink)
_account = table(Account)


async def live(session: AsyncSession, now: datetime, token_hash: str) -> ExchangeLink | None:
    """Return the link if it may still serve, locked; one of a revoked account may not."""
    query = (
        select(ExchangeLink)
        .join(_account, _account.c.id == _link.c.account_id)
        .where(
            _link.c.token_hash == token_hash,
            _link.c.used_at.is_(None),
            _link.c.expires_at > now,
            _link.c.wrong_digits < TRIES,
            _account.c.revoked_at.is_(None),
        )
        .with_for_update(of=_link)
    )
    return (await session.scalars(query)).first()


async def use_up(session: AsyncSession, now: datetime, link: ExchangeLink) -> bool:
    """Note that a link has served; return whether nobody else was first."""
    unused = (_link.c.id == link.id, _link.c.used_at.is_(None))
    result: Any = await session.execute(update(_link).where(*unused).values(used_at=now))
    return bool(result.rowcount == 1)
