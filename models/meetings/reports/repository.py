"""Reports, bounded by the meetings the actor leads: nobody else reads one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    cast,
    delete,
    insert,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.columns import Moment
from models.base.metadata import table
from models.base.rows import Query
from models.meetings.permissions import MeetingPermissions
from models.meetings.queries import led_rows
from models.meetings.reports.report import Addendum, Content, Decided, Report, with_parts
from models.meetings.repository import Meeting
from models.meetings.states import Decision, Outcome, Reason
from models.meetings.tables import MeetingAddendum, MeetingDecision, MeetingFollowUp, MeetingReport, MeetingRow

_meeting = table(MeetingRow)
_report = table(MeetingReport)
_decision = table(MeetingDecision)
_follow_up = table(MeetingFollowUp)
_addendum = table(MeetingAddendum)


class _Kept(NamedTuple):
    """A report as it is kept, without its decisions, follow-ups and addenda."""

    id: int
    meeting_id: int
    present: list[int]
    examined: dict[str, int]
    own_structure: dict[str, int]
    subsidiarity: bool | None
    signed_at: datetime | None
    signed_role: str | None


class _Part(NamedTuple):
    """A decision, with a day; a follow-up, with the number of its decision; or an addendum, with a moment."""

    report_id: int
    id: int
    said: str
    day: date | None
    number: int | None
    at: datetime | None
    role: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_KEPT = [_report.c[name] for name in _Kept._fields]


async def report_of(session: AsyncSession, permissions: MeetingPermissions, meeting_id: int) -> Report | None:
    """Return the report of a meeting the actor leads, if it has one."""
    found = await reports_of(session, permissions, [meeting_id])
    return found.get(meeting_id)


async def reports_of(
    session: AsyncSession, permissions: MeetingPermissions, meeting_ids: Collection[int]
) -> dict[int, Report]:
    """Return the reports of those of the meetings that the actor leads, by meeting."""
    query = (
        select(*_KEPT)
        .join(_meeting, _meeting.c.id == _report.c.meeting_id)
        .where(led_rows(permissions, _meeting), _report.c.meeting_id.in_(meeting_ids))
    )
    return await _reports(session, Query(_Kept, query))


@dataclass(frozen=True)
class Proof:
    """A report was signed, when and in which role; and corrected by an addendum, if `corrected_at` is given."""

    meeting_id: int
    signed_at: datetime
    signed_role: str
    corrected_at: datetime | None


async def proofs_of(session: AsyncSession, meeting_ids: Collection[int]) -> list[Proof]:
    """Return what proves each of the meetings: a line each, or one an addendum, the oldest first.

    It says nothing of what the reports hold; the caller has checked that the actor may count these meetings.
    """
    query = (
        select(_report.c.meeting_id, _report.c.signed_at, _report.c.signed_role, _addendum.c.at)
        .outerjoin(_addendum, _addendum.c.report_id == _report.c.id)
        .where(_report.c.meeting_id.in_(meeting_ids), _report.c.signed_at.is_not(None))
        .order_by(_report.c.meeting_id, _addendum.c.id)
    )
    return await Query(Proof, query).all(session)


async def open_decisions(session: AsyncSession, meeting: Meeting) -> list[Decided]:
    """Return the decisions of earlier meetings of the same kind and scope that are neither done nor dropped.

    Only signed reports count, for decisions as for what became of them.
    """
    settled = (
        select(_follow_up.c.decision_id)
        .join(_report, _report.c.id == _follow_up.c.report_id)
        .join(_meeting, _meeting.c.id == _report.c.meeting_id)
        .where(
            _report.c.signed_at.is_not(None),
            _follow_up.c.outcome != Outcome.GOING_ON,
            _meeting.c.id != meeting.id,
        )
    )
    query = (
        select(_decision.c.what, _decision.c.due_on, _decision.c.owner_id, _decision.c.id)
        .join(_report, _report.c.id == _decision.c.report_id)
        .join(_meeting, _meeting.c.id == _report.c.meeting_id)
        .where(
            _report.c.signed_at.is_not(None),
            _meeting.c.kind == meeting.kind,
            _meeting.c.scope == meeting.scope,
            _meeting.c.starts_at < meeting.starts_at,
            _decision.c.id.not_in(settled),
        )
        .order_by(_decision.c.id)
    )
    return await Query(Decided, query).all(session)


async def write(session: AsyncSession, meeting_id: int, report: Report | None, content: Content) -> int:
    """Write the content of an unsigned report, in the place of what it said, and return its number."""
    columns = {
        "present": sorted(content.present),
        "examined": dict(content.examined),
        "own_structure": dict(content.own_structure),
        "subsidiarity": content.subsidiarity,
    }
    if report is None:
        values = {"meeting_id": meeting_id, **columns}
        number: int | None = await session.scalar(insert(_report).values(values).returning(_report.c.id))
        assert number is not None
    else:
        number = report.id
        await session.execute(update(_report).where(_report.c.id == number).values(columns))
        await session.execute(delete(_follow_up).where(_follow_up.c.report_id == number))
        await session.execute(delete(_decision).where(_decision.c.report_id == number))
    decisions = [
        {"report_id": number, "what": one.what, "due_on": one.due_on, "owner_id": one.owner_id}
        for one in content.decisions
    ]
    if decisions:
        await session.execute(insert(_decision), decisions)
    outcomes = [
        {"report_id": number, "decision_id": decision, "outcome": outcome}
        for decision, outcome in content.follow_ups.items()
    ]
    if outcomes:
        await session.execute(insert(_follow_up), outcomes)
    return number


async def sign(session: AsyncSession, actor: Actor, now: datetime, report_id: int, role: str) -> None:
    """Sign a report: it is frozen from then on."""
    values = {"signed_at": now, "signed_by": actor.account_id, "signed_role": role}
    await session.execute(update(_report).where(_report.c.id == report_id).values(values))


async def add_addendum(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    report_id: int,
    role: str,
    reason: Reason,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Add a dated correction to a signed report."""
    values = {
        "report_id": report_id,
        "at": now,
        "account_id": actor.account_id,
        "role": role,
        "reason": reason,
        "before": dict(before),
        "after": dict(after),
    }
    await session.execute(insert(_addendum).values(values))


