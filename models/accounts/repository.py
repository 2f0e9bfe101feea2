"""Accounts, grants and invitations, in SQL."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import COORDINATED_DISPOSITIFS, Actor, Grant
from models.accounts.tables import Account, Invitation, Role, RoleGrant
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.dispositifs.tables import Dispositif


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """Return the account of that address (in lower case), if any."""
    return (await session.scalars(select(Account).where(col(Account.email) == email))).first()


async def ensure_account(session: AsyncSession, now: datetime, email: str) -> None:
    """Write an account of that address that has not come yet, where there is none; two at once write one."""
    await session.execute(insert_or_ignore(session, table(Account)), {"email": email, "created_at": now})


async def account_by_telegram(session: AsyncSession, telegram_id: int) -> Account | None:
    """Return the account bound to that Telegram account, if any; it may be revoked."""
    return (await session.scalars(select(Account).where(col(Account.telegram_id) == telegram_id))).first()


async def grants_of(session: AsyncSession, account_id: int) -> list[RoleGrant]:
    """Return the roles an account holds, in the order they were given."""
    query = select(RoleGrant).where(col(RoleGrant.account_id) == account_id).order_by(col(RoleGrant.id))
    return list((await session.scalars(query)).all())


async def asker_of(session: AsyncSession, account_id: int) -> Actor:
    """Return an account with the rights it has now: none once it is revoked."""
    grants = await grants_of(session, account_id)
    return Actor(account_id, tuple(Grant(grant.role, grant.scope) for grant in grants))


async def grant(session: AsyncSession, account_id: int, role: Role, scope: str) -> RoleGrant | None:
    """Return that role of that account in that scope, if it holds it."""
    query = select(RoleGrant).where(
        col(RoleGrant.account_id) == account_id, col(RoleGrant.role) == role, col(RoleGrant.scope) == scope
    )
    return (await session.scalars(query)).first()


async def remove_grants(session: AsyncSession, account_id: int) -> None:
    """Take every role from an account."""
    await session.execute(delete(RoleGrant).where(col(RoleGrant.account_id) == account_id))


async def invitation_for_use(session: AsyncSession, token_hash: str) -> Invitation | None:
    """Return the invitation of that hash, locked until the transaction ends: it serves once."""
    query = select(Invitation).where(col(Invitation.token_hash) == token_hash).with_for_update()
    return (await session.scalars(query)).first()


async def coordinated(session: AsyncSession, actor: Actor) -> list[tuple[int, str]]:
    """Return the dispositifs that the actor coordinates, by number and reference."""
    query = select(col(Dispositif.id), col(Dispositif.reference)).where(COORDINATED_DISPOSITIFS)
    rows = await session.execute(query.order_by(col(Dispositif.reference)), actor.scope)
    return [(number, reference) for number, reference in rows if number is not None]
