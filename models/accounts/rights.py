"""Who is asking, and what they may read or write: the clauses every repository adds to its queries.

Another dispositif's data does not exist for whoever has no right to it (design, point 6).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlmodel import col

from models.accounts.tables import Role
from models.dispositifs.tables import Dispositif
from models.persons.tables import Person

NATIONAL = "national"


@dataclass(frozen=True)
class Grant:
    """A role in a scope."""

    role: Role
    scope: str

    @property
    def dispositif(self) -> str | None:
        """The reference of the dispositif the scope names, if it names one."""
        kind, _, code = self.scope.partition(":")
        return code if kind == "dispositif" else None


@dataclass(frozen=True)
class Asker:
    """The account in whose name something is read or written; the command line has none."""

    account_id: int | None
    grants: tuple[Grant, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def may_enter(self) -> bool:
        """Whether entries are part of this person's work."""
        return bool(self.roles & {Role.JOB_COACH, Role.COORDINATOR})


COMMAND_LINE = Asker(None, (Grant(Role.ADMIN, NATIONAL),))
"""Whoever holds the machine: the `jalon` commands."""


def readable_persons(asker: Asker) -> ColumnElement[bool]:
    """Return the clause of the persons `asker` may read one by one.

    A job coach: those they follow, in a dispositif of their grant. A coordinator: their dispositif's. An
    administrator: all. A chef de file and a reader: none, they have aggregates.
    """
    if any(grant.role == Role.ADMIN for grant in asker.grants):
        return true()
    return enterable_persons(asker)


def enterable_persons(asker: Asker) -> ColumnElement[bool]:
    """Return the clause of the persons whose situation `asker` may enter in the chat (E12)."""
    clauses: list[ColumnElement[bool]] = []
    followed = _dispositifs(asker, Role.JOB_COACH)
    if followed:
        clauses.append((col(Person.coach_id) == asker.account_id) & _within(followed))
    coordinated = _dispositifs(asker, Role.COORDINATOR)
    if coordinated:
        clauses.append(_within(coordinated))
    return or_(*clauses) if clauses else false()


def _dispositifs(asker: Asker, role: Role) -> list[str]:
    return sorted({g.dispositif for g in asker.grants if g.role == role and g.dispositif is not None})


def _within(references: Iterable[str]) -> ColumnElement[bool]:
    inside = select(col(Dispositif.id)).where(col(Dispositif.reference).in_(list(references)))
    return col(Person.dispositif_id).in_(inside)
