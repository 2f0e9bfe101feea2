"""Who may see the figures of what: a scope becomes a place here, or does not exist (E12)."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Extent, Permission, holders
from models.accounts.repository import current, dispositifs_of
from models.dispositifs.repository import dispositif_place
from models.reference.scopes import NATIONAL, Level, Scope, enclosing_scopes
from models.statistics import repository, texts
from models.statistics.errors import UnknownScope
from models.statistics.scope import WIDE, NamedScope, StatisticsScope, parsed


async def place(session: AsyncSession, actor: Actor, text: str) -> StatisticsScope:
    """Return the place of a scope; `UnknownScope` where it does not exist for the actor, or at all."""
    scope = parsed(text)
    if scope is None:
        raise UnknownScope
    if scope.level == Level.CASELOAD:
        return await _caseload(session, actor, scope)
    found, wider = await _found(session, scope)
    now = await current(session, actor)
    holding = {grant.role for grant in now.grants if grant.scope in {scope.text, *wider}}
    if holding & holders(Permission.STATISTICS, Extent.DISPOSITIF, Extent.NATIONAL):
        return replace(found, individual=True)  # they may read these persons one by one
    if not holding & holders(Permission.STATISTICS, Extent.MASKED):
        raise UnknownScope
    held = await dispositifs_of(session, actor, Permission.STATISTICS)
    return replace(found, held_ids=frozenset(number for number, _ in held))


async def visible_scopes(session: AsyncSession, actor: Actor) -> list[str]:
    """Return the scopes an actor's roles name, as texts, the widest first: what a menu begins with."""
    now = await current(session, actor)
    caseload = {str(Level.CASELOAD)} if now.may(Permission.STATISTICS, Extent.OWN) else set()
    aggregates = now.scopes(Permission.STATISTICS, Extent.DISPOSITIF, Extent.MASKED, Extent.NATIONAL)
    order = list(Level)
    return sorted(caseload.union(aggregates), key=lambda scope: (order.index(Scope.parse(scope).level), scope))


async def _found(session: AsyncSession, scope: NamedScope) -> tuple[StatisticsScope, list[str]]:
    """Return the place, and the wider scopes it lies in; `UnknownScope` if there is none."""
    if scope.level == Level.NATIONAL:
        return StatisticsScope(scope, False), []
    if scope.level in WIDE:
        wider = [NATIONAL] if scope.level is Level.REGION else enclosing_scopes(scope.code)
        return StatisticsScope(scope, False, await repository.dispositifs_in(session, scope.at.departements)), wider
    if scope.level == Level.DISPOSITIF:
        of = await dispositif_place(session, scope.code)
        if of is None:
            raise UnknownScope
        named = replace(scope, name=texts.DISPOSITIF.format(reference=of.reference))
        return StatisticsScope(named, False, [of.number]), enclosing_scopes(of.departement)
    number = int(scope.code)
    part = await repository.structure(session, number)
    if part is None:
        raise UnknownScope
    of = part.dispositif
    name = texts.STRUCTURE.format(name=part.name, reference=of.reference)
    named = NamedScope(Scope(Level.STRUCTURE, str(number)), name)
    wider = [Level.DISPOSITIF.scope(of.reference), *enclosing_scopes(of.departement)]
    return StatisticsScope(named, False, [of.number], number), wider


async def _caseload(session: AsyncSession, actor: Actor, scope: NamedScope) -> StatisticsScope:
    """Return the persons a job coach follows in the dispositifs of their role."""
    found = await dispositifs_of(session, actor, Permission.STATISTICS, Extent.OWN)
    if not found:
        raise UnknownScope
    return StatisticsScope(scope, True, [number for number, _ in found], coach_id=actor.account_id)
