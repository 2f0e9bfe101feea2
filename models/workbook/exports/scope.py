"""What part of the country a workbook covers, and who may have it (E12)."""

from models.accounts.permissions import Actor, Extent, Permission
from models.base.refusals import Refusal
from models.reference.scopes import COMMON, Scope
from models.workbook.exports.texts import REFUSALS, ExportRefusal


class ExportRefused(Refusal):
    """The export cannot be made, or not be declared sent up."""

    sentences = REFUSALS


def parsed(text: str) -> Scope:
    """Return the scope written `national`, `region:84`, `departement:69` or `dispositif:ABC01`.

    Raises `ExportRefused` for another text, or for a region or département that does not exist.
    """
    try:
        scope = Scope.parse(text.strip(), COMMON)
    except ValueError as error:
        raise ExportRefused(ExportRefusal.SCOPE_EXPECTED) from error
    if not scope.exists:
        raise unknown(scope)
    return scope


def unknown(scope: Scope) -> ExportRefused:
    """Return the refusal of a scope that does not exist."""
    return ExportRefused(ExportRefusal.UNKNOWN_SCOPE, level=scope.level, code=scope.code)


def check_right(actor: Actor, permission: Permission, scope: Scope) -> None:
    """Raise `ExportRefused` unless the actor has the permission in the whole country, or in that very dispositif."""
    if actor.may(permission, Extent.NATIONAL):
        return
    if not actor.may(permission) or scope.dispositif is None:
        raise ExportRefused(ExportRefusal.NOT_ALLOWED)
    if scope.dispositif not in actor.dispositifs(permission):
        raise unknown(scope)  # another dispositif does not exist for them
