"""All that a review writes: where entries stand, their history, and the question sent back.

The entries were read locked: nobody can have changed them in between. Their answers are never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from models.base.metadata import table
from models.base.revision import new_revision
from models.events import repository as events
from models.events.repository import Change, Gesture, snapshot
from models.events.tables import EventState, Origin, Remark
from models.review.entry import AskedQuestion, Reviewed, stamp
from models.review.queries import ReviewReader

_remark = table(Remark)

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
        done, gesture = self._decided(entries), self._gesture(origin)
        changes = []
        for entry in entries:
            after = snapshot(entry.answers, entry.confirmations, state) | {"batch": done.batch} | noted
            if state == EventState.VALIDATED and entry.is_by(gesture.account_id):
                after["own_entry"] = True  # nobody validates what they entered without it being seen
            before = snapshot(entry.answers, entry.confirmations, entry.state)
            changes.append(Change(gesture, entry.person_id, self.reader.campaign.number, before, after, entry.revision))
        await events.write(self.reader.session, changes, done.revisions)
        return done

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
        session, done = self.reader.session, self._decided(entries)
        for entry in entries:
            if entry.state == EventState.SENT_BACK:
                await session.execute(_WITHDRAW, self._of(entry))
        last = await events.lines_of(session, [entry.revision for entry in entries])
        lines = [last[entry.revision] for entry in entries]
        await events.take_back(session, self._gesture(Origin.REVIEW_UNDONE), lines, done.revisions, batch=done.batch)
        return done

    def _decided(self, entries: Sequence[Reviewed]) -> Decided:
        return Decided(tuple(entries), tuple(new_revision() for _ in entries), self.now)

    def _gesture(self, origin: Origin) -> Gesture:
        return Gesture(self.reader.actor.account_id, self.now, origin)

    def _of(self, entry: Reviewed) -> dict[str, object]:
        return {"of_campaign": self.reader.campaign.id, "of_person": entry.person_id}
