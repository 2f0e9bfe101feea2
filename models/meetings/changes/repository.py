"""What is written of meetings: themselves, who takes part, what they answer, and the history, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.history import History
from models.base.metadata import table
from models.base.revision import new_revision
from models.base.rows import Query
from models.meetings.repository import Meeting
from models.meetings.states import Answer, Gesture, MeetingState
from models.meetings.tables import MeetingAnswer, MeetingHistory, MeetingParticipant, MeetingRow, MeetingSeries

_meeting = table(MeetingRow)
_series = table(MeetingSeries)
_participant = table(MeetingParticipant)
_answer = table(MeetingAnswer)
_history = table(MeetingHistory)
_HISTORY = History(_history, "gesture")


class _Ended(NamedTuple):
    number: int
    at: datetime


async def add_series(session: AsyncSession, values: Mapping[str, Any]) -> int:
    """Write a series and return its number."""
    number: int | None = await session.scalar(insert(_series).values(values).returning(_series.c.id))
    assert number is not None
    return number


async def add(session: AsyncSession, meetings: Sequence[Mapping[str, Any]], contact_ids: Collection[int]) -> list[int]:
    """Write meetings, each with the same participants, and return their numbers in this order."""
    written = [{**values, "revision": new_revision()} for values in meetings]
    inserted = await session.execute(insert(_meeting).returning(_meeting.c.uid, _meeting.c.id), written)
    numbers: dict[str, int] = {row.uid: row.id for row in inserted}
    rows = [{"meeting_id": number, "contact_id": one} for number in numbers.values() for one in contact_ids]
    await session.execute(insert(_participant), rows)
    return [numbers[values["uid"]] for values in meetings]


async def change(session: AsyncSession, meeting: Meeting, now: datetime, values: Mapping[str, Any]) -> None:
    """Bring a meeting up to date; it was read locked, so nobody has changed it since."""
    written = {**values, "changed_at": now, "revision": new_revision()}
    await session.execute(update(_meeting).where(_meeting.c.id == meeting.id).values(written))


async def settle(session: AsyncSession, meeting: Meeting, now: datetime, state: MeetingState, sequence: int) -> Meeting:
    """Give a meeting that was read locked another state and sequence, and return it as it stands from then on."""
    settled: dict[str, Any] = {"state": state, "sequence": sequence, "revision": new_revision()}
    await session.execute(update(_meeting).where(_meeting.c.id == meeting.id).values(**settled, changed_at=now))
    return replace(meeting, **settled)


async def invite(session: AsyncSession, number: int, contact_ids: Collection[int]) -> None:
    """Add participants to a meeting."""
    if contact_ids:
        rows = [{"meeting_id": number, "contact_id": one} for one in contact_ids]
        await session.execute(insert(_participant), rows)


async def uninvite(session: AsyncSession, number: int, contact_ids: Collection[int]) -> None:
    """Take participants off a meeting."""
    taken = _participant.c.contact_id.in_(contact_ids)
    await session.execute(delete(_participant).where(_participant.c.meeting_id == number, taken))


async def invitations_left(
    session: AsyncSession, whom: Collection[tuple[int, int]], sequence: int, now: datetime
) -> None:
    """Keep that the invitation of that sequence left for participants, by meeting and contact."""
    whose = tuple_(_participant.c.meeting_id, _participant.c.contact_id).in_(whom)
    await session.execute(update(_participant).where(whose).values(invited_at=now, invited_sequence=sequence))


async def add_answers(
    session: AsyncSession, actor: Actor, now: datetime, whose: Collection[tuple[Meeting, int]], answer: Answer
) -> None:
    """Add an answer to the date that each of these meetings has now, by meeting and contact."""
    common = {"answer": answer, "at": now, "account_id": actor.account_id}
    rows = [
        {**common, "meeting_id": meeting.id, "contact_id": contact_id, "sequence": meeting.sequence}
        for meeting, contact_id in whose
    ]
    if rows:
        await session.execute(insert(_answer), rows)


async def tell(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    meeting_id: int,
    gesture: Gesture,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the history of a meeting."""
    was, becomes = (None if one is None else dict(one) for one in (before, after))
    line = _HISTORY.line(actor.account_id, now, gesture, was, becomes, meeting_id=meeting_id)
    await _HISTORY.write(session, [line])


async def tell_planned(session: AsyncSession, actor: Actor, now: datetime, after: Mapping[int, Any]) -> None:
    """Add to the history of each of these meetings that it was planned, and how."""
    by, gesture = actor.account_id, Gesture.PLANNED
    lines = [_HISTORY.line(by, now, gesture, None, said, meeting_id=number) for number, said in after.items()]
    await _HISTORY.write(session, lines)


async def cancelled_at(session: AsyncSession, numbers: Collection[int]) -> dict[int, datetime]:
    """Return when each of the meetings was cancelled or replaced; the caller has checked who may know."""
    ends = _history.c.gesture.in_((Gesture.CANCELLED, Gesture.REPLACED))
    statement = select(_history.c.meeting_id, _history.c.at).where(ends, _history.c.meeting_id.in_(numbers))
    return {row.number: row.at for row in await Query(_Ended, statement).all(session)}
