"""The clauses of the rights among meetings: which rows of a table with `scope` and `departement_no` somebody reads."""

from sqlalchemy import ColumnElement, Table, false, or_, true

from models.meetings.permissions import MeetingPermissions
from models.reference.scopes import Scope


def led_rows(permissions: MeetingPermissions, table: Table) -> ColumnElement[bool]:
    """Return which rows they lead."""
    if permissions.everywhere:
        return true()
    if not permissions.led:
        return false()
    whole = [number for scope in permissions.led for number in Scope.parse(scope).departements]
    return or_(table.c.scope.in_(permissions.led), table.c.departement_no.in_(whole))


def known_rows(permissions: MeetingPermissions, table: Table) -> ColumnElement[bool]:
    """Return which rows they know."""
    led = led_rows(permissions, table)
    return or_(led, table.c.scope.in_(permissions.known)) if permissions.known else led
