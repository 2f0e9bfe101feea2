"""Whom to tell that somebody cannot be reached."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.tables import Role, RoleGrant
from models.dispositifs.tables import Dispositif
from models.events.card import END_LENGTH
from models.persons.tables import Person


async def coordinators_of(session: AsyncSession, account_id: int) -> list[tuple[int, str, list[str]]]:
    """Return the coordinators of a job coach: account, dispositif, ends of the codes the coach follows there."""
    scopes = select(col(RoleGrant.scope)).where(
        col(RoleGrant.account_id) == account_id, col(RoleGrant.role) == Role.JOB_COACH
    )
    grants = await session.execute(
        select(col(RoleGrant.account_id), col(RoleGrant.scope))
        .where(
            col(RoleGrant.role) == Role.COORDINATOR,
            col(RoleGrant.scope).in_(scopes),
            col(RoleGrant.account_id) != account_id,
        )
        .order_by(col(RoleGrant.id))
    )
    found = [(coordinator, scope.partition(":")[2]) for coordinator, scope in grants]
    return [(coordinator, code, await _followed(session, account_id, code)) for coordinator, code in found]


async def _followed(session: AsyncSession, account_id: int, dispositif: str) -> list[str]:
    query = (
        select(col(Person.reference))
        .join(Dispositif, col(Dispositif.id) == col(Person.dispositif_id))
        .where(
            col(Person.coach_id) == account_id,
            col(Person.exit_date).is_(None),
            col(Dispositif.reference) == dispositif,
        )
        .order_by(col(Person.reference))
    )
    return [reference[-END_LENGTH:] for reference in await session.scalars(query)]
