"""The features of the meetings: what whoever leads may do, and what somebody invited may answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from handlers.context import Context
from handlers.feature import Command, Feature, InvalidAction
from handlers.meetings import texts
from models.accounts.permissions import Permission, holders
from models.base.clock import local_day
from models.base.screens import Action, Button, button
from models.entry.service import Unknown
from models.meetings.invitations.sending import invite_all
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.planning.service import Done, Planning
from models.meetings.repository import Meeting
from models.meetings.territories import Territory, territory
from models.reference.scopes import Scope

LEADING = holders(Permission.POINTS)

feature = Feature(
    "meetings",
    Command("point", texts.COMMAND, Action("points"), LEADING),
    roles=LEADING,
)
answering = Feature("invitations")
"""Whoever is invited may answer, whatever their roles."""


@contextmanager
def elsewhere_nothing() -> Iterator[None]:
    """What the actor may not reach does not exist: a button that names it was never theirs."""
    try:
        yield
    except Unknown as error:
        raise InvalidAction from error


def planning(context: Context) -> Planning:
    """Return the meetings in the name of who speaks."""
    return Planning(context.session, context.actor, context.now)


async def led(context: Context, number: int) -> Meeting:
    """Return a meeting that who speaks leads, whole; raises `InvalidAction`."""
    with elsewhere_nothing():
        return await planning(context).meeting(number)


async def place_led(context: Context, scope: str) -> Territory:
    """Return a place that who speaks leads; raises `InvalidAction`."""
    return (await place_and_rights(context, scope))[0]


async def place_and_rights(context: Context, scope: str) -> tuple[Territory, MeetingPermissions]:
    """Return a place that who speaks leads, and how far their rights reach; raises `InvalidAction`."""
    found = await territory(context.session, scope)
    rights = await meeting_permissions(context.session, context.actor)
    if found is None or not rights.leads(found):
        raise InvalidAction
    return found, rights


async def place_of_meeting(context: Context, meeting: Meeting) -> Territory:
    """Return where a meeting that was already read is held for."""
    found = await territory(context.session, meeting.scope)
    assert found is not None, meeting.scope
    return found


async def tell_changed(context: Context, done: Done) -> None:
    """Have those concerned told, in the same transaction: the invitation that stands now, or that it stands no more."""
    gone = [(done.meeting, one) for one in done.uninvited]
    await invite_all(context.session, context.now, done.meetings, gone)


def points_of(scope: str, label: str = texts.MEETINGS) -> Button:
    """Return the button to the meetings of a scope."""
    return button(label, "points_at", *Scope.parse(scope))


def today_there(context: Context, there: Territory) -> date:
    """Return the day it is in a place."""
    return local_day(context.now, there.place.zone)
