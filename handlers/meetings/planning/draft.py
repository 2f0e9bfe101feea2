"""A meeting being planned, moved or changed: it stays with the conversation until it is confirmed or given up."""

from dataclasses import asdict, dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

from handlers.context import Context
from models.base.revision import Stale, new_revision, short
from models.meetings.kinds import MeetingKind
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting

_MEMO = "meeting"


class Purpose(StrEnum):
    """What the confirmation will do."""

    PLAN = "plan"
    MOVE = "move"
    REPLACE = "replace"
    PEOPLE = "people"


@dataclass
class MeetingDraft:
    """What is known so far; `number` and `revision` are those of the meeting being changed.

    `day` and `hour` are ISO texts, empty until chosen; `rule` a week and how many months lie between two, for a series.
    `draw` is repeated by the buttons that write, so that those of an earlier draft do nothing.
    """

    purpose: str
    kind: str
    scope: str
    number: int = 0
    revision: int = 0
    day: str = ""
    hour: str = ""
    minutes: int = 0
    place: str = ""
    link: str = ""
    people: list[int] = field(default_factory=list)
    rule: list[int] = field(default_factory=list)
    draw: str = field(default_factory=lambda: short(new_revision()))

    @classmethod
    def of(cls, context: Context) -> "MeetingDraft":
        """Return the one under way; raises `Stale` where there is none."""
        kept: dict[str, Any] | None = context.memo.get(_MEMO)
        if kept is None:
            raise Stale
        return cls(**kept)

    def keep(self, context: Context) -> None:
        """Keep it with the conversation."""
        context.memo[_MEMO] = asdict(self)

    def like(self, meeting: Meeting) -> None:
        """Take over hour, length, place and participants of a meeting: what changes least from one to the next."""
        self.hour = meeting.hour.isoformat("minutes")
        self.minutes = meeting.minutes
        self.place, self.link = meeting.place or "", meeting.link or ""
        self.people = [one.contact.id for one in meeting.participants if not one.contact.archived]

    @property
    def meeting_kind(self) -> MeetingKind:
        """The kind of the meeting."""
        return MeetingKind(self.kind)

    @property
    def chosen_day(self) -> date | None:
        """The day, once chosen."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def slot(self) -> Slot:
        """When and where; raises `Stale` while something is missing."""
        if not self.day or not self.hour:
            raise Stale
        day, hour = date.fromisoformat(self.day), time.fromisoformat(self.hour)
        return Slot(day, hour, self.minutes, self.place or None, self.link or None)

    @property
    def series(self) -> RecurrenceRule | None:
        """The rule of a series, if it is to be one; raises `Stale` while its first day is missing."""
        if not self.rule:
            return None
        week, every = self.rule
        return RecurrenceRule(week, self.slot.day.weekday(), every)


def begun(context: Context) -> bool:
    """Whether a draft is under way."""
    return _MEMO in context.memo


def forget(context: Context) -> None:
    """Forget the draft under way."""
    context.memo.pop(_MEMO, None)
