"""A report being written, or a signed one being corrected: one a meeting, kept with the conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from handlers.wizard import Wizard
from models.base.revision import short
from models.meetings.kinds import MeetingKind
from models.meetings.reports.report import Content, Decided, Report, parts
from models.meetings.repository import Meeting
from models.meetings.states import Answer, Decision, Ground, Outcome, Prescriber


@dataclass(frozen=True)
class ReportDraft:
    """What is said so far. `seen` names the steps that need no answer and were gone through; `followed` that the
    decisions before were all looked at. `correcting`: the report is signed, and an addendum is being written.
    """

    number: int
    revision: int
    kind: MeetingKind
    present: tuple[int, ...] = ()
    examined: Mapping[Prescriber, int] = field(default_factory=dict)
    own: Mapping[Ground, int] = field(default_factory=dict)
    subsidiarity: bool | None = None
    decisions: tuple[tuple[Decision, date, int], ...] = ()
    follow_ups: Mapping[int, Outcome] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    correcting: bool = False

    @classmethod
    def begin(cls, meeting: Meeting, report: Report | None) -> "ReportDraft":
        """Return a new one: from what was saved, else with those present who said they would be."""
        if report is None:
            coming = tuple(one.contact.id for one in meeting.participants if one.answer is Answer.PRESENT)
            return cls(meeting.id, meeting.revision, meeting.kind, coming)
        content = report.corrected
        return cls(
            meeting.id,
            meeting.revision,
            meeting.kind,
            tuple(content.present),
            content.examined,
            content.own_structure,
            content.subsidiarity,
            tuple((one.what, one.due_on, one.owner_id) for one in content.decisions),
            content.follow_ups,
            ("present", *(["own"] if content.examined else [])),
            report.signed_at is not None,
        )

    @property
    def is_point(self) -> bool:
        """Whether prescriptions are looked at: points do, committees do not."""
        return self.kind is MeetingKind.POINT

    @property
    def by_cap_emploi(self) -> int:
        """How many prescriptions of Cap emploi were looked at."""
        return self.examined.get(Prescriber.CAP_EMPLOI, 0)

    @property
    def uncounted(self) -> Prescriber | None:
        """The first prescriber whose prescriptions were not counted."""
        return next((one for one in Prescriber if one not in self.examined), None)

    @property
    def missing(self) -> str | None:
        """The first step that was not answered; an addendum has them all."""
        if self.correcting:
            return None
        unanswered = {
            "present": "present" not in self.seen,
            "examined": self.is_point and self.uncounted is not None,
            "own": self.is_point and self.by_cap_emploi > 0 and "own" not in self.seen,
            "subsidiarity": self.is_point and self.subsidiarity is None,
            "follow": "follow" not in self.seen,
            "decisions": "decisions" not in self.seen,
        }
        return next((name for name, open_ in unanswered.items() if open_), None)

    @property
    def content(self) -> Content:
        """What the report says."""
        return Content(
            self.present,
            dict(self.examined),
            {one: number for one, number in self.own.items() if number},
            self.subsidiarity,
            tuple(Decided(*one) for one in self.decisions),
            dict(self.follow_ups),
        )

    def says(self, content: Content) -> bool:
        """Whether it says the same as a report that is kept, whatever numbers its decisions have there."""
        mine, kept = self.content, tuple(replace(one, id=None) for one in content.decisions)
        return (parts(mine), mine.decisions, mine.follow_ups) == (parts(content), kept, content.follow_ups)

    def seeing(self, name: str) -> tuple[str, ...]:
        """Return the steps gone through, with this one."""
        return self.seen if name in self.seen else (*self.seen, name)

    def unseeing(self, name: str) -> tuple[str, ...]:
        """Return the steps gone through, without this one."""
        return tuple(one for one in self.seen if one != name)


REPORT = Wizard(
    "reports",
    ReportDraft,
    missing=attrgetter("missing"),
    stamp=lambda draft: short(draft.revision),
    number=attrgetter("number"),
)
