"""Who may see the figures of what: a scope becomes a place here, or does not exist (E12)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Extent, Permission, holders
from models.accounts.repository import current, dispositifs_of
from models.base.metadata import table
from models.dispositifs.tables import Dispositif, Structure
from models.persons.tables import Person
from models.reference.scopes import NATIONAL, Level, Scope, enclosing_scopes
from models.statistics import texts
from models.statistics.errors import UnknownScope
from models.statistics.scope import WIDE, NamedScope, parsed

_person = table(Person)
_dispositif = table(Dispositif)
_structure = table(Structure)


@dataclass(frozen=True)
class StatisticsScope:
    """A scope that the actor may see, and how the database knows it; a bound that is none bounds nothing.

    `individual`: the actor holds the data of these persons one by one. Where they do not, `held_ids` are the
    dispositifs whose data they hold by another role, and could subtract.
    """

    scope: NamedScope
    individual: bool
    dispositif_ids: Sequence[int] | None = None
    structure_id: int | None = None
    coach_id: int | None = None
    held_ids: frozenset[int] = frozenset()

    def bounds(self) -> list[ColumnElement[bool]]:
        """Return which persons are the place's; none for the whole country."""
        bounds: list[ColumnElement[bool]] = []
        if self.dispositif_ids is not None:
            bounds.append(_person.c.dispositif_id.in_(self.dispositif_ids))
        if self.structure_id is not None:
            bounds.append(_person.c.structure_id == self.structure_id)
        if self.coach_id is not None:
            bounds.append(_person.c.coach_id == self.coach_id)
        return bounds


async def place(session: AsyncSession, actor: Actor, text: str) -> StatisticsScope:
    """Return the place of a scope; `UnknownScope` where it does not exist for the actor, or at all."""
    scope = parsed(text)
    if scope is None:
        raise UnknownScope(texts.UNKNOWN_SCOPE)
    if scope.level == Level.CASELOAD:
        return await _caseload(session, actor, scope)
    found, wider = await _found(session, scope)
    now = await current(session, actor)
    holding = {grant.role for grant in now.grants if grant.scope in {scope.text, *wider}}
    if holding & holders(Permission.STATISTICS, Extent.DISPOSITIF, Extent.NATIONAL):
        return replace(found, individual=True)  # they may read these persons one by one
    if not holding & holders(Permission.STATISTICS, Extent.MASKED):
        raise UnknownScope(texts.UNKNOWN_SCOPE)
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
        return StatisticsScope(scope, False, await _in_departements(session, scope.at.departements)), wider
    columns = (_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no)
    if scope.level == Level.DISPOSITIF:
        of = (await session.execute(select(*columns).where(_dispositif.c.reference == scope.code))).first()
        if of is None:
            raise UnknownScope(texts.UNKNOWN_SCOPE)
        named = replace(scope, name=texts.DISPOSITIF.format(reference=of.reference))
        return StatisticsScope(named, False, [of.id]), enclosing_scopes(of.departement_no)
    joined = select(*columns, _structure.c.name).join(_structure, _structure.c.dispositif_id == _dispositif.c.id)
    part = (await session.execute(joined.where(_structure.c.id == int(scope.code)))).first()
    if part is None:
        raise UnknownScope(texts.UNKNOWN_SCOPE)
    number = int(scope.code)
    name = texts.STRUCTURE.format(name=part.name, reference=part.reference)
    named = NamedScope(Scope(Level.STRUCTURE, str(number)), name)
    wider = [Level.DISPOSITIF.scope(part.reference), *enclosing_scopes(part.departement_no)]
    return StatisticsScope(named, False, [part.id], number), wider


async def _in_departements(session: AsyncSession, codes: Sequence[str]) -> Sequence[int]:
    query = select(_dispositif.c.id).where(_dispositif.c.departement_no.in_(codes))
    return (await session.scalars(query.order_by(_dispositif.c.id))).all()


async def _caseload(session: AsyncSession, actor: Actor, scope: NamedScope) -> StatisticsScope:
    """Return the persons a job coach follows in the dispositifs of their role."""
    found = await dispositifs_of(session, actor, Permission.STATISTICS, Extent.OWN)
    if not found:
        raise UnknownScope(texts.UNKNOWN_SCOPE)
    return StatisticsScope(scope, True, [number for number, _ in found], coach_id=actor.account_id)
