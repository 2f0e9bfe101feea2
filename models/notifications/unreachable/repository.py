"""Whom to tell that somebody cannot be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Grant
from models.accounts.tables import Account, Role, RoleGrant
from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.tables import Dispositif
from models.notifications.tables import Unreachable
from models.persons.tables import Person
from models.reference.scopes import Level, Scope

_account = table(Account)
_unreachable = table(Unreachable)
_grant = table(RoleGrant)
_dispositif = table(Dispositif)
_person = table(Person)


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
    email = await session.scalar(select(_account.c.email).where(_account.c.id == account_id))
    held = await _HELD.all(session, {"account": account_id})
    followed = await _followed(session, account_id)
    roles = dict.fromkeys(followed, Role.JOB_COACH)
    for matters in _MATTERS:
        roles |= {grant.scope: grant.role for grant in held if grant.role == matters}
    coordinators = await _coordinators(session, account_id, list(roles))
    administrators = await _administrators(session, account_id)
    return [
        (OutOfReach(email or "", scope, role, followed.get(scope, 0)), coordinators.get(scope) or administrators)
        for scope, role in sorted(roles.items())
    ]


_HELD = Query(Grant, select(_grant.c.role, _grant.c.scope).where(_grant.c.account_id == bindparam("account")))


class _Holder(NamedTuple):
    account_id: int
    scope: str


class _Followed(NamedTuple):
    reference: str
    persons: int


_HOLDERS = (
    select(_grant.c.account_id, _grant.c.scope)
    .join(_account, _account.c.id == _grant.c.account_id)
    .where(_account.c.revoked_at.is_(None))
    .distinct()
    .order_by(_grant.c.account_id, _grant.c.scope)
)

_MATTERS = (Role.JOB_COACH, Role.CHEF_DE_FILE, Role.COORDINATOR)
"""Whose silence somebody must learn of; of two roles in one scope, the last says why."""


async def _coordinators(session: AsyncSession, but: int, scopes: Sequence[str]) -> dict[str, list[int]]:
    """Return the coordinators whom the channel reaches of those scopes that are dispositifs, but one."""
    reachable = ~select(_unreachable.c.account_id).where(_unreachable.c.account_id == _account.c.id).exists()
    named = [scope for scope in scopes if Scope.parse(scope).dispositif]
    found: dict[str, list[int]] = {}
    of_dispositifs = (_grant.c.role == Role.COORDINATOR, _grant.c.scope.in_(named), reachable)
    for holder in await Query(_Holder, _HOLDERS.where(_account.c.id != but, *of_dispositifs)).all(session):
        found.setdefault(holder.scope, []).append(holder.account_id)
    return found


async def _administrators(session: AsyncSession, but: int) -> list[int]:
    """Return the administrators, but one."""
    administrators = _HOLDERS.where(_account.c.id != but, _grant.c.role == Role.ADMIN)
    return [holder.account_id for holder in await Query(_Holder, administrators).all(session)]


async def _followed(session: AsyncSession, account_id: int) -> dict[str, int]:
    """Return how many persons somebody follows, by the scope of their dispositif: grant or not."""
    query = (
        select(_dispositif.c.reference, func.count())
        .join(_person, _dispositif.c.id == _person.c.dispositif_id)
        .where(_person.c.coach_id == account_id, _person.c.exit_date.is_(None))
        .group_by(_dispositif.c.reference)
    )
    return {Level.DISPOSITIF.scope(one.reference): one.persons for one in await Query(_Followed, query).all(session)}
