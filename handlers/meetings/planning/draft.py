"""A meeting being planned, moved or changed, until it is confirmed or given up."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter

from handlers.wizard import Day, Hour, Wizard
from models.base.revision import Stale, new_revision, short
from models.meetings.kinds import MeetingKind
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting


class Purpose(StrEnum):
    """What the confirmation will do."""

    PLAN = "plan"
    MOVE = "move"
    REPLACE = "replace"
    PEOPLE = "people"


@dataclass(frozen=True)
class MeetingDraft:
    """What is known so far; `number` and `revision` are those of the meeting being changed.

    `rule` holds a week and how many months lie between two, for a series. `draw` is repeated by the buttons that write,
    so that those of an earlier draft do nothing.
    """

    purpose: Purpose
    kind: MeetingKind
    scope: str
    number: int = 0
    revision: int = 0
    day: Day = None
    hour: Hour = None
    minutes: int = 0
    place: str = ""
    link: str = ""
    people: tuple[int, ...] = ()
    rule: tuple[int, ...] = ()
    draw: str = field(default_factory=lambda: short(new_revision()))

    def like(self, meeting: Meeting) -> "MeetingDraft":
        """Take over hour, length, place and participants of a meeting: what changes least from one to the next."""
        return replace(
            self,
            hour=meeting.hour,
            minutes=meeting.minutes,
            place=meeting.place or "",
            link=meeting.link or "",
            people=tuple(one.contact.id for one in meeting.participants if not one.contact.archived),
        )

    @property
    def missing(self) -> str | None:
        """The first step that has no answer yet."""
        known = {
            "day": self.day,
            "hour": self.hour,
            "minutes": self.minutes,
            "place": self.place or self.link,
            "people": self.people,
        }
        return next((name for name, answer in known.items() if not answer), None)

    @property
    def slot(self) -> Slot:
        """When and where; raises `Stale` while something is missing."""
        if self.day is None or self.hour is None:
            raise Stale
        return Slot(self.day, self.hour, self.minutes, self.place or None, self.link or None)

    @property
    def series(self) -> RecurrenceRule | None:
        """The rule of a series, if it is to be one; raises `Stale` while its first day is missing."""
        if not self.rule:
            return None
        week, every = self.rule
        return RecurrenceRule(week, self.slot.day.weekday(), every)


PLANNING = Wizard("meeting", MeetingDraft, missing=attrgetter("missing"), stamp=attrgetter("draw"))
