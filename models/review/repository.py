"""All that a review writes: where entries stand, their history, and the question sent back.

The entries were read locked: nobody can have changed them in between. Their answers are never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from models.base.metadata import table
from models.base.revision import new_revision
from models.entry.repository import snapshot
from models.events.tables import Event, EventHistory, EventState, Origin, Remark
from models.review.entry import AskedQuestion, Reviewed, stamp
from models.review.queries import ReviewReader

_event = table(Event)
_history = table(EventHistory)
_remark = table(Remark)

_MOVE = (
    update(_event)
    .where(_event.c.campaign_id == bindparam("of_campaign"), _event.c.person_id == bindparam("of_person"))
    .values(state=bindparam("becomes"), revision=bindparam("drawn"))
)
_WITHDRAW = delete(_remark).where(
    _remark.c.id
    == select(func.max(_remark.c.id))
    .where(_remark.c.campaign_id == bindparam("of_campaign"), _remark.c.person_id == bindparam("of_person"))
    .correlate(None)
    .scalar_subquery()
)


@dataclass(frozen=True)
class Decided:
    """A decision taken: of which entries, as they were; what takes it back repeats the moment and the batch."""

    entries: tuple[Reviewed, ...]
    revisions: tuple[int, ...]
    at: datetime

    @property
    def batch(self) -> str:
        """The digest of the revisions that the decision drew."""
        return stamp(self.revisions)


@dataclass(frozen=True)
class ReviewWriter:
    """Writes in the name of `reader.actor`, at the moment `now`."""

    reader: ReviewReader
    now: datetime

    async def move(self, entries: Sequence[Reviewed], state: EventState, origin: Origin, **noted: str) -> Decided:
        """Give the entries a state, with a line of history each, which also holds what is `noted`."""
        return await self._move([(entry, state) for entry in entries], origin, noted)

    async def send_back(self, entry: Reviewed, asked: AskedQuestion) -> Decided:
        """Send an entry back with a question."""
        done = await self.move([entry], EventState.SENT_BACK, Origin.SENT_BACK, field=asked.field, reason=asked.reason)
        row = {
            "person_id": entry.person_id,
            "campaign_id": self.reader.campaign.id,
            "field": asked.field,
            "reason": asked.reason,
            "answer": asked.answer,
            "asked_by": self.reader.actor.account_id,
            "asked_at": self.now,
        }
        await self.reader.session.execute(insert(_remark), row)
        return done

    async def undo(self, entries: Sequence[Reviewed]) -> Decided:
        """Put the entries back to where they stood before their last decision."""
        for entry in entries:
            if entry.state == EventState.SENT_BACK:
                await self.reader.session.execute(_WITHDRAW, self._of(entry))
        return await self._move([(entry, _before(entry)) for entry in entries], Origin.REVIEW_UNDONE, {})

    async def _move(
        self, moves: Sequence[tuple[Reviewed, EventState]], origin: Origin, noted: dict[str, str]
    ) -> Decided:
        session = self.reader.session
        revisions = [new_revision() for _ in moves]
        done = Decided(tuple(entry for entry, _ in moves), tuple(revisions), self.now)
        lines, updates = [], []
        for (entry, state), revision in zip(moves, revisions, strict=True):
            after = snapshot(entry.answers, entry.confirmations, state) | {"batch": done.batch} | noted
            if state == EventState.VALIDATED and entry.is_by(self.reader.actor.account_id):
                after["own_entry"] = True  # nobody validates what they entered without it being seen
            lines.append(
                {
                    "person_id": entry.person_id,
                    "campaign_id": self.reader.campaign.id,
                    "account_id": self.reader.actor.account_id,
                    "at": self.now,
                    "origin": origin,
                    "before": snapshot(entry.answers, entry.confirmations, entry.state),
                    "after": after,
                    "revision": revision,
                }
            )
            updates.append({**self._of(entry), "becomes": state, "drawn": revision})
        connection: Any = await session.connection()
        await connection.execute(_MOVE, updates)
        await session.execute(insert(_history), lines)
        return done

    def _of(self, entry: Reviewed) -> dict[str, object]:
        return {"of_campaign": self.reader.campaign.id, "of_person": entry.person_id}


def _before(entry: Reviewed) -> EventState:
    assert entry.last is not None
    assert entry.last.before is not None
    return EventState(entry.last.before["state"])