async def _reports(session: AsyncSession, query: Query[_Kept]) -> dict[int, Report]:
    rows = await query.all(session)
    if not rows:
        return {}
    numbers = [row.id for row in rows]
    decisions: dict[int, list[Decided]] = {number: [] for number in numbers}
    outcomes: dict[int, dict[int, Outcome]] = {number: {} for number in numbers}
    addenda: dict[int, list[Addendum]] = {number: [] for number in numbers}
    for part in await _parts_of(session, numbers):
        if part.day is not None and part.number is not None:
            decided = Decided(Decision(part.said), part.day, part.number, part.id)
            decisions[part.report_id].append(decided)
        elif part.number is not None:
            outcomes[part.report_id][part.number] = Outcome(part.said)
        else:
            assert part.at is not None
            addendum = Addendum(part.at, part.role or "", Reason(part.said), part.before or {}, part.after or {})
            addenda[part.report_id].append(addendum)
    reports = {}
    for row in rows:
        base = Content(decisions=tuple(decisions[row.id]), follow_ups=outcomes[row.id])
        kept = {
            "present": row.present,
            "examined": row.examined,
            "own_structure": row.own_structure,
            "subsidiarity": row.subsidiarity,
        }
        content = with_parts(base, kept)
        reports[row.meeting_id] = Report(
            row.id, row.meeting_id, content, row.signed_at, row.signed_role, tuple(addenda[row.id])
        )
    return reports


async def _parts_of(session: AsyncSession, numbers: Collection[int]) -> list[_Part]:
    """Return the decisions, follow-ups and addenda of reports in one statement: a screen reads them all."""
    empty: dict[str, ColumnElement[Any]] = {
        "day": cast(null(), Date),
        "number": cast(null(), Integer),
        "at": cast(null(), Moment),
        "role": cast(null(), String),
        "before": cast(null(), JSON),
        "after": cast(null(), JSON),
    }

    def part(table: Any, said: Any, **columns: Any) -> Select[Any]:
        given = {**empty, **columns}
        return select(
            table.c.report_id,
            table.c.id,
            cast(said, String).label("said"),
            *(column.label(label) for label, column in given.items()),
        ).where(table.c.report_id.in_(numbers))

    added = {name: _addendum.c[name] for name in ("at", "role", "before", "after")}
    parts = union_all(
        part(_decision, _decision.c.what, day=_decision.c.due_on, number=_decision.c.owner_id),
        part(_follow_up, _follow_up.c.outcome, number=_follow_up.c.decision_id),
        part(_addendum, _addendum.c.reason, **added),
    )
    return await Query(_Part, parts.order_by("id")).all(session)
