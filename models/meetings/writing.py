"""What is written of meetings: themselves, who takes part, what they answer, and the history, in one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.events.revision import new_revision
from models.meetings.repository import Held
from models.meetings.states import Answer, Gesture
from models.tables import metadata

_meeting = metadata.tables["meeting"]
_series = metadata.tables["meeting_series"]
_participant = metadata.tables["meeting_participant"]
_answer = metadata.tables["meeting_answer"]
_history = metadata.tables["meeting_history"]


async def add_series(session: AsyncSession, values: Mapping[str, Any]) -> int:
    """Write a series and return its number."""
    number: int | None = await session.scalar(insert(_series).values(values).returning(_series.c.id))
    assert number is not None
    return number


async def add(session: AsyncSession, values: Mapping[str, Any], contact_ids: Collection[int]) -> int:
    """Write a meeting with its participants and return its number."""
    written = {**values, "revision": new_revision()}
    number: int | None = await session.scalar(insert(_meeting).values(written).returning(_meeting.c.id))
    assert number is not None
    await invite(session, number, contact_ids)
    return number


async def change(session: AsyncSession, meeting: Held, now: datetime, values: Mapping[str, Any]) -> None:
    """Bring a meeting up to date; it was read locked, so nobody has changed it since."""
    written = {**values, "changed_at": now, "revision": new_revision()}
    await session.execute(update(_meeting).where(_meeting.c.id == meeting.id).values(written))


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
    session: AsyncSession, number: int, contact_ids: Collection[int], sequence: int, now: datetime
) -> None:
    """Keep that the invitation of that sequence left for participants: what the register shows."""
    whose = and_(_participant.c.meeting_id == number, _participant.c.contact_id.in_(contact_ids))
    await session.execute(update(_participant).where(whose).values(invited_at=now, invited_sequence=sequence))


async def add_answer(
    session: AsyncSession, asker: Asker, now: datetime, meeting: Held, contact_id: int, answer: Answer
) -> None:
    """Add an answer to the date the meeting has now."""
    values = {
        "meeting_id": meeting.id,
        "contact_id": contact_id,
        "answer": answer,
        "sequence": meeting.sequence,
        "at": now,
        "account_id": asker.account_id,
    }
    await session.execute(insert(_answer).values(values))


async def tell(
    session: AsyncSession,
    asker: Asker,
    now: datetime,
    meeting_id: int,
    gesture: Gesture,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the history of a meeting."""
    values = {
        "meeting_id": meeting_id,
        "at": now,
        "account_id": asker.account_id,
        "gesture": gesture,
        "before": None if before is None else dict(before),
        "after": None if after is None else dict(after),
    }
    await session.execute(insert(_history).values(values))
