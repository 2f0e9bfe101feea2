"""Accounts, grants and invitations, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts import queries
from models.accounts.permissions import Actor, Extent, Grant, Permission
from models.accounts.tables import Account, Invitation, Role, RoleGrant
from models.base.channels import Address
from models.base.database import insert_or_ignore
from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.tables import Dispositif

_account = table(Account)
_grant = table(RoleGrant)
_invitation = table(Invitation)
_dispositif = table(Dispositif)


class GrantedPlace(NamedTuple):
    """A role in a scope, and the département of the dispositif it names, if it names one."""

    role: Role
    scope: str
    departement: str | None


_GRANTED = Query(
    GrantedPlace,
    select(_grant.c.role, _grant.c.scope, _dispositif.c.departement_no)
    .outerjoin(_dispositif, queries.names_dispositif(_grant.c.scope, _dispositif.c.reference))
    .where(_grant.c.account_id == queries.ACCOUNT),
)


async def account_by_email(session: AsyncSession, email: str) -> Account | None:
    """Return the account of that address (in lower case), if any."""
    return (await session.scalars(select(Account).where(_account.c.email == email))).first()


async def ensure_account(session: AsyncSession, now: datetime, email: str) -> None:
    """Write an account of that address that has not come yet, where there is none; two at once write one."""
    await session.execute(insert_or_ignore(session, _account), {"email": email, "created_at": now})


async def account_at(session: AsyncSession, address: Address) -> Account | None:
    """Return the account reached at that address, if any; it may be revoked."""
    return (await session.scalars(select(Account).where(_account.c.channel_address == address))).first()


async def grants_of(session: AsyncSession, account_id: int) -> Sequence[RoleGrant]:
    """Return the roles an account holds, in the order they were given."""
    query = select(RoleGrant).where(_grant.c.account_id == account_id).order_by(_grant.c.id)
    return (await session.scalars(query)).all()


async def asker_of(session: AsyncSession, account_id: int) -> Actor:
    """Return an account with the rights it has now: none once it is revoked."""
    grants = await grants_of(session, account_id)
    return Actor(account_id, tuple(Grant(grant.role, grant.scope) for grant in grants))


async def current(session: AsyncSession, actor: Actor) -> Actor:
    """Return the actor with the rights they have now; nobody takes any from the command line."""
    return actor if actor.account_id is None else await asker_of(session, actor.account_id)


async def grant(session: AsyncSession, account_id: int, role: Role, scope: str) -> RoleGrant | None:
    """Return that role of that account in that scope, if it holds it."""
    query = select(RoleGrant).where(_grant.c.account_id == account_id, _grant.c.role == role, _grant.c.scope == scope)
    return (await session.scalars(query)).first()


async def remove_grants(session: AsyncSession, account_id: int) -> None:
    """Take every role from an account."""
    await session.execute(delete(RoleGrant).where(_grant.c.account_id == account_id))


async def invitation_for_use(session: AsyncSession, token_hash: str) -> Invitation | None:
    """Return the invitation of that hash, locked until the transaction ends: it serves once."""
    query = select(Invitation).where(_invitation.c.token_hash == token_hash).with_for_update()
    return (await session.scalars(query)).first()


async def dispositifs_of(
    session: AsyncSession, actor: Actor, permission: Permission, extent: Extent = Extent.DISPOSITIF
) -> list[tuple[int, str]]:
    """Return the dispositifs that the actor's roles name and in which they have a permission, by number and reference.

    In the whole of them, unless `extent` says how far.
    """
    named = _dispositif.c.id.in_(queries.dispositifs_named(permission, extent))
    query = select(_dispositif.c.id, _dispositif.c.reference).where(named).order_by(_dispositif.c.reference)
    return [(number, reference) for number, reference in await session.execute(query, actor.scope)]


async def grants_and_departements(session: AsyncSession, account_id: int) -> list[GrantedPlace]:
    """Return the roles an account holds now, each with the département of the dispositif its scope names."""
    return await _GRANTED.all(session, {"actor_account": account_id})
