"""Who an announcement reaches, what was announced, and how its messages stand. For administrators alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import everywhere, names_dispositif
from models.accounts.tables import Account, Role, RoleGrant
from models.announcements.messages import ANNOUNCEMENT
from models.announcements.tables import Announcement
from models.base.metadata import table
from models.base.rows import Query
from models.dispositifs.tables import Dispositif
from models.notifications.tables import Delivery, OutboxMessage
from models.reference.scopes import NATIONAL, Level, Scope

_message = table(OutboxMessage)
_account = table(Account)
_grant = table(RoleGrant)
_dispositif = table(Dispositif)
_announcement = table(Announcement)

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


class _Held(NamedTuple):
    account_id: int
    scope: str
    departement: str | None


class _Count(NamedTuple):
    period: str
    state: Delivery
    number: int


async def recipients(session: AsyncSession, actor: Actor, audience: Audience) -> list[Recipient]:
    """Return the live accounts that hold the role within the scope, each once; nobody for who is no administrator."""
    query = (
        select(_account.c.id, _grant.c.scope, _dispositif.c.departement_no)
        .join(_grant, _grant.c.account_id == _account.c.id)
        .outerjoin(_dispositif, names_dispositif(_grant.c.scope, _dispositif.c.reference))
        .where(
            everywhere(Permission.ANNOUNCE),
            _account.c.revoked_at.is_(None),
            _within(audience.scope),
        )
        .order_by(_account.c.id, _grant.c.id)
    )
    if audience.role is not None:
        query = query.where(_grant.c.role == audience.role)
    found: dict[int, Recipient] = {}
    for held in await Query(_Held, query).all(session, actor.scope):
        found.setdefault(held.account_id, Recipient(held.account_id, held.departement or _departement_of(held.scope)))
    return list(found.values())


async def announced(session: AsyncSession, actor: Actor, draw: int) -> Announcement | None:
    """Return the announcement that the button of that number sent, if it was sent."""
    query = select(Announcement).where(_announcement.c.draw == draw, everywhere(Permission.ANNOUNCE))
    return (await session.scalars(query, actor.scope)).first()


async def last_announcements(session: AsyncSession, actor: Actor, most: int) -> list[Announcement]:
    """Return the last announcements, the newest first."""
    query = select(Announcement).where(everywhere(Permission.ANNOUNCE)).order_by(_announcement.c.id.desc()).limit(most)
    return list((await session.scalars(query, actor.scope)).all())


async def how_they_stand(
    session: AsyncSession, actor: Actor, announcements: Sequence[Announcement]
) -> dict[int, dict[Delivery, int]]:
    """Return how many messages of each announcement stand in each state, by its number."""
    numbers = {str(one.id): one.id for one in announcements if one.id is not None}
    query = (
        select(_message.c.period, _message.c.state, func.count())
        .where(
            everywhere(Permission.ANNOUNCE),
            _message.c.kind == ANNOUNCEMENT.code,
            _message.c.period.in_(numbers),
        )
        .group_by(_message.c.period, _message.c.state)
    )
    counts: dict[int, dict[Delivery, int]] = {number: {} for number in numbers.values()}
    for one in await Query(_Count, query).all(session, actor.scope):
        counts[numbers[one.period]][one.state] = one.number
    return counts


async def dispositifs_of(session: AsyncSession, actor: Actor, departement: str) -> list[str]:
    """Return the references of a département's dispositifs."""
    query = (
        select(_dispositif.c.reference)
        .where(everywhere(Permission.ANNOUNCE), _dispositif.c.departement_no == departement)
        .order_by(_dispositif.c.reference)
    )
    return list((await session.scalars(query, actor.scope)).all())


def _within(scope: str) -> ColumnElement[bool]:
    if scope == NATIONAL:
        return true()
    codes = Scope.parse(scope).departements
    named = [scope, *(Level.DEPARTEMENT.scope(code) for code in codes)]
    of_dispositif = and_(_dispositif.c.id.is_not(None), _dispositif.c.departement_no.in_(codes))
    return or_(_grant.c.scope.in_(named), of_dispositif)


def _departement_of(scope: str) -> str:
    """Return the département of a scope that names no dispositif: of a region, the first one's clock."""
    return next(iter(Scope.parse(scope).departements), NATIONAL_CLOCK)
