"""All SQL that reads what was done to meetings and what was answered, line by line."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.meetings.states import Gesture
from models.platforms.reach import Reach
from models.tables import metadata

_meeting = metadata.tables["meeting"]
_answer = metadata.tables["meeting_answer"]
_history = metadata.tables["meeting_history"]


async def history(session: AsyncSession, reach: Reach, number: int) -> Sequence[Row[Any]]:
    """Return the lines of the history of a meeting the asker leads, the oldest first."""
    query = (
        select(_history)
        .join(_meeting, _meeting.c.id == _history.c.meeting_id)
        .where(reach.led_rows(_meeting), _meeting.c.id == number)
        .order_by(_history.c.id)
    )
    return (await session.execute(query)).all()


async def answers_of(session: AsyncSession, reach: Reach, number: int) -> Sequence[Row[Any]]:
    """Return every answer given to a meeting the asker leads, the oldest first."""
    query = (
        select(_answer)
        .join(_meeting, _meeting.c.id == _answer.c.meeting_id)
        .where(reach.led_rows(_meeting), _meeting.c.id == number)
        .order_by(_answer.c.id)
    )
    return (await session.execute(query)).all()


async def cancelled_at(session: AsyncSession, numbers: Collection[int]) -> dict[int, datetime]:
    """Return when each of the meetings was cancelled or replaced; the caller has checked who may know."""
    ends = _history.c.gesture.in_((Gesture.CANCELLED, Gesture.REPLACED))
    query = select(_history.c.meeting_id, _history.c.at).where(ends, _history.c.meeting_id.in_(numbers))
    rows: Any = await session.execute(query)
    return dict(rows.all())
