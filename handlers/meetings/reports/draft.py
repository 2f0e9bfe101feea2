"""A report being written, or a signed one being corrected: one a meeting, kept with the conversation."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from handlers.context import Context
from models.base.revision import Stale
from models.meetings.kinds import MeetingKind
from models.meetings.reports.report import Content, Decided, Report, parts
from models.meetings.repository import Meeting
from models.meetings.states import Answer, Decision, Ground, Outcome, Prescriber

_MEMO = "reports"


@dataclass
class ReportDraft:
    """What is said so far. `seen` names the steps that need no answer and were gone through; `followed` that the
    decisions before were all looked at. `correcting`: the report is signed, and an addendum is being written.
    """

    number: int
    revision: int
    kind: str
    present: list[int] = field(default_factory=list)
    examined: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    subsidiarity: bool | None = None
    decisions: list[list[Any]] = field(default_factory=list)
    follow_ups: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    correcting: bool = False

    @classmethod
    def of(cls, context: Context, number: int) -> "ReportDraft":
        """Return that of a meeting; raises `Stale` where there is none."""
        found = cls.under_way(context, number)
        if found is None:
            raise Stale
        return found

    @classmethod
    def under_way(cls, context: Context, number: int) -> "ReportDraft | None":
        """Return that of a meeting, if one was begun."""
        kept: dict[str, Any] | None = context.memo.get(_MEMO, {}).get(str(number))
        return None if kept is None else cls(**kept)

    @classmethod
    def begin(cls, meeting: Meeting, report: Report | None) -> "ReportDraft":
        """Return a new one: from what was saved, else with those present who said they would be."""
        draft = cls(meeting.id, meeting.revision, meeting.kind)
        if report is None:
            draft.present = [one.contact.id for one in meeting.participants if one.answer is Answer.PRESENT]
            return draft
        content = report.corrected
        draft.correcting = report.signed_at is not None
        draft.present = list(content.present)
        draft.examined = {str(one): number for one, number in content.examined.items()}
        draft.own = {str(one): number for one, number in content.own_structure.items()}
        draft.subsidiarity = content.subsidiarity
        draft.decisions = [[str(one.what), one.due_on.isoformat(), one.owner_id] for one in content.decisions]
        draft.follow_ups = {str(one): str(outcome) for one, outcome in content.follow_ups.items()}
        draft.seen = ["present", *(["own"] if content.examined else [])]
        return draft

    @property
    def is_point(self) -> bool:
        """Whether prescriptions are looked at: points do, committees do not."""
        return self.kind == MeetingKind.POINT

    @property
    def content(self) -> Content:
        """What the report says."""
        return Content(
            tuple(self.present),
            {Prescriber(one): number for one, number in self.examined.items()},
            {Ground(one): number for one, number in self.own.items() if number},
            self.subsidiarity,
            tuple(Decided(Decision(what), date.fromisoformat(day), owner) for what, day, owner in self.decisions),
            {int(one): Outcome(outcome) for one, outcome in self.follow_ups.items()},
        )

    def says(self, content: Content) -> bool:
        """Whether it says the same as a report that is kept, whatever numbers its decisions have there."""
        mine, kept = self.content, tuple(replace(one, id=None) for one in content.decisions)
        return (parts(mine), mine.decisions, mine.follow_ups) == (parts(content), kept, content.follow_ups)

    def keep(self, context: Context) -> None:
        """Keep it with the conversation."""
        context.memo[_MEMO] = {**context.memo.get(_MEMO, {}), str(self.number): asdict(self)}

    def see(self, name: str) -> None:
        """Note that a step was gone through."""
        if name not in self.seen:
            self.seen.append(name)


def forget_report(context: Context, number: int) -> None:
    """Forget the report of a meeting that was being written."""
    context.memo[_MEMO] = {one: kept for one, kept in context.memo.get(_MEMO, {}).items() if one != str(number)}
