"""What a coordinator may decide of an entry: validate, send back, unlock, and take the last of these back.

What it refuses is `Stale` (something changed since it was shown) or `Unknown` (it does not exist for this person).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.accounts.permissions import Permission
from models.base.revision import Stale
from models.entry.service import Unknown
from models.events.form import Doubt, Question
from models.events.tables import REVIEWING, EventState, Origin, Unlocking
from models.notifications.repository import notify
from models.review.entry import AskedQuestion, Reviewed, stamp
from models.review.messages import SENT_BACK
from models.review.queries import Counts, ReviewReader
from models.review.repository import Decided, ReviewWriter
from models.review.texts import told


@dataclass(frozen=True)
class Board:
    """Where a dispositif stands: its persons by coach and state, and the entries that wait for a decision."""

    counts: Counts
    to_look: tuple[Reviewed, ...]
    plain: tuple[Reviewed, ...]

    def number(self, *states: EventState | None) -> int:
        """Return how many persons' events are in those states; none is « no event »."""
        return sum(of_coach.get(state, 0) for of_coach in self.counts.values() for state in states)

    @property
    def stamp(self) -> str:
        """What the button that validates the plain ones repeats."""
        return stamp([entry.revision for entry in self.plain])


@dataclass(frozen=True)
class Reviewing:
    """The review of one actor in one campaign, at one moment."""

    reader: ReviewReader
    now: datetime

    @property
    def _writer(self) -> ReviewWriter:
        return ReviewWriter(self.reader, self.now)

    async def board(self, dispositif: str) -> Board:
        """Return where a dispositif stands; raises `Unknown`."""
        self.check(dispositif)
        entries = await self.reader.to_review(dispositif)
        plain = tuple(entry for entry in entries if entry.plain)
        to_look = tuple(entry for entry in entries if not entry.plain)
        return Board(await self.reader.counts(dispositif), to_look, plain)

    async def to_look(self, dispositif: str) -> list[Reviewed]:
        """Return the entries worth a look, by code; raises `Unknown`."""
        self.check(dispositif)
        return [entry for entry in await self.reader.to_review(dispositif) if not entry.plain]

    async def entry(self, person_id: int) -> Reviewed:
        """Return a person's entry; raises `Unknown`."""
        entry = await self.reader.entry(person_id)
        if entry is None:
            raise Unknown
        return entry

    async def validate(self, person_id: int, revision: str) -> Decided:
        """Validate an entry: from then on it is locked; refused as `Stale` where it breaks a rule."""
        entry = await self._open(person_id, revision, EventState.ENTERED)
        if entry.errors:
            raise Stale
        return await self._writer.move([entry], EventState.VALIDATED, Origin.VALIDATED)

    async def validate_plain(self, dispositif: str, shown: str) -> Decided:
        """Validate the entries without remark, exactly those that were shown; raises `Stale` for another set."""
        self.check(dispositif)
        plain = [entry for entry in await self.reader.to_review(dispositif, locked=True) if entry.plain]
        if not plain or stamp([entry.revision for entry in plain]) != shown:
            raise Stale
        return await self._writer.move(plain, EventState.VALIDATED, Origin.VALIDATED)

    async def send_back(self, person_id: int, asked: Question, reason: Doubt, revision: str) -> Decided:
        """Have the coach told to look at one answer again; refused as `Stale` where there is no coach."""
        entry = await self._open(person_id, revision, EventState.ENTERED)
        if entry.coach_id is None or reason not in asked.doubts:
            raise Stale
        sent = AskedQuestion(asked.field, reason, entry.answers.codes()[asked.field])
        done = await self._writer.send_back(entry, sent)
        await notify(
            self.reader.session,
            self.now,
            kind=SENT_BACK,
            account_id=entry.coach_id,
            subject=f"event:{done.revisions[0]}",
            period=entry.day.isoformat(),
            screen=told(entry, sent),
        )
        return done

    async def unlock(self, person_id: int, reason: Unlocking, revision: str) -> Decided:
        """Take a validation back for a reason; the entry may be corrected again."""
        entry = await self._open(person_id, revision, EventState.VALIDATED)
        return await self._writer.move([entry], EventState.ENTERED, Origin.UNLOCKED, reason=reason)

    async def undo(self, dispositif: str, at: datetime, batch: str) -> Decided:
        """Take back what the actor decided at that moment, whole; raises `Stale` if anything happened since."""
        self.check(dispositif)
        entries = [entry for entry in await self.reader.decided(dispositif, at) if _decided_in(entry, batch)]
        if not entries or stamp([entry.revision for entry in entries]) != batch:
            raise Stale
        return await self._writer.undo(entries)

    def check(self, dispositif: str) -> None:
        """Raise `Unknown` for a dispositif that is not the actor's to review."""
        if dispositif not in self.reader.actor.dispositifs(Permission.EVENT_REVIEW):
            raise Unknown

    async def _open(self, person_id: int, revision: str, state: EventState) -> Reviewed:
        entry = await self.reader.entry(person_id, locked=True)
        if entry is None:
            raise Unknown
        if entry.token != revision or entry.state != state:
            raise Stale
        return entry


def _decided_in(entry: Reviewed, batch: str) -> bool:
    last = entry.last
    if last is None or last.origin not in REVIEWING - {Origin.REVIEW_UNDONE}:
        return False
    after: dict[str, Any] = last.after or {}
    return bool(after.get("batch") == batch)
