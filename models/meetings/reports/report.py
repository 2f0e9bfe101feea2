"""The report of a meeting: what it holds, what keeps it from being written or signed, how a correction reads."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.base.refusals import told
from models.meetings.bodies import SPE, Body
from models.meetings.kinds import MeetingKind
from models.meetings.reports.texts import REFUSALS, ReportRefusal
from models.meetings.states import Decision, Ground, Outcome, Prescriber, Reason

MOST_EXAMINED = 1_000
MOST_DECISIONS = 20


@dataclass(frozen=True)
class Decided:
    """A decision: what, by when, by which participant; `id` once it is written."""

    what: Decision
    due_on: date
    owner_id: int
    id: int | None = None


@dataclass(frozen=True)
class Content:
    """What a report says. While it is being written, what was not answered yet is None or missing.

    `present`: the contacts who were there. `examined`: prescriptions looked at, by prescriber. `own_structure`:
    those of Cap emploi towards a structure run by the same body, by ground (OB24). `subsidiarity`: whether common law
    was looked at before each (OB23). `follow_ups`: what became of the decisions before, by their number.
    """

    present: tuple[int, ...] = ()
    examined: Mapping[Prescriber, int] = field(default_factory=dict)
    own_structure: Mapping[Ground, int] = field(default_factory=dict)
    subsidiarity: bool | None = None
    decisions: tuple[Decided, ...] = ()
    follow_ups: Mapping[int, Outcome] = field(default_factory=dict)


@dataclass(frozen=True)
class Addendum:
    """A dated correction: the parts it changes, before and after."""

    at: datetime
    role: str
    reason: Reason
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """The report of a meeting. `content` is what was signed, `corrected` what the addenda make of it."""

    id: int
    meeting_id: int
    content: Content
    signed_at: datetime | None = None
    signed_role: str | None = None
    addenda: tuple[Addendum, ...] = ()

    @property
    def corrected(self) -> Content:
        """What holds today: the content with every addendum applied, the oldest first."""
        content = self.content
        for one in self.addenda:
            content = with_parts(content, one.after)
        return content


@dataclass(frozen=True)
class ReportRefused:
    """The report cannot be written or signed so."""

    refusal: ReportRefusal

    @property
    def sentence(self) -> str:
        """Why, in French."""
        return told(REFUSALS, self.refusal, {})


@dataclass(frozen=True)
class Setting:
    """What a report is held against: its meeting's kind and day, the bodies of its participants by their contact, and
    the decisions to follow up.
    """

    kind: MeetingKind
    day: date
    participants: Mapping[int, Body]
    to_follow: Collection[int]

    def lacks(self, content: Content, *bodies: Body) -> bool:
        """Whether a point was held without anybody of these bodies: MDPH and operators meet there (OB04)."""
        there = {self.participants[one] for one in content.present if one in self.participants}
        return self.kind is MeetingKind.POINT and not there & set(bodies)


def asks_subsidiarity(kind: MeetingKind, content: Content) -> bool:
    """Whether a report is to say that common law was looked at (OB23): where prescriptions were examined at all."""
    return kind is MeetingKind.POINT and sum(content.examined.values()) > 0


WRITABLE: tuple[tuple[ReportRefusal, Callable[[Content, Setting], bool]], ...] = (
    (ReportRefusal.NOT_INVITED, lambda c, s: not set(c.present) <= set(s.participants)),
    (
        ReportRefusal.NUMBER,
        lambda c, _: any(not 0 <= n <= MOST_EXAMINED for n in (*c.examined.values(), *c.own_structure.values())),
    ),
    (
        ReportRefusal.MORE_THAN_EXAMINED,
        lambda c, _: sum(c.own_structure.values()) > c.examined.get(Prescriber.CAP_EMPLOI, 0),
    ),
    (ReportRefusal.OWNER, lambda c, s: any(d.owner_id not in s.participants for d in c.decisions)),
    (ReportRefusal.DUE_BEFORE, lambda c, s: any(d.due_on < s.day for d in c.decisions)),
    (ReportRefusal.TOO_MANY, lambda c, _: len(c.decisions) > MOST_DECISIONS),
    (ReportRefusal.NOT_TO_FOLLOW, lambda c, s: not set(c.follow_ups) <= set(s.to_follow)),
)
"""What cannot stand in a report, signed or not."""

SIGNABLE: tuple[tuple[ReportRefusal, Callable[[Content, Setting], bool]], ...] = (
    (ReportRefusal.NOBODY, lambda c, _: not c.present),
    (ReportRefusal.WITHOUT_MDPH, lambda c, s: s.lacks(c, Body.MDPH)),
    (ReportRefusal.WITHOUT_SPE, lambda c, s: s.lacks(c, *SPE)),
    (
        ReportRefusal.NOT_COUNTED,
        lambda c, s: s.kind is MeetingKind.POINT and not set(Prescriber) <= set(c.examined),
    ),
    (ReportRefusal.SUBSIDIARITY, lambda c, s: asks_subsidiarity(s.kind, c) and c.subsidiarity is None),
    (ReportRefusal.TO_FOLLOW, lambda c, s: set(c.follow_ups) != set(s.to_follow)),
)
"""What is missing before a report may be signed; points look at prescriptions (OB04), committees do not."""


def refused(content: Content, setting: Setting, *, signing: bool = False) -> ReportRefused | None:
    """Return the first thing that keeps a report from being written so, or signed."""
    rules = (*WRITABLE, *SIGNABLE) if signing else WRITABLE
    return next((ReportRefused(refusal) for refusal, holds in rules if holds(content, setting)), None)


def parts(content: Content) -> dict[str, Any]:
    """Return what an addendum may correct, as it is kept: decisions are followed up, not corrected."""
    return {
        "present": sorted(content.present),
        "examined": {one.value: number for one, number in content.examined.items()},
        "own_structure": {one.value: number for one, number in content.own_structure.items()},
        "subsidiarity": content.subsidiarity,
    }


def with_parts(content: Content, kept: Mapping[str, Any]) -> Content:
    """Return a content with some of its parts as they are kept."""
    whole = {**parts(content), **kept}
    return Content(
        present=tuple(whole["present"]),
        examined={Prescriber(one): number for one, number in whole["examined"].items()},
        own_structure={Ground(one): number for one, number in whole["own_structure"].items()},
        subsidiarity=whole["subsidiarity"],
        decisions=content.decisions,
        follow_ups=content.follow_ups,
    )
