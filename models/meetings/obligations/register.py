"""The register: by period, scope and kind, what became of each obligation and what proves it, for the funders' control.

Whoever leads reads which bodies were invited, what they answered, who was there and what the report says; a reader or a
coordinator dates and states alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.accounts.texts import ROLES
from models.base.clock import local_day
from models.base.spreadsheets.book import write_book
from models.base.spreadsheets.page import Column, Page, Row
from models.meetings import queries, repository
from models.meetings import texts as meetings
from models.meetings.changes.repository import cancelled_at
from models.meetings.contacts.texts import BODIES
from models.meetings.invitations.repository import Sent, sent, was_invited
from models.meetings.obligations import register_texts as texts
from models.meetings.obligations.register_texts import COLUMNS, SELF_EVIDENT, TITLE
from models.meetings.obligations.service import Due, history
from models.meetings.obligations.states import DueState
from models.meetings.obligations.texts import STATES as DUE_STATES
from models.meetings.permissions import meeting_permissions
from models.meetings.reports import repository as reports
from models.meetings.reports.report import Content, Report
from models.meetings.reports.texts import GROUNDS, PRESCRIBERS
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer, MeetingState
from models.meetings.texts import KINDS as KIND_NAMES


@dataclass(frozen=True)
class RegisterLine:
    """What became of an obligation in a period, or one meeting of it with its proof.

    `meeting` is None where there was none; with participants only for who leads, as `report`, what was signed and
    corrected since. `invited_on` is when the first invitation left, `signed_by` a role; days are those of the
    meeting's zone. `letters`: what became of the invitations, by contact.
    """

    due: Due
    meeting: Meeting | None = None
    invited_on: date | None = None
    signed_on: date | None = None
    signed_by: str | None = None
    addenda: tuple[date, ...] = ()
    report: Content | None = None
    cancelled_on: date | None = None
    letters: Mapping[int, Sent] = field(default_factory=dict)

    @property
    def bodies(self) -> str:
        """The bodies invited, where the actor may know."""
        return _bodies(self._invited)

    @property
    def present(self) -> str:
        """The bodies that were there, according to the signed report."""
        there = self.report.present if self.report else ()
        return _bodies([one for one in (self.meeting.participants if self.meeting else ()) if one.contact.id in there])

    @property
    def delivery(self) -> str:
        """What became of the invitations: « 2 remises, 1 non remise »."""
        found = Counter(_arrived(self._letter(one)) for one in self._invited)
        told = (texts.ARRIVED, texts.UNCERTAIN, texts.LOST, texts.WAITING)
        return ", ".join(texts.deliveries(found[one], one) for one in told if found[one])

    @property
    def _invited(self) -> Sequence[Participant]:
        """Those who were to come: who came without an invitation stands among the present only."""
        people = self.meeting.participants if self.meeting else ()
        return [one for one in people if was_invited(one, self._letter(one))]

    def _letter(self, one: Participant) -> Sent:
        return self.letters.get(one.contact.id, Sent())

    def answers(self, answer: Answer) -> int | None:
        """How many answered so; None where the actor may not know, or nobody was invited."""
        people = self._invited
        return sum(one.answer is answer for one in people) if people else None

    @property
    def row(self) -> Row:
        """The line as a row of the workbook."""
        meeting, report = self.meeting, self.report
        return (
            self.due.period.name,
            self.due.where.name,
            self.due.where.scope,
            KIND_NAMES[self.due.kind.code],
            self.due.kind.number,
            DUE_STATES[self.due.state],
            meeting.day if meeting else None,
            meetings.clock(meeting.hour) if meeting else None,
            meetings.STATES[meeting.state] if meeting else None,
            self.bodies or None,
            self.invited_on,
            self.delivery or None,
            *(self.answers(answer) for answer in Answer),
            self.present or None,
            *((report.examined.get(one) if report else None) for one in PRESCRIBERS),
            texts.SUBSIDIARITY[report.subsidiarity if report else None],
            *((report.own_structure.get(one) if report else None) for one in GROUNDS),
            self.signed_on,
            ROLES.get(self.signed_by, self.signed_by) if self.signed_by else None,
            ", ".join(day.isoformat() for day in self.addenda) or None,
            self.cancelled_on,
        )


async def register(
    session: AsyncSession, actor: Actor, today: date, scope: str, first: date, last: date
) -> list[RegisterLine]:
    """Return the lines of a scope for the periods that begin from `first` to `last`, in order of period.

    A meeting has its line; a period without one has a line too, missed or not, but not one that is still to come.
    Raises `Unknown` for a scope the actor may not count.
    """
    rights = await meeting_permissions(session, actor)
    dues = await history(session, actor, today, scope, first, last)
    numbers = [one.id for due in dues for one in due.meetings]
    whole = {one.id: one for one in await repository.led(session, rights, queries.numbered(numbers))}
    known = _Known(
        await reports.proofs_of(session, numbers),
        await reports.reports_of(session, rights, numbers),
        await cancelled_at(session, numbers),
        await sent(session, list(whole)),
    )
    lines = []
    for due in sorted(dues, key=lambda one: one.period.first):
        if not due.meetings and due.state is not DueState.TO_COME:
            lines.append(RegisterLine(due))
        lines += [_line(due, whole.get(one.id, one), known) for one in due.meetings]
    return lines


def said(line: RegisterLine) -> str:
    """Return a line as a terminal shows it: what stands in its cells, each count, date and list with its column."""
    cells = zip(COLUMNS, line.row, strict=True)
    return "  ".join(
        str(cell) if label in SELF_EVIDENT else f"{label} : {cell}" for (label, *_), cell in cells if cell is not None
    )


def page(lines: Sequence[RegisterLine]) -> Page:
    """Return the register as a sheet to write."""
    columns = tuple(Column(label, width, number_format=fmt) for label, width, fmt in COLUMNS)
    return Page(TITLE, columns, (line.row for line in lines))


def write(target: Path, lines: Sequence[RegisterLine]) -> None:
    """Write the register as a workbook, what would be a formula neutralised; `OSError` where it cannot be written."""
    write_book(target, [page(lines)])


@dataclass(frozen=True)
class _Known:
    """What is read of the meetings beside themselves; reports and letters of those alone that the actor leads."""

    proofs: Sequence[reports.Proof]
    reports: Mapping[int, Report]
    cancelled: Mapping[int, datetime]
    letters: Mapping[int, Mapping[int, Sent]]


def _line(due: Due, meeting: Meeting, known: _Known) -> RegisterLine:
    letters = known.letters.get(meeting.id, {})
    left = [one.first_left_at for one in letters.values() if one.first_left_at is not None]
    signed = meeting.state is MeetingState.REPORTED
    mine = [one for one in known.proofs if one.meeting_id == meeting.id and signed]
    report = known.reports.get(meeting.id) if signed else None
    cancelled = known.cancelled.get(meeting.id)
    return RegisterLine(
        due,
        meeting,
        local_day(min(left), meeting.zone) if left else None,
        local_day(mine[0].signed_at, meeting.zone) if mine else None,
        mine[0].signed_role if mine else None,
        tuple(local_day(one.corrected_at, meeting.zone) for one in mine if one.corrected_at is not None),
        report.corrected if report else None,
        local_day(cancelled, meeting.zone) if cancelled else None,
        letters,
    )


def _bodies(people: Sequence[Participant]) -> str:
    return ", ".join(dict.fromkeys(BODIES[one.contact.body] for one in people))


def _arrived(one: Sent) -> str:
    if one.first_left_at is not None:
        return texts.ARRIVED
    if one.perhaps:
        return texts.UNCERTAIN
    return texts.LOST if one.undelivered else texts.WAITING
