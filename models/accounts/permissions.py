"""Who is asking, and what they may read or write: the clauses every repository adds to its queries.

Another dispositif's data does not exist for whoever has no right to it (design, point 6). The clauses are written
once with parameters; `Actor.scope` gives their values, so that a statement is built and compiled only once. The roles
are read anew by every query: one that was withdrawn a moment ago gives nothing any more.
"""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Integer, Select, and_, bindparam, or_, select
from sqlmodel import col

from models.accounts.tables import Role, RoleGrant
from models.dispositifs.tables import Dispositif
from models.persons.tables import Person
from models.reference.scopes import NATIONAL, Scope, names_dispositif


@dataclass(frozen=True)
class Grant:
    """A role in a scope."""

    role: Role
    scope: str

    @property
    def dispositif(self) -> str | None:
        """The reference of the dispositif the scope names, if it names one."""
        return Scope.parse(self.scope).dispositif


@dataclass(frozen=True)
class Actor:
    """The account in whose name something is read or written; the command line has none."""

    account_id: int | None
    grants: tuple[Grant, ...]

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def may_enter(self) -> bool:
        """Whether entries are part of this person's work."""
        return bool(self.roles & {Role.JOB_COACH, Role.COORDINATOR})

    @property
    def scope(self) -> dict[str, object]:
        """The values of the parameters in `ENTERABLE` and `COORDINATED`."""
        return {"actor_account": self.account_id}

    def dispositifs(self, role: Role) -> list[str]:
        """Return the references of the dispositifs in which `role` is held."""
        return sorted({g.dispositif for g in self.grants if g.role == role and g.dispositif is not None})


COMMAND_LINE = Actor(None, (Grant(Role.ADMIN, NATIONAL),))
"""Whoever holds the machine: the `jalon` commands."""


_ACCOUNT = bindparam("actor_account", type_=Integer)


def _dispositifs_of(role: Role) -> Select[int | None]:
    """Return the dispositifs in which the actor holds a role."""
    return (
        select(col(Dispositif.id))
        .join(RoleGrant, names_dispositif(col(RoleGrant.scope), col(Dispositif.reference)))
        .where(col(RoleGrant.account_id) == _ACCOUNT, col(RoleGrant.role) == role)
    )


COORDINATED_DISPOSITIFS = col(Dispositif.id).in_(_dispositifs_of(Role.COORDINATOR))
"""The dispositifs whose figures the actor answers for."""

COORDINATED = col(Person.dispositif_id).in_(_dispositifs_of(Role.COORDINATOR))
"""The persons of the dispositifs that the actor coordinates: theirs to review."""

ENTERABLE = or_(
    and_(
        col(Person.coach_id) == _ACCOUNT,
        col(Person.dispositif_id).in_(_dispositifs_of(Role.JOB_COACH)),
    ),
    COORDINATED,
)
"""The persons whose situation the actor may enter in the chat (E12): those a job coach follows in a dispositif of
their grant; all those of a coordinator's dispositif."""
