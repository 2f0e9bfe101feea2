"""The features of the meetings: what whoever leads may do, and what somebody invited may answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from handlers.feature import Command, Feature, Forged
from handlers.meetings import texts
from handlers.turn import Turn
from models.accounts.tables import Role
from models.clock import local_day
from models.events.service import Unknown
from models.meetings.repository import Meeting
from models.meetings.sending import invite_all
from models.meetings.service import Done, Planning
from models.platforms.reach import Reach, reach
from models.platforms.where import Where, where
from models.scopes import Scope
from models.screens import Action, Button, button

LEADING = frozenset({Role.CHEF_DE_FILE, Role.ADMIN})

feature = Feature(
    "meetings",
    Command("point", "Les points et les réunions", Action("points"), LEADING),
    roles=LEADING,
)
invitations = Feature("invitations")
"""Whoever is invited may answer, whatever their roles."""


@contextmanager
def elsewhere_nothing() -> Iterator[None]:
    """What the asker may not reach does not exist: a button that names it was never theirs."""
    try:
        yield
    except Unknown as error:
        raise Forged from error


def planning(turn: Turn) -> Planning:
    """Return the meetings in the name of who speaks."""
    return Planning(turn.session, turn.asker, turn.now)


async def led(turn: Turn, number: int) -> Meeting:
    """Return a meeting that who speaks leads, whole; raises `Forged`."""
    with elsewhere_nothing():
        return await planning(turn).meeting(number)


async def place_led(turn: Turn, scope: str) -> Where:
    """Return a place that who speaks leads; raises `Forged`."""
    return (await place_and_rights(turn, scope))[0]


async def place_and_rights(turn: Turn, scope: str) -> tuple[Where, Reach]:
    """Return a place that who speaks leads, and how far their rights reach; raises `Forged`."""
    found = await where(turn.session, scope)
    rights = await reach(turn.session, turn.asker)
    if found is None or not rights.leads(found):
        raise Forged
    return found, rights


async def place_of_meeting(turn: Turn, meeting: Meeting) -> Where:
    """Return where a meeting that was already read is held for."""
    found = await where(turn.session, meeting.scope)
    assert found is not None, meeting.scope
    return found


async def tell_changed(turn: Turn, done: Done) -> None:
    """Have those concerned told, in the same transaction: the invitation that stands now, or that it stands no more."""
    gone = [(done.meeting, one) for one in done.uninvited]
    await invite_all(turn.session, turn.now, done.meetings, gone)


def points_of(scope: str, label: str = texts.MEETINGS) -> Button:
    """Return the button to the meetings of a scope."""
    return button(label, "points_at", *Scope.parse(scope))


def today_there(turn: Turn, there: Where) -> date:
    """Return the day it is in a place."""
    return local_day(turn.now, there.place.zone)
