"""The clauses of meetings: which rows somebody reads, which ones are of a platform, of a series, on some days."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table, and_, false, or_, select, true

from models.base.metadata import table
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions
from models.meetings.states import MeetingState
from models.meetings.tables import MeetingRow
from models.meetings.territories import Territory
from models.reference.scopes import Scope

_meeting = table(MeetingRow)

TOOK_PLACE = (MeetingState.HELD, MeetingState.REPORTED)


def during(first: date, last: date) -> ColumnElement[bool]:
    """Return which meetings are on the days from `first` to `last`, both included."""
    return _meeting.c.day.between(first, last)


def of_platform(departement: str | None, region: str | None, scope: str) -> ColumnElement[bool]:
    """Return which meetings are those of the same platform: of the département, else of the very scope."""
    if departement is not None:
        return _meeting.c.departement_no == departement
    return and_(_meeting.c.scope == scope, _meeting.c.region_code == region if region else true())


def last_of(kind: MeetingKind, scope: str, before: date) -> ColumnElement[bool]:
    """Return which meeting is the last of a kind and scope before a day that was not cancelled."""
    last = (
        select(_meeting.c.id)
        .where(
            _meeting.c.kind == kind,
            _meeting.c.scope == scope,
            _meeting.c.day < before,
            _meeting.c.state != MeetingState.CANCELLED,
        )
        .order_by(_meeting.c.starts_at.desc(), _meeting.c.id.desc())
        .limit(1)
    )
    return _meeting.c.id.in_(last)


def numbered(numbers: Collection[int]) -> ColumnElement[bool]:
    """Return which meetings have these numbers."""
    return _meeting.c.id.in_(numbers)


def in_series(series_id: int) -> ColumnElement[bool]:
    """Return which meetings are of a series."""
    return _meeting.c.series_id == series_id


def live_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Return which meetings are to begin from `since` on and before `until`."""
    return and_(_meeting.c.starts_at >= since, _meeting.c.starts_at < until, _meeting.c.state.in_(MeetingState.live()))


def took_place_before(kind: MeetingKind, scope: str, moment: datetime) -> ColumnElement[bool]:
    """Return which meetings of a kind and scope took place before a moment."""
    return and_(
        _meeting.c.kind == kind,
        _meeting.c.scope == scope,
        _meeting.c.starts_at < moment,
        _meeting.c.state.in_(TOOK_PLACE),
    )


def next_of(kind: MeetingKind, scope: str, moment: datetime) -> ColumnElement[bool]:
    """Return which meeting of a kind and scope is to take place next after a moment."""
    following = (
        select(_meeting.c.id)
        .where(
            _meeting.c.kind == kind,
            _meeting.c.scope == scope,
            _meeting.c.starts_at > moment,
            _meeting.c.state.in_(MeetingState.live()),
        )
        .order_by(_meeting.c.starts_at, _meeting.c.id)
        .limit(1)
    )
    return _meeting.c.id.in_(following)


def in_region(region: str) -> ColumnElement[bool]:
    """Return which meetings are of a region, its départements and dispositifs included."""
    return _meeting.c.region_code == region


def of_territory(there: Territory) -> ColumnElement[bool]:
    """Return which meetings are those of a place's platform; of a region, all those in it."""
    if there.departement is None and there.region is not None:
        return in_region(there.region)
    return of_platform(there.departement, there.region, there.scope)


def of_kind(kind: MeetingKind) -> ColumnElement[bool]:
    """Return which meetings are of a kind."""
    return _meeting.c.kind == kind


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
