"""Whom to tell that somebody cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Account, Role, RoleGrant
from models.dispositifs.tables import Dispositif
from models.notifications.tables import Unreachable
from models.persons.tables import Person
from models.reference.scopes import Level, Scope


@dataclass(frozen=True)
class OutOfReach:
    """Somebody who cannot be reached, in one of their scopes: their role there, how many persons they follow."""

    email: str
    scope: str
    role: Role
    persons: int = 0


async def who_learns(session: AsyncSession, account_id: int) -> list[tuple[OutOfReach, list[int]]]:
    """Return what is to be told of a job coach, a coordinator or a chef de file out of reach, and to which accounts.

    Of a dispositif, its other coordinators whom the channel reaches learn it; where there is none, and of a
    département, the administrators. Nothing is to be told of anybody else.
    """
    email = await session.scalar(select(col(Account.email)).where(col(Account.id) == account_id))
    grants = select(col(RoleGrant.role), col(RoleGrant.scope)).where(col(RoleGrant.account_id) == account_id)
    held = [(role, scope) for role, scope in await session.execute(grants)]
    followed = await _followed(session, account_id)
    roles = dict.fromkeys(followed, Role.JOB_COACH)
    for matters in _MATTERS:
        roles |= {scope: role for role, scope in held if role == matters}
    coordinators = await _coordinators(session, account_id, list(roles))
    administrators = await _administrators(session, account_id)
    return [
        (OutOfReach(email or "", scope, role, followed.get(scope, 0)), coordinators.get(scope) or administrators)
        for scope, role in sorted(roles.items())
    ]


_HOLDERS = (
    select(col(RoleGrant.account_id), col(RoleGrant.scope))
    .join(Account, col(Account.id) == col(RoleGrant.account_id))
    .where(col(Account.revoked_at).is_(None))
    .distinct()
    .order_by(col(RoleGrant.account_id), col(RoleGrant.scope))
)

_MATTERS = (Role.JOB_COACH, Role.CHEF_DE_FILE, Role.COORDINATOR)
"""Whose silence somebody must learn of; of two roles in one scope, the last says why."""


async def _coordinators(session: AsyncSession, but: int, scopes: Sequence[str]) -> dict[str, list[int]]:
    """Return the coordinators whom the channel reaches of those scopes that are dispositifs, but one."""
    reachable = ~select(col(Unreachable.account_id)).where(col(Unreachable.account_id) == col(Account.id)).exists()
    named = [scope for scope in scopes if Scope.parse(scope).dispositif]
    found: dict[str, list[int]] = {}
    for account_id, scope in await session.execute(
        _HOLDERS.where(
            col(Account.id) != but, col(RoleGrant.role) == Role.COORDINATOR, col(RoleGrant.scope).in_(named), reachable
        )
    ):
        found.setdefault(scope, []).append(account_id)
    return found


async def _administrators(session: AsyncSession, but: int) -> list[int]:
    """Return the administrators, but one."""
    rows = await session.execute(_HOLDERS.where(col(Account.id) != but, col(RoleGrant.role) == Role.ADMIN))
    return [account_id for account_id, _ in rows]


async def _followed(session: AsyncSession, account_id: int) -> dict[str, int]:
    """Return how many persons somebody follows, by the scope of their dispositif: grant or not."""
    query = (
        select(col(Dispositif.reference), func.count())
        .join(Person, col(Dispositif.id) == col(Person.dispositif_id))
        .where(col(Person.coach_id) == account_id, col(Person.exit_date).is_(None))
        .group_by(col(Dispositif.reference))
    )
    return {Level.DISPOSITIF.scope(reference): number for reference, number in await session.execute(query)}
