"""Scopes: in what part of the country a role is held, and which roles take which."""

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts import texts
from models.accounts.rights import NATIONAL
from models.accounts.tables import Role
from models.dispositifs.departements import departements
from models.dispositifs.repository import dispositif_exists

KINDS: dict[Role, frozenset[str]] = {
    Role.JOB_COACH: frozenset({"dispositif"}),
    Role.COORDINATOR: frozenset({"dispositif"}),
    Role.CHEF_DE_FILE: frozenset({"departement", "dispositif"}),
    Role.READER: frozenset({NATIONAL, "region", "departement"}),
    Role.ADMIN: frozenset({NATIONAL}),
}
"""What the scope of each role may name (`droits.yaml`)."""


class ScopeRefused(Exception):
    """The role is not held in that scope, or the scope names what does not exist; a French sentence."""


async def checked_scope(session: AsyncSession, role: Role, scope: str | None) -> str:
    """Return the scope in which `role` is given, `national` for an administrator told nothing.

    Raises `ScopeRefused` where the role takes another kind of scope or its code names nothing.
    """
    wanted = scope or (NATIONAL if role == Role.ADMIN else "")
    kind, _, code = wanted.partition(":")
    if kind not in KINDS[role] or (kind == NATIONAL) != (code == ""):
        raise ScopeRefused(texts.SCOPE_EXPECTED[role])
    if kind == "dispositif" and not await dispositif_exists(session, code):
        raise ScopeRefused(texts.UNKNOWN_DISPOSITIF.format(code=code))
    if kind == "departement" and code not in departements():
        raise ScopeRefused(texts.UNKNOWN_DEPARTEMENT.format(code=code))
    if kind == "region" and code not in {d.region_code for d in departements().values()}:
        raise ScopeRefused(texts.UNKNOWN_REGION.format(code=code))
    return wanted
