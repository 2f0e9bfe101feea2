"""The clauses that every repository adds to its statements, from the matrix of `models.accounts.permissions`.

Written once, with parameters to which `Actor.scope` gives values: a statement is built and compiled only once. The
roles are read anew by every statement: one that was withdrawn a moment ago gives nothing any more.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
)

from models.accounts.permissions import Extent, Permission, Role, holders
from models.accounts.tables import RoleGrant
from models.base.metadata import table
from models.dispositifs.tables import Dispositif
from models.persons.tables import Person
from models.reference.scopes import Level

_grant = table(RoleGrant)
_dispositif = table(Dispositif)
_person = table(Person)

ACCOUNT = bindparam("actor_account", type_=Integer)
"""The account in whose name something is read."""

_IS_COMMAND_LINE = bindparam("actor_is_command_line", type_=Boolean)


def names_dispositif(scope: SQLColumnExpression[str], reference: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Return whether a stored scope is that of the dispositif with the reference.

    What is cut is the scope: the reference stands alone, for the index on it.
    """
    begins = Level.DISPOSITIF.scope("")
    return and_(scope.startswith(begins), reference == func.substr(scope, len(begins) + 1))


@cache
def of_persons(permission: Permission) -> ColumnElement[bool]:
    """Return of which persons the actor has a permission (E12): those they follow, those of their dispositif, all."""
    followed = _person.c.coach_id == ACCOUNT
    own = [and_(followed, one) for one in _within(permission, Extent.OWN, _person.c.dispositif_id)]
    return or_(false(), *own, *_national(permission), *_within(permission, Extent.DISPOSITIF, _person.c.dispositif_id))


@cache
def of_dispositifs(permission: Permission) -> ColumnElement[bool]:
    """Return in the whole of which dispositifs the actor has a permission: theirs, or all."""
    return or_(false(), *_national(permission), *_within(permission, Extent.DISPOSITIF, _dispositif.c.id))


@cache
def everywhere(permission: Permission) -> ColumnElement[bool]:
    """Return whether the actor has a permission in the whole country."""
    return or_(false(), *_national(permission))


def dispositifs_named(permission: Permission, extent: Extent) -> Select[Any]:
    """Return the dispositifs that the actor's grants name and in which a permission is held that far."""
    return (
        select(_dispositif.c.id)
        .join(_grant, names_dispositif(_grant.c.scope, _dispositif.c.reference))
        .where(_grant.c.account_id == ACCOUNT, one_of(holders(permission, extent)))
    )


def one_of(roles: Collection[Role]) -> ColumnElement[bool]:
    """Return which grants are of one of these roles: comparisons, which no execution has to write anew."""
    return or_(false(), *(_grant.c.role == role for role in sorted(roles)))


def _within(permission: Permission, extent: Extent, dispositif_id: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """Return the clause of those dispositifs, where a role has the permission that far."""
    return [dispositif_id.in_(dispositifs_named(permission, extent))] if holders(permission, extent) else []


def _national(permission: Permission) -> list[ColumnElement[bool]]:
    roles = holders(permission, Extent.NATIONAL)
    return [_IS_COMMAND_LINE, exists().where(_grant.c.account_id == ACCOUNT, one_of(roles))] if roles else []
