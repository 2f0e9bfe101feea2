"""Meetings, their series, participants and answers; reports, decisions, addenda; the history of all that."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import BigInteger, Field

from models.base.columns import Moment, closed_list
from models.base.metadata import Table
from models.meetings.kinds import MeetingKind
from models.meetings.states import Answer, Decision, Gesture, MeetingState, Outcome, Reason


class MeetingSeries(Table, table=True):
    """Meetings planned together by one rule: « le premier mardi du mois, 14 h »."""

    __tablename__ = "meeting_series"

    id: int | None = Field(default=None, primary_key=True)
    week: int
    weekday: int
    every_months: int
    first_day: date
    created_at: datetime = Field(sa_type=Moment)
    created_by: int | None = Field(default=None, foreign_key="account.id")


class MeetingRow(Table, table=True):
    """A meeting as it is kept; as it is read, it is a `repository.Meeting`.

    Its hour is local time in its zone; `starts_at` is the moment that makes.
    `sequence` is raised by each change that who is invited must learn; `dated_sequence` is what it was when the date
    last changed, since an answer to another date answers nothing. `departement_no` and `region_code` stand beside
    `scope` for the rights.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("minutes > 0 AND minutes <= 1440", name="length"),
        CheckConstraint("place IS NOT NULL OR link IS NOT NULL", name="somewhere"),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True, max_length=60)
    kind: MeetingKind = Field(sa_type=closed_list(MeetingKind, "kind"))
    scope: str = Field(max_length=40, index=True)
    departement_no: str | None = Field(default=None, max_length=3, index=True)
    region_code: str | None = Field(default=None, max_length=2)
    day: date = Field(index=True)
    hour: time
    zone: str = Field(max_length=40)
    starts_at: datetime = Field(sa_type=Moment, index=True)
    ends_at: datetime = Field(sa_type=Moment, index=True)
    minutes: int
    place: str | None = Field(default=None, max_length=200)
    link: str | None = Field(default=None, max_length=300)
    organiser: str = Field(max_length=254)
    series_id: int | None = Field(default=None, foreign_key="meeting_series.id", index=True)
    replaces_id: int | None = Field(default=None, foreign_key="meeting.id")
    state: MeetingState = Field(default=MeetingState.PLANNED, sa_type=closed_list(MeetingState, "state"))
    sequence: int = 0
    dated_sequence: int = 0
    revision: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)


class MeetingParticipant(Table, table=True):
    """Who is invited, when the last invitation left for them and with which sequence."""

    __tablename__ = "meeting_participant"
    __table_args__ = (UniqueConstraint("meeting_id", "contact_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    contact_id: int = Field(foreign_key="contact.id", index=True)
    invited_at: datetime | None = Field(default=None, sa_type=Moment)
    invited_sequence: int | None = None


class MeetingAnswer(Table, table=True):
    """An answer of somebody invited, to the date of a sequence; the last one counts, the others are its history."""

    __tablename__ = "meeting_answer"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    contact_id: int = Field(foreign_key="contact.id")
    answer: Answer = Field(sa_type=closed_list(Answer, "answer"))
    sequence: int
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")


class MeetingHistory(Table, table=True):
    """A line per change of a meeting: who, when, by which gesture, before and after."""

    __tablename__ = "meeting_history"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    gesture: Gesture = Field(sa_type=closed_list(Gesture, "gesture"))
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class MeetingReport(Table, table=True):
    """The report of a meeting, free until signed and frozen from then on.

    `present` holds contacts; `examined` counts prescriptions by prescriber; `own_structure` those of Cap emploi towards
    a structure run by the same body, by ground (OB24); `subsidiarity`: common law was looked at before (OB23).
    """

    __tablename__ = "meeting_report"
    __table_args__ = (CheckConstraint("(signed_at IS NULL) = (signed_role IS NULL)", name="signed_by_a_role"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(unique=True, foreign_key="meeting.id")
    present: list[int] = Field(default_factory=list, sa_type=JSON)
    examined: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    own_structure: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    subsidiarity: bool | None = None
    signed_at: datetime | None = Field(default=None, sa_type=Moment)
    signed_by: int | None = Field(default=None, foreign_key="account.id")
    signed_role: str | None = Field(default=None, max_length=32)


class MeetingDecision(Table, table=True):
    """A decision of a report: what, by when, by which participant."""

    __tablename__ = "meeting_decision"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="meeting_report.id", index=True)
    what: Decision = Field(sa_type=closed_list(Decision, "what"))
    due_on: date
    owner_id: int = Field(foreign_key="contact.id")


class MeetingFollowUp(Table, table=True):
    """What a later report says of a decision."""

    __tablename__ = "meeting_follow_up"
    __table_args__ = (UniqueConstraint("report_id", "decision_id"),)

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="meeting_report.id")
    decision_id: int = Field(foreign_key="meeting_decision.id", index=True)
    outcome: Outcome = Field(sa_type=closed_list(Outcome, "outcome"))


class MeetingAddendum(Table, table=True):
    """A dated correction of a signed report, which itself stays as it was signed."""

    __tablename__ = "meeting_addendum"

    id: int | None = Field(default=None, primary_key=True)
    report_id: int = Field(foreign_key="meeting_report.id", index=True)
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    role: str = Field(max_length=32)
    reason: Reason = Field(sa_type=closed_list(Reason, "reason"))
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)
