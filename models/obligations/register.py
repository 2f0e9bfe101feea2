"""The register: by period, scope and kind, what became of each obligation and what proves it, for the funders' control.

Whoever leads reads which bodies were invited and what they answered; a reader or a coordinator dates and states alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.accounts.texts import ROLES
from models.clock import local_day
from models.contacts.texts import BODIES
from models.meetings import report_repository as reports
from models.meetings import repository, texts
from models.meetings.repository import Held
from models.meetings.states import Answer, MeetingState
from models.meetings.texts import KINDS as KIND_NAMES
from models.obligations.register_texts import COLUMNS, TITLE
from models.obligations.service import Due, history
from models.obligations.states import DueState
from models.obligations.texts import STATES as DUE_STATES
from models.platforms.reach import reach
from models.workbook.writing.book import write_book
from models.workbook.writing.page import Column, Page, Row


@dataclass(frozen=True)
class Line:
    """What became of an obligation in a period, or one meeting of it with its proof.

    `meeting` is None where there was none; with participants only for who leads. `invited_on` is when the first
    invitation left, `signed_by` a role; days are those of the meeting's zone.
    """

    due: Due
    meeting: Held | None = None
    invited_on: date | None = None
    signed_on: date | None = None
    signed_by: str | None = None
    addenda: tuple[date, ...] = ()

    @property
    def bodies(self) -> str:
        """The bodies invited, where the asker may know."""
        people = self.meeting.participants if self.meeting else ()
        return ", ".join(dict.fromkeys(BODIES[one.contact.body] for one in people))

    def answers(self, answer: Answer) -> int | None:
        """How many answered so; None where the asker may not know, or nobody was invited."""
        people = self.meeting.participants if self.meeting else ()
        return sum(one.answer is answer for one in people) if people else None

    @property
    def row(self) -> Row:
        """The line as a row of the workbook."""
        meeting = self.meeting
        return (
            self.due.period.name,
            self.due.where.name,
            self.due.where.scope,
            KIND_NAMES[self.due.kind.code],
            self.due.kind.number,
            DUE_STATES[self.due.state],
            meeting.day if meeting else None,
            texts.clock(meeting.hour) if meeting else None,
            texts.STATES[meeting.state] if meeting else None,
            self.bodies or None,
            self.invited_on,
            *(self.answers(answer) for answer in Answer),
            self.signed_on,
            ROLES.get(self.signed_by, self.signed_by) if self.signed_by else None,
            ", ".join(day.isoformat() for day in self.addenda) or None,
        )


async def register(session: AsyncSession, asker: Asker, today: date, scope: str, first: date, last: date) -> list[Line]:
    """Return the lines of a scope for the periods that begin from `first` to `last`, in order of period.

    A meeting has its line; a period without one has a line too, missed or not, but not one that is still to come.
    Raises `Unknown` for a scope the asker may not count.
    """
    rights = await reach(session, asker)
    dues = await history(session, asker, today, scope, first, last)
    numbers = [one.id for due in dues for one in due.meetings]
    whole = {one.id: one for one in await repository.led(session, rights, repository.numbered(numbers))}
    proofs = await reports.proofs_of(session, numbers)
    lines = []
    for due in sorted(dues, key=lambda one: one.period.first):
        if not due.meetings and due.state is not DueState.TO_COME:
            lines.append(Line(due))
        lines += [_line(due, whole.get(one.id, one), proofs) for one in due.meetings]
    return lines


def page(lines: Sequence[Line]) -> Page:
    """Return the register as a sheet to write."""
    columns = tuple(Column(label, width, number_format=fmt) for label, width, fmt in COLUMNS)
    return Page(TITLE, columns, (line.row for line in lines))


def write(target: Path, lines: Sequence[Line]) -> None:
    """Write the register as a workbook, what would be a formula neutralised; `OSError` where it cannot be written."""
    write_book(target, [page(lines)])


def _line(due: Due, meeting: Held, proofs: Sequence[reports.Proof]) -> Line:
    left = [one.invited_at for one in meeting.participants if one.invited_at is not None]
    mine = [one for one in proofs if one.meeting_id == meeting.id and meeting.state is MeetingState.REPORTED]
    return Line(
        due,
        meeting,
        local_day(min(left), meeting.zone) if left else None,
        local_day(mine[0].signed_at, meeting.zone) if mine else None,
        mine[0].signed_role if mine else None,
        tuple(local_day(one.corrected_at, meeting.zone) for one in mine if one.corrected_at is not None),
    )
