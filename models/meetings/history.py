"""When meetings were cancelled, as their history keeps it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.metadata import table
from models.meetings.states import Gesture
from models.meetings.tables import MeetingAnswer, MeetingHistory, MeetingRow

_meeting = table(MeetingRow)
_answer = table(MeetingAnswer)
_history = table(MeetingHistory)


async def cancelled_at(session: AsyncSession, numbers: Collection[int]) -> dict[int, datetime]:
    """Return when each of the meetings was cancelled or replaced; the caller has checked who may know."""
    ends = _history.c.gesture.in_((Gesture.CANCELLED, Gesture.REPLACED))
    query = select(_history.c.meeting_id, _history.c.at).where(ends, _history.c.meeting_id.in_(numbers))
    rows: Any = await session.execute(query)
    return dict(rows.all())
