"""All that is written of events and drafts, each with its history, in the transaction of the tap.

A write is guarded by the revision that was read: where somebody else came first, nothing is written and `Stale`
says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.audit.repository import record as audit
from models.base.database import insert_or_replace, insert_together
from models.base.metadata import table
from models.base.revision import Stale, new_revision
from models.entry.card import Card, DraftAnswers
from models.entry.queries import EventReader
from models.events.form import Answers
from models.events.tables import REVIEWING, Draft, Event, EventHistory, EventState, Origin, Remark
from models.persons.tables import Person

_person = table(Person)
_event = table(Event)
_draft = table(Draft)
_history = table(EventHistory)
_remark = table(Remark)

_UPDATE_EVENT = update(_event).where(
    _event.c.person_id == bindparam("of_person"),
    _event.c.campaign_id == bindparam("of_campaign"),
    _event.c.revision == bindparam("seen"),
)
_DELETE_EVENTS = delete(_event).where(_event.c.revision.in_(bindparam("revisions", expanding=True)))
_ANSWER_REMARK = update(_remark).where(
    _remark.c.person_id == bindparam("of_person"), _remark.c.campaign_id == bindparam("of_campaign")
)
_SET_EXIT = update(_person).where(_person.c.id == bindparam("of_person"))
_HISTORY_OF = select(_history).where(_history.c.revision.in_(bindparam("revisions", expanding=True)))


@dataclass(frozen=True)
class Entry:
    """What one person's event becomes."""

    card: Card
    answers: Answers
    confirmations: dict[str, str]
    origin: Origin


@dataclass(frozen=True)
class EventWriter:
    """Writes in the name of `reader.actor`, at the moment `now`."""

    reader: EventReader
    now: datetime

    async def save(self, entries: Sequence[Entry]) -> list[int]:
        """Record the entries with their history; return their revisions, in order.

        Raises `Stale` if one of the persons was entered or changed in between.
        """
        revisions = [new_revision() for _ in entries]
        created = [
            {
                "person_id": entry.card.person_id,
                "campaign_id": self.reader.campaign.id,
                "created_at": self.now,
                **self._columns(entry, revision),
            }
            for entry, revision in zip(entries, revisions, strict=True)
            if entry.card.event is None
        ]
        lines = [self._history(entry, revision) for entry, revision in zip(entries, revisions, strict=True)]
        try:
            await insert_together(self.reader.session, (_event, created), (_history, lines))
        except IntegrityError as error:  # one event per person and campaign (E17)
            raise Stale from error
        for entry, revision in zip(entries, revisions, strict=True):
            if entry.card.event is not None:
                await self._update(entry.card, self._columns(entry, revision))
            if entry.card.sent_back:
                await self._answer_remark(entry.card, None, self.now)
            await self._leave(entry.card)
        return revisions

    async def undo(self, done: Sequence[tuple[Card, int]]) -> None:
        """Take back the last write of each card's event, named by the revision it was given.

        What was answered by hand goes back to the draft: a slip of the finger costs no work.
        Raises `Stale` if one of them was changed since, or was not this actor's.
        """
        session = self.reader.session
        rows = await session.execute(_HISTORY_OF, {"revisions": [revision for _, revision in done]})
        last = {row.revision: row for row in rows}
        if any(revision not in last or not self._may_undo(card, last[revision]) for card, revision in done):
            raise Stale
        await self._take_away([revision for revision, row in last.items() if row.before is None])
        lines = []
        for card, revision in done:
            row, undone = last[revision], new_revision()
            if row.before is not None:
                entry = Entry(card, Answers.from_codes(row.before), row.before["confirmations"], Origin.UNDONE)
                state = EventState(row.before["state"])
                await self._update(card, self._columns(entry, undone) | {"state": state})
                if state == EventState.SENT_BACK:
                    await self._answer_remark(card, row.at, None)
            if "exit_before" in row.after:
                await self._set_exit(card, _day(row.after["exit_before"]))
            if row.origin in {Origin.ENTERED, Origin.CORRECTED}:
                await self.sketch(card, _answered(row.after, row.before or _carried(card)))
            lines.append(self._line(card, Origin.UNDONE, row.after, row.before) | {"revision": undone})
        await session.execute(insert(_history), lines)

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

    def _columns(self, entry: Entry, revision: int) -> dict[str, Any]:
        return {
            **{question.field: choice.code for question, choice in entry.answers.shown()},
            "confirmations": entry.confirmations,
            "state": EventState.ENTERED,
            "revision": revision,
            "changed_at": self.now,
            "changed_by": self.reader.actor.account_id,
        }

    def _may_undo(self, card: Card, row: Row[Any]) -> bool:
        return (
            card.event is not None
            and not card.locked
            and card.event.revision == row.revision
            and row.account_id == self.reader.actor.account_id
            and row.origin not in {Origin.UNDONE, *REVIEWING}
        )

    async def _answer_remark(self, card: Card, was: datetime | None, becomes: datetime | None) -> None:
        """Note that what the coordinator asked to look at again is answered, or no longer."""
        await self.reader.session.execute(
            _ANSWER_REMARK.where(_remark.c.answered_at == was).values(answered_at=becomes),
            {"of_person": card.person_id, "of_campaign": self.reader.campaign.id},
        )

    async def _take_away(self, revisions: Sequence[int]) -> None:
        """Delete events that did not exist before the write being undone."""
        if not revisions:
            return
        result: Any = await self.reader.session.execute(_DELETE_EVENTS, {"revisions": revisions})
        if result.rowcount != len(revisions):
            raise Stale

    async def _update(self, card: Card, columns: dict[str, Any]) -> None:
        guard = {
            "of_person": card.person_id,
            "of_campaign": self.reader.campaign.id,
            "seen": card.event and card.event.revision,
        }
        result: Any = await self.reader.session.execute(_UPDATE_EVENT.values(columns), guard)
        if result.rowcount != 1:
            raise Stale

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

    def _history(self, entry: Entry, revision: int) -> dict[str, Any]:
        card, before = entry.card, None
        if card.event is not None:
            before = snapshot(card.event.answers, card.event.confirmations, card.event.state)
        after = snapshot(entry.answers, entry.confirmations, EventState.ENTERED)
        if card.resulting_exit != card.exit_date:
            after["exit_before"] = card.exit_date and card.exit_date.isoformat()
            after["exit_after"] = card.resulting_exit and card.resulting_exit.isoformat()
        return self._line(card, entry.origin, before, after) | {"revision": revision}

    def _line(self, card: Card, origin: Origin, before: Any, after: Any) -> dict[str, Any]:
        return {
            "person_id": card.person_id,
            "campaign_id": self.reader.campaign.id,
            "account_id": self.reader.actor.account_id,
            "at": self.now,
            "origin": origin,
            "before": before,
            "after": after,
        }


def _carried(card: Card) -> dict[str, str]:
    """Return what the entry of a person started from; nothing for who answered all six questions."""
    start = replace(card, event=None).base
    return start.codes() if start else {}


def _answered(after: dict[str, Any], start: dict[str, str]) -> DraftAnswers:
    """Return as a draft what the history says was answered: the rest goes on following from the start."""
    codes = Answers.from_codes(after).codes()
    return DraftAnswers(
        {field: code for field, code in codes.items() if start.get(field) != code},
        exit_date=_day(after.get("exit_after")),
        exit_date_given="exit_after" in after,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def snapshot(answers: Answers, confirmations: dict[str, str], state: EventState) -> dict[str, Any]:
    """Return what the history keeps of an event: codes only."""
    return {**answers.codes(), "confirmations": confirmations, "state": state}
