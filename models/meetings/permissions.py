"""How far rights go among meetings, contacts and reports, after the matrix: three circles, each in the next.

`leads`: whoever plans and reports points, in their département with its dispositifs or in their dispositif, or
everywhere. `knows`: whoever leads, and whoever reads dates and states on their platform. `counts`: whoever reads what
was kept and what was missed in their scope. What is none of these does not exist. `models.meetings.queries` gives the
clauses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Extent, Grant, Permission, Role, holders
from models.accounts.repository import GrantedPlace, grants_and_departements
from models.meetings.territories import Territory
from models.reference.scopes import NATIONAL, Level, Scope, enclosing_scopes


@dataclass(frozen=True)
class MeetingPermissions:
    """The roles that lead everywhere, those that lead somewhere, and the scopes known and counted, at this moment."""

    everywhere: frozenset[Role]
    leading: frozenset[Grant]
    known: frozenset[str]
    counted: frozenset[str]

    @property
    def led(self) -> frozenset[str]:
        """The scopes in which they lead."""
        return frozenset(grant.scope for grant in self.leading)

    def leads(self, territory: Territory) -> bool:
        """Whether they plan and report there."""
        return bool(self.roles(territory))

    def roles(self, territory: Territory) -> frozenset[Role]:
        """Return the roles by which they lead there: those that plan, and sign."""
        there = frozenset(grant.role for grant in self.leading if grant.scope in territory.led_from)
        return self.everywhere or there

    def knows(self, territory: Territory) -> bool:
        """Whether they read dates and states there."""
        return self.leads(territory) or territory.scope in self.known

    def counts(self, territory: Territory) -> bool:
        """Whether they read what was kept and missed there."""
        wider = {NATIONAL, Level.REGION.scope(territory.region), Level.DEPARTEMENT.scope(territory.departement)}
        return self.knows(territory) or bool(wider & self.counted)


async def meeting_permissions(session: AsyncSession, actor: Actor) -> MeetingPermissions:
    """Return how far the actor's rights go now: a role withdrawn a moment ago gives nothing any more."""
    if actor.account_id is None:
        return permissions_of(GrantedPlace(grant.role, grant.scope, None) for grant in actor.grants)
    return permissions_of(await grants_and_departements(session, actor.account_id))


def permissions_of(granted: Iterable[GrantedPlace]) -> MeetingPermissions:
    """Return how far roles go in the places where they are held."""
    held = list(granted)
    everywhere = holders(Permission.POINTS, Extent.NATIONAL)
    leading = holders(Permission.POINTS, Extent.PLATFORM)
    knowing = holders(Permission.MEETING_DATES, Extent.PLATFORM)
    counting = holders(Permission.MEETING_DATES, Extent.SCOPE)
    around = {
        enclosing
        for role, scope, departement in held
        if role in knowing
        for number in [departement, *Scope.parse(scope).departements]
        for enclosing in enclosing_scopes(number)
    }
    return MeetingPermissions(
        frozenset(one.role for one in held if one.role in everywhere),
        frozenset(Grant(one.role, one.scope) for one in held if one.role in leading),
        frozenset(around - {NATIONAL} | {one.scope for one in held if one.role in knowing}),
        frozenset(one.scope for one in held if one.role in counting),
    )
