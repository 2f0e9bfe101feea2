"""The kinds of message about meetings. What builds those that remind of one stands in `reminders.meetings`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Role
from models.notifications.delivery.repository import Claimed
from models.notifications.kinds import HoldsTrue, MessageKind, Part, ReminderKind


class About(Enum):
    """What is looked at to decide whether a reminder about meetings is due."""

    MONTH = "a month without a point"
    TO_COME = "a meeting to come"
    WITHIN_HOURS = "a meeting that begins within two hours"
    OVER = "a meeting that is over"


@dataclass(frozen=True, eq=False, kw_only=True)
class MeetingReminder(ReminderKind):
    """A kind of reminder about meetings."""

    holds: HoldsTrue = HoldsTrue.UNTIL_EVENING
    about: About


async def _pointless(session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
    """Return the reminders of meetings that moved, were cancelled or are settled, and of months that have a point."""
    # Imported here: a worker starts within a second, and few messages are about meetings.
    from models.meetings.reminders.standing import pointless  # noqa: PLC0415

    about = {message.id: (message.kind, message.subject, message.period) for message in claimed}
    found = await pointless(session, now, set(about.values()))
    return {number for number, what in about.items() if what in found}


POINT_MISSING = MeetingReminder(
    "point_missing",
    "mois sans point",
    counted=("rappel de point à fixer", "rappels de point à fixer"),
    why="aucun point fixé",
    to=frozenset({Role.CHEF_DE_FILE, Role.COORDINATOR}),
    about=About.MONTH,
    no_longer_relevant=_pointless,
)
MEETING_TO_COME = MeetingReminder(
    "meeting_reminder",
    "réunion à venir",
    counted=("réunion à venir", "réunions à venir"),
    why="réunion à venir",
    to=frozenset({Part.PARTICIPANT}),
    about=About.TO_COME,
    no_longer_relevant=_pointless,
)
MEETING_SOON = MeetingReminder(
    "meeting_soon",
    "réunion dans deux heures",
    counted=("réunion dans deux heures", "réunions dans deux heures"),
    why="réunion dans deux heures",
    to=frozenset({Part.PARTICIPANT}),
    about=About.WITHIN_HOURS,
    holds=HoldsTrue.UNTIL_IT_BEGINS,
    no_longer_relevant=_pointless,
)
MEETING_OVER = MeetingReminder(
    "meeting_word",
    "réunion passée",
    counted=("réunion passée", "réunions passées"),
    why="réunion passée",
    to=frozenset({Role.CHEF_DE_FILE, Role.ADMIN}),
    about=About.OVER,
    no_longer_relevant=_pointless,
)

INVITATION = MessageKind("meeting_invitation", "invitation à une réunion")
CALENDAR_FILE = MessageKind("meeting_file", "fichier d'agenda")
