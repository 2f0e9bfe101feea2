"""How far rights reach among meetings, contacts and reports (`droits.yaml`): three circles, each in the next.

`leads`: a chef de file, in their département with its dispositifs or in their dispositif; an administrator everywhere.
They plan, report and read reports. `knows`: whoever leads, the coordinators of the platform and the chefs de file of
its dispositifs, who read dates and states. `counts`: a reader, in their scope: what was kept and what was missed. A
job coach reaches nothing. What is not reached does not exist.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role, RoleGrant
from models.dispositifs.tables import Dispositif
from models.meetings.territories import Territory
from models.reference.scopes import NATIONAL, Level, Scope, enclosing_scopes, names_dispositif


@dataclass(frozen=True)
class MeetingPermissions:
    """The scopes somebody leads, knows and counts, as they stand at this moment."""

    everything: bool
    led: frozenset[str]
    known: frozenset[str]
    counted: frozenset[str]

    def leads(self, where: Territory) -> bool:
        """Whether they plan and report there."""
        return self.everything or bool(where.led_from & self.led)

    def roles(self, where: Territory) -> frozenset[Role]:
        """Return the roles by which they lead there: those that plan, and sign."""
        if self.everything:
            return frozenset({Role.ADMIN})
        return frozenset({Role.CHEF_DE_FILE}) if self.leads(where) else frozenset()

    def knows(self, where: Territory) -> bool:
        """Whether they read dates and states there."""
        return self.leads(where) or where.scope in self.known

    def counts(self, where: Territory) -> bool:
        """Whether they read what was kept and missed there."""
        wider = {NATIONAL, Level.REGION.scope(where.region), Level.DEPARTEMENT.scope(where.departement)}
        return self.knows(where) or bool(wider & self.counted)

    def led_rows(self, table: Table) -> ColumnElement[bool]:
        """Return which rows of a table with `scope` and `departement_no` they lead."""
        if self.everything:
            return true()
        if not self.led:
            return false()
        whole = [number for scope in self.led for number in Scope.parse(scope).departements]
        return or_(table.c.scope.in_(self.led), table.c.departement_no.in_(whole))

    def known_rows(self, table: Table) -> ColumnElement[bool]:
        """Return which rows they know."""
        return or_(self.led_rows(table), table.c.scope.in_(self.known)) if self.known else self.led_rows(table)


async def meeting_permissions(session: AsyncSession, actor: Actor) -> MeetingPermissions:
    """Return how far the actor's rights reach now: a role withdrawn a moment ago gives nothing any more."""
    if actor.account_id is None:
        return MeetingPermissions(Grant(Role.ADMIN, NATIONAL) in actor.grants, frozenset(), frozenset(), frozenset())
    query = (
        select(col(RoleGrant.role), col(RoleGrant.scope), col(Dispositif.departement_no))
        .outerjoin(Dispositif, names_dispositif(col(RoleGrant.scope), col(Dispositif.reference)))
        .where(col(RoleGrant.account_id) == actor.account_id)
    )
    found: Any = await session.execute(query)
    rows: list[tuple[Role, str, str | None]] = [tuple(row) for row in found]
    led = {scope for role, scope, _ in rows if role == Role.CHEF_DE_FILE}
    known = {
        one
        for role, scope, departement in rows
        if role in {Role.CHEF_DE_FILE, Role.COORDINATOR}
        for number in [departement, *Scope.parse(scope).departements]
        for one in enclosing_scopes(number)
    }
    return MeetingPermissions(
        any(role == Role.ADMIN for role, _, _ in rows),
        frozenset(led),
        frozenset(led | (known - {NATIONAL}) | {scope for role, scope, _ in rows if role == Role.COORDINATOR}),
        frozenset(scope for role, scope, _ in rows if role == Role.READER),
    )
