"""Who may be told something, with what they wish of it: in two queries, whatever the number.

This is the view of whoever sends, as `models.reminders.snapshot`: bounded by nobody's rights.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Grant
from models.accounts.tables import Account, Role, RoleGrant
from models.reminders.tables import ReminderWish


@dataclass(frozen=True, slots=True)
class Recipient:
    """A live account that may be told something."""

    account_id: int
    email: str
    linked: bool
    grants: tuple[Grant, ...]
    wish: ReminderWish | None

    def holds(self, role: Role) -> bool:
        """Whether the account has that role anywhere."""
        return any(grant.role == role for grant in self.grants)

    def dispositifs(self, role: Role) -> list[str]:
        """Return the references of the dispositifs in which the account has that role."""
        return sorted({g.dispositif for g in self.grants if g.role == role and g.dispositif is not None})


Recipients = dict[int, Recipient]
"""By the number of the account, in the order of those numbers."""

_RECIPIENTS = (
    select(
        col(Account.id),
        col(Account.email),
        col(Account.channel_address),
        col(RoleGrant.role),
        col(RoleGrant.scope),
    )
    .outerjoin(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
    .where(col(Account.revoked_at).is_(None))
    .order_by(col(Account.id), col(RoleGrant.id))
)


async def read_recipients(session: AsyncSession, *among: ColumnElement[bool]) -> Recipients:
    """Return the live accounts, or those of them that satisfy conditions on `account`."""
    # Apart: few wish for anything, and a country's accounts are read faster without their empty columns.
    wishes = {wish.account_id: wish for wish in await session.scalars(select(ReminderWish))}
    rows: dict[int, list[Any]] = {}
    for row in await session.execute(_RECIPIENTS.where(*among)):
        rows.setdefault(row.id, []).append(row)
    return {
        account_id: Recipient(
            account_id,
            of_account[0].email,
            of_account[0].channel_address is not None,
            tuple(Grant(row.role, row.scope) for row in of_account if row.role is not None),
            wishes.get(account_id),
        )
        for account_id, of_account in rows.items()
    }
