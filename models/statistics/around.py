"""The places around a scope: what lies within it, what it lies in, as far as the asker may see them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.rights import NATIONAL, Asker
from models.dispositifs.departements import departements
from models.dispositifs.tables import Dispositif, Structure
from models.statistics.errors import UnknownScope
from models.statistics.places import place
from models.statistics.scope import Kind, Scope


async def scope_of(session: AsyncSession, asker: Asker, text: str) -> Scope:
    """Return the scope of that text with its French name. Raises `UnknownScope` if the asker may not see it."""
    return (await place(session, asker, text)).scope


async def holds_the_data(session: AsyncSession, asker: Asker, text: str) -> bool:
    """Whether the asker may read the persons of that scope one by one. Raises `UnknownScope` as `scope_of` does."""
    return (await place(session, asker, text)).individual


async def narrower(session: AsyncSession, asker: Asker, scope: Scope) -> list[Scope]:
    """Return the places next within a scope that hold a dispositif, by name; none that the asker may not see."""
    return await _visible(session, asker, await _within(session, scope))


async def wider(session: AsyncSession, asker: Asker, scope: Scope) -> list[Scope]:
    """Return the places that a scope lies in, the nearest first, as far as the asker may see them."""
    found = []
    for text in await _around(session, scope):
        found += await _seen(session, asker, text)
    return found


async def _within(session: AsyncSession, scope: Scope) -> list[str]:
    match scope.kind:
        case Kind.NATIONAL:
            regions = {departements()[code].region_code for code in await _departements(session)}
            return [f"{Kind.REGION}:{code}" for code in regions]
        case Kind.REGION:
            codes = await _departements(session)
            return [f"{Kind.DEPARTEMENT}:{c}" for c in codes if departements()[c].region_code == scope.code]
        case Kind.DEPARTEMENT:
            query = select(col(Dispositif.reference)).where(col(Dispositif.departement_no) == scope.code)
            return [f"{Kind.DISPOSITIF}:{code}" for code in await session.scalars(query)]
        case Kind.DISPOSITIF:
            of = select(col(Dispositif.id)).where(col(Dispositif.reference) == scope.code).scalar_subquery()
            numbers = await session.scalars(select(col(Structure.id)).where(col(Structure.dispositif_id) == of))
            return [f"{Kind.STRUCTURE}:{number}" for number in numbers]
        case _:
            return []


async def _around(session: AsyncSession, scope: Scope) -> list[str]:
    if scope.kind == Kind.STRUCTURE:
        query = select(col(Dispositif.reference)).join(Structure).where(col(Structure.id) == int(scope.code))
        reference = (await session.scalars(query)).one()
        return [f"{Kind.DISPOSITIF}:{reference}", *await _around(session, Scope(Kind.DISPOSITIF, reference, ""))]
    code = scope.code
    if scope.kind == Kind.DISPOSITIF:
        number = select(col(Dispositif.departement_no)).where(col(Dispositif.reference) == code)
        code = (await session.scalars(number)).one() or ""
    if scope.kind in {Kind.DISPOSITIF, Kind.DEPARTEMENT} and code in departements():
        here = [f"{Kind.DEPARTEMENT}:{code}"] if scope.kind == Kind.DISPOSITIF else []
        return [*here, f"{Kind.REGION}:{departements()[code].region_code}", NATIONAL]
    return [NATIONAL] if scope.kind == Kind.REGION else []


async def _departements(session: AsyncSession) -> list[str]:
    found = await session.scalars(select(col(Dispositif.departement_no)).distinct())
    return [code for code in found if code in departements()]


async def _visible(session: AsyncSession, asker: Asker, texts: Iterable[str]) -> list[Scope]:
    found = [scope for text in texts for scope in await _seen(session, asker, text)]
    return sorted(found, key=lambda scope: scope.name)


async def _seen(session: AsyncSession, asker: Asker, text: str) -> list[Scope]:
    try:
        return [(await place(session, asker, text)).scope]
    except UnknownScope:
        return []
