"""The scopes next to one: what lies within it, what encloses it, as far as the actor may see them."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.dispositifs.repository import dispositif_place
from models.reference.departements import departements
from models.reference.scopes import NATIONAL, Level, enclosing_scopes
from models.statistics import repository
from models.statistics.errors import UnknownScope
from models.statistics.places import place
from models.statistics.scope import NamedScope


async def scope_of(session: AsyncSession, actor: Actor, text: str) -> NamedScope:
    """Return the scope of that text with its French name. Raises `UnknownScope` if the actor may not see it."""
    return (await place(session, actor, text)).scope


async def holds_the_data(session: AsyncSession, actor: Actor, text: str) -> bool:
    """Whether the actor may read the persons of that scope one by one. Raises `UnknownScope` as `scope_of` does."""
    return (await place(session, actor, text)).individual


async def narrower(session: AsyncSession, actor: Actor, scope: NamedScope) -> list[NamedScope]:
    """Return the places next within a scope that hold a dispositif, by name; none that the actor may not see."""
    return await _visible(session, actor, await _within(session, scope))


async def wider(session: AsyncSession, actor: Actor, scope: NamedScope) -> list[NamedScope]:
    """Return the places that a scope lies in, the nearest first, as far as the actor may see them."""
    found = []
    for text in await _enclosing(session, scope):
        found += await _seen(session, actor, text)
    return found


async def _within(session: AsyncSession, scope: NamedScope) -> list[str]:
    match scope.level:
        case Level.NATIONAL:
            regions = {departements()[code].region_code for code in await _departements(session)}
            return [Level.REGION.scope(code) for code in regions]
        case Level.REGION:
            codes = await _departements(session)
            return [Level.DEPARTEMENT.scope(code) for code in codes if code in scope.at.departements]
        case Level.DEPARTEMENT:
            found = await repository.references_in(session, scope.code)
            return [Level.DISPOSITIF.scope(reference) for reference in found]
        case Level.DISPOSITIF:
            numbers = await repository.structures_of(session, scope.code)
            return [Level.STRUCTURE.scope(str(number)) for number in numbers]
        case _:
            return []


async def _enclosing(session: AsyncSession, scope: NamedScope) -> list[str]:
    match scope.level:
        case Level.STRUCTURE:
            part = await repository.structure(session, int(scope.code))
            of = part.dispositif if part is not None else None
            return [Level.DISPOSITIF.scope(of.reference), *enclosing_scopes(of.departement)] if of is not None else []
        case Level.DISPOSITIF:
            of = await dispositif_place(session, scope.code)
            return enclosing_scopes(of.departement) if of is not None else []
        case Level.DEPARTEMENT:
            return enclosing_scopes(scope.code)[1:]
        case Level.REGION:
            return [NATIONAL]
        case _:
            return []


async def _departements(session: AsyncSession) -> list[str]:
    return [code for code in await repository.departements_used(session) if code in departements()]


async def _visible(session: AsyncSession, actor: Actor, texts: Iterable[str]) -> list[NamedScope]:
    found = [scope for text in texts for scope in await _seen(session, actor, text)]
    return sorted(found, key=lambda scope: scope.name)


async def _seen(session: AsyncSession, actor: Actor, text: str) -> list[NamedScope]:
    try:
        return [(await place(session, actor, text)).scope]
    except UnknownScope:
        return []
