"""Who an announcement reaches, what was announced, and how its messages stand. For administrators alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import everywhere, names_dispositif
from models.accounts.tables import Account, Role, RoleGrant
from models.announcements.messages import ANNOUNCEMENT
from models.announcements.tables import Announcement
from models.dispositifs.tables import Dispositif
from models.notifications.tables import Delivery, OutboxMessage
from models.reference.scopes import NATIONAL, Level, Scope

NATIONAL_CLOCK = "75"
"""The département whose clock and holidays are those of whoever answers for the whole country."""


@dataclass(frozen=True)
class Audience:
    """A role, none for all of them, in a scope: `national`, `region:84`, `departement:69` or `dispositif:ABC01`."""

    role: Role | None
    scope: str


@dataclass(frozen=True)
class Recipient:
    """A live account, and the département in whose decent hours it may be disturbed."""

    account_id: int
    departement: str


async def recipients(session: AsyncSession, actor: Actor, audience: Audience) -> list[Recipient]:
    """Return the live accounts that hold the role within the scope, each once; nobody for who is no administrator."""
    query = (
        select(col(Account.id), col(RoleGrant.scope), col(Dispositif.departement_no))
        .join(RoleGrant, col(RoleGrant.account_id) == col(Account.id))
        .outerjoin(Dispositif, names_dispositif(col(RoleGrant.scope), col(Dispositif.reference)))
        .where(
            everywhere(Permission.ANNOUNCE),
            col(Account.revoked_at).is_(None),
            _within(audience.scope),
        )
        .order_by(col(Account.id), col(RoleGrant.id))
    )
    if audience.role is not None:
        query = query.where(col(RoleGrant.role) == audience.role)
    found: dict[int, Recipient] = {}
    for account_id, scope, departement in await session.execute(query, actor.scope):
        assert account_id is not None
        found.setdefault(account_id, Recipient(account_id, departement or _departement_of(scope)))
    return list(found.values())


async def announced(session: AsyncSession, actor: Actor, draw: int) -> Announcement | None:
    """Return the announcement that the button of that number sent, if it was sent."""
    query = select(Announcement).where(col(Announcement.draw) == draw, everywhere(Permission.ANNOUNCE))
    return (await session.scalars(query, actor.scope)).first()


async def last_announcements(session: AsyncSession, actor: Actor, most: int) -> list[Announcement]:
    """Return the last announcements, the newest first."""
    query = (
        select(Announcement).where(everywhere(Permission.ANNOUNCE)).order_by(col(Announcement.id).desc()).limit(most)
    )
    return list((await session.scalars(query, actor.scope)).all())


async def how_they_stand(
    session: AsyncSession, actor: Actor, announcements: Sequence[Announcement]
) -> dict[int, dict[Delivery, int]]:
    """Return how many messages of each announcement stand in each state, by its number."""
    numbers = {str(one.id): one.id for one in announcements if one.id is not None}
    query = (
        select(col(OutboxMessage.period), col(OutboxMessage.state), func.count())
        .where(
            everywhere(Permission.ANNOUNCE),
            col(OutboxMessage.kind) == ANNOUNCEMENT.code,
            col(OutboxMessage.period).in_(numbers),
        )
        .group_by(col(OutboxMessage.period), col(OutboxMessage.state))
    )
    counts: dict[int, dict[Delivery, int]] = {number: {} for number in numbers.values()}
    for period, state, number in await session.execute(query, actor.scope):
        counts[numbers[period]][state] = number
    return counts


async def dispositifs_of(session: AsyncSession, actor: Actor, departement: str) -> list[str]:
    """Return the references of a département's dispositifs."""
    query = (
        select(col(Dispositif.reference))
        .where(everywhere(Permission.ANNOUNCE), col(Dispositif.departement_no) == departement)
        .order_by(col(Dispositif.reference))
    )
    return list((await session.scalars(query, actor.scope)).all())


def _within(scope: str) -> ColumnElement[bool]:
    if scope == NATIONAL:
        return true()
    codes = Scope.parse(scope).departements
    named = [scope, *(Level.DEPARTEMENT.scope(code) for code in codes)]
    of_dispositif = and_(col(Dispositif.id).is_not(None), col(Dispositif.departement_no).in_(codes))
    return or_(col(RoleGrant.scope).in_(named), of_dispositif)


def _departement_of(scope: str) -> str:
    """Return the département of a scope that names no dispositif: of a region, the first one's clock."""
    return next(iter(Scope.parse(scope).departements), NATIONAL_CLOCK)
