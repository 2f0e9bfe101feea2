"""All that an entry writes, in the transaction of the tap: events, drafts, the exit date, the answer to a remark.

A write is guarded by the revision that was read: where somebody else came first, nothing is written and `Stale`
says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlalchemy.exc import IntegrityError

from models.audit.repository import record as audit
from models.base.database import insert_or_replace
from models.base.metadata import table
from models.base.revision import Stale, new_revision
from models.entry.card import Card, DraftAnswers
from models.entry.queries import EventReader
from models.events import repository as events
from models.events.form import FIELDS, Answers
from models.events.repository import Change, Gesture, Line, snapshot
from models.events.tables import REVIEWING, Draft, EventState, Origin, Remark
from models.persons.tables import Person

_person = table(Person)
_draft = table(Draft)
_remark = table(Remark)

_ANSWER_REMARK = update(_remark).where(
    _remark.c.person_id == bindparam("of_person"), _remark.c.campaign_id == bindparam("of_campaign")
)
_SET_EXIT = update(_person).where(_person.c.id == bindparam("of_person"))


@dataclass(frozen=True)
class Entry:
    """What one person's event becomes."""

    card: Card
    answers: Answers
    confirmations: dict[str, str]


@dataclass(frozen=True)
class EntryWriter:
    """Writes in the name of `reader.actor`, at the moment `now`."""

    reader: EventReader
    now: datetime

    async def save(self, entries: Sequence[Entry], origin: Origin) -> Sequence[int]:
        """Record the entries with their history; return their revisions, in order.

        Raises `Stale` if one of the persons was entered or changed in between.
        """
        gesture = self._gesture(origin)
        try:
            revisions = await events.write(self.reader.session, [self._change(gesture, entry) for entry in entries])
        except IntegrityError as error:  # one event per person and campaign (E17)
            raise Stale from error
        for entry in entries:
            if entry.card.sent_back:
                await self._answer_remark(entry.card, None, self.now)
            await self._leave(entry.card)
        return revisions

    async def undo(self, done: Sequence[tuple[Card, int]]) -> None:
        """Take back the last write of each card's event, named by the revision it was given.

        What was answered by hand goes back to the draft: a slip of the finger costs no work.
        Raises `Stale` if one of them was changed since, or was not this actor's.
        """
        last = await events.lines_of(self.reader.session, [revision for _, revision in done])
        if any(revision not in last or not self._may_undo(card, last[revision]) for card, revision in done):
            raise Stale
        lines = [last[revision] for _, revision in done]
        await events.take_back(self.reader.session, self._gesture(Origin.UNDONE), lines)
        for (card, _), line in zip(done, lines, strict=True):
            after = line.after or {}
            if line.before is not None and line.before["state"] == EventState.SENT_BACK:
                await self._answer_remark(card, line.at, None)
            if "exit_before" in after:
                await self._set_exit(card, _day(after["exit_before"]))
            if line.origin in {Origin.ENTERED, Origin.CORRECTED}:
                await self.sketch(card, _answered(after, line.before or _carried(card)))

    async def sketch(self, card: Card, sketch: DraftAnswers) -> Card:
        """Keep a draft, whole; return the card with it."""
        session = self.reader.session
        kept = DraftAnswers(
            sketch.answers, sketch.confirmations, sketch.exit_date, sketch.exit_date_given, new_revision()
        )
        await session.execute(
            insert_or_replace(session, _draft, "account_id", "campaign_id", "person_id"),
            {
                "account_id": self.reader.actor.account_id,
                "campaign_id": self.reader.campaign.id,
                "person_id": card.person_id,
                "answers": kept.answers,
                "confirmations": kept.confirmations,
                "exit_date": kept.exit_date,
                "exit_date_given": kept.exit_date_given,
                "revision": kept.revision,
                "changed_at": self.now,
            },
        )
        return card.with_draft(kept)

    async def discard(self, card: Card) -> None:
        """Throw a draft away; the event, if there is one, stays."""
        await self.reader.session.execute(
            delete(_draft).where(
                _draft.c.account_id == self.reader.actor.account_id,
                _draft.c.campaign_id == self.reader.campaign.id,
                _draft.c.person_id == card.person_id,
            )
        )

    def _gesture(self, origin: Origin) -> Gesture:
        return Gesture(self.reader.actor.account_id, self.now, origin)

    def _may_undo(self, card: Card, line: Line) -> bool:
        return (
            card.event is not None
            and not card.locked
            and card.event.revision == line.revision
            and line.account_id == self.reader.actor.account_id
            and line.origin not in {Origin.UNDONE, *REVIEWING}
        )

    async def _answer_remark(self, card: Card, was: datetime | None, becomes: datetime | None) -> None:
        """Note that what the coordinator asked to look at again is answered, or no longer."""
        await self.reader.session.execute(
            _ANSWER_REMARK.where(_remark.c.answered_at == was).values(answered_at=becomes),
            {"of_person": card.person_id, "of_campaign": self.reader.campaign.id},
        )

    async def _leave(self, card: Card) -> None:
        """Do what saving ends: the exit date takes effect, the draft goes."""
        if card.draft is None:
            return
        if card.resulting_exit != card.exit_date:
            await self._set_exit(card, card.resulting_exit)
        await self.discard(card)

    async def _set_exit(self, card: Card, day: date | None) -> None:
        session = self.reader.session
        await session.execute(_SET_EXIT.values(exit_date=day), {"of_person": card.person_id})
        audit(
            session,
            self.reader.actor,
            self.now,
            "exit_date",
            f"person:{card.reference}",
            {"exit_date": card.exit_date},
            {"exit_date": day},
        )

    def _change(self, gesture: Gesture, entry: Entry) -> Change:
        card, event = entry.card, entry.card.event
        after = snapshot(entry.answers, entry.confirmations, EventState.ENTERED)
        if card.resulting_exit != card.exit_date:
            after["exit_before"] = card.exit_date and card.exit_date.isoformat()
            after["exit_after"] = card.resulting_exit and card.resulting_exit.isoformat()
        campaign = self.reader.campaign.number
        if event is None:
            return Change(gesture, card.person_id, campaign, None, after)
        before = snapshot(event.answers, event.confirmations, event.state)
        return Change(gesture, card.person_id, campaign, before, after, event.revision)


def _carried(card: Card) -> dict[str, str]:
    """Return what the entry of a person started from; nothing for who answered all six questions."""
    start = replace(card, event=None).base
    return start.codes() if start else {}


def _answered(after: Mapping[str, Any], start: Mapping[str, str]) -> DraftAnswers:
    """Return as a draft what the history says was answered: the rest goes on following from the start."""
    return DraftAnswers(
        {field: after[field] for field in FIELDS if field in after and start.get(field) != after[field]},
        exit_date=_day(after.get("exit_after")),
        exit_date_given="exit_after" in after,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
