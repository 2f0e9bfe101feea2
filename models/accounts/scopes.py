"""Scopes: in what part of the country a role is held, and which roles take which."""

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts import texts
from models.accounts.permissions import RIGHTS, Role
from models.dispositifs.repository import dispositif_exists
from models.reference.scopes import NATIONAL, Level, Scope


class ScopeRefused(Exception):
    """The role is not held in that scope, or the scope names what does not exist; a French sentence."""


async def checked_scope(session: AsyncSession, role: Role, scope: str | None) -> str:
    """Return the scope in which `role` is given, `national` where a role that has no other is told nothing.

    Raises `ScopeRefused` where the role takes another kind of scope or its code names nothing.
    """
    accepted = RIGHTS[role].scopes
    try:
        wanted = Scope.parse(scope or (NATIONAL if accepted == {Level.NATIONAL} else ""), accepted)
    except ValueError as error:
        raise ScopeRefused(texts.SCOPE_EXPECTED[role]) from error
    if not (await dispositif_exists(session, wanted.code) if wanted.dispositif else wanted.exists):
        raise ScopeRefused(texts.UNKNOWN[wanted.level].format(code=wanted.code))
    return wanted.text
