"""What a person may do with an entry: carry over, answer, save, confirm, undo, carry over many.

Every gesture ends in the same rule book (`rules.py`). What it returns is a value that the conversation turns into
a screen; what it refuses is `Stale` (something changed since) or `Unknown` (it does not exist for this person).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.base.revision import Stale
from models.entry.card import Card, DraftAnswers
from models.entry.carry_over import AttentionReason, attention_reason
from models.entry.queries import EventReader
from models.entry.repository import Entry, EntryWriter
from models.events import rules
from models.events.form import carried, question
from models.events.rules import Rule
from models.events.tables import Origin
from models.events.texts import EXIT_UNKNOWN, WARNINGS
from models.reference.nomenclature import Statut


class Unknown(Exception):
    """The person does not exist for whoever asks: wrong code, or not in their scope (E12)."""


class Locked(Exception):
    """The event is validated or sent up: it is no longer changed here."""


@dataclass(frozen=True)
class Saved:
    """An entry is recorded; `next` is the person to go on with, if one is left."""

    card: Card
    revision: int
    next: Card | None


@dataclass(frozen=True)
class Refused:
    """An error stands in the way; the draft keeps what was answered."""

    card: Card
    rule: Rule


@dataclass(frozen=True)
class ToConfirm:
    """A warning asks for a confirmation; the draft keeps what was answered."""

    card: Card
    rule: Rule


Outcome = Saved | Refused | ToConfirm


@dataclass(frozen=True)
class BulkDone:
    """A carry-over of several: what was recorded, with its revisions, and who was left aside after all."""

    recorded: tuple[tuple[Card, int], ...]
    left_aside: tuple[Card, ...]


@dataclass(frozen=True)
class Entering:
    """The entry of one actor in one campaign, at one moment."""

    reader: EventReader
    now: datetime

    @property
    def _writer(self) -> EntryWriter:
        return EntryWriter(self.reader, self.now)

    async def card(self, person_id: int) -> Card:
        """Return a person's card; raises `Unknown`."""
        card = await self.reader.card(person_id)
        if card is None:
            raise Unknown
        return card

    async def next_after(self, person_id: int) -> Card | None:
        """Return the next person to enter after that one, going round."""
        return (await self.reader.card_and_next(person_id))[1]

    async def carry(self, person_id: int, revision: str) -> Outcome:
        """Record that nothing changed (one tap)."""
        card, following = await self._open(person_id, revision)
        if not card.past or card.returning or card.modified or card.event is not None:
            raise Stale
        return await self._finish(card, following, Origin.CARRIED)

    async def answer(self, person_id: int, field: str, code: str, revision: str) -> Card:
        """Keep one answer in the draft; raises `Stale`, or `Unknown` for a forged answer (E06)."""
        card, _ = await self._open(person_id, revision)
        try:
            choice = question(field).choice(code)
        except KeyError as error:
            raise Unknown from error
        draft = card.draft or DraftAnswers()
        answered = replace(draft, answers={**draft.answers, field: choice.code}, confirmations={})
        if field == "statut":
            answered = _exit_following(card, answered, Statut(choice.code))
        return await self._writer.sketch(card, answered)

    async def exit_on(self, person_id: int, day: date | None, revision: str) -> Card:
        """Keep the exit date in the draft; none where it is unknown or erased."""
        card, _ = await self._open(person_id, revision)
        draft = card.draft or DraftAnswers()
        confirmed = {} if day else {"W01": EXIT_UNKNOWN}  # said once, it is not asked again
        return await self._writer.sketch(
            card, replace(draft, exit_date=day, exit_date_given=True, confirmations=confirmed)
        )

    async def save(self, person_id: int, revision: str) -> Outcome:
        """Record the draft, if the rules let it pass."""
        card, following = await self._open(person_id, revision)
        if card.answers is None or card.draft is None:
            raise Stale
        return await self._finish(card, following, _origin(card))

    async def confirm(self, person_id: int, number: str, reason: str, revision: str) -> Outcome:
        """Confirm a warning with a reason of its list, and go on with the saving."""
        card, following = await self._open(person_id, revision)
        known = number in WARNINGS and any(reason == r.code for r in WARNINGS[number].reasons)
        if card.answers is None or card.draft is None or not known:
            raise Stale
        confirmed = replace(card.draft, confirmations={**card.draft.confirmations, number: reason})
        return await self._finish(card.with_draft(confirmed), following, _origin(card))

    async def settle(self, person_id: int, field: str, code: str, revision: str) -> Outcome:
        """Answer a question that a warning raised, and go on with the saving in the same tap."""
        card = await self.answer(person_id, field, code, revision)
        return await self.save(person_id, card.revision)

    async def outcome(self, person_id: int) -> Refused | ToConfirm | Card:
        """Return what stands in the way of saving the draft, writing nothing; the card if nothing does."""
        card = await self.card(person_id)
        if card.answers is None or card.draft is None:
            return card
        return _obstacle(card) or card

    async def discard(self, person_id: int) -> Card:
        """Throw the draft away."""
        card = await self.card(person_id)
        await self._writer.discard(card)
        return card.with_draft(None)

    async def undo(self, done: Sequence[tuple[int, int]]) -> list[Card]:
        """Take back what was just recorded, given as persons and revisions; return the cards as they are now."""
        revisions = dict(done)
        cards = await self.reader.cards(list(revisions))
        if not done or cards.keys() != revisions.keys():
            raise Unknown
        await self._writer.undo([(card, revisions[number]) for number, card in cards.items()])
        return list((await self.reader.cards(list(revisions))).values())

    async def sorted_out(self) -> tuple[list[Card], list[tuple[Card, AttentionReason]]]:
        """Return who can be carried over together, and who is left aside with the reason why."""
        able: list[Card] = []
        aside: list[tuple[Card, AttentionReason]] = []
        for card in await self.reader.to_do():
            reason = attention_reason(card)
            if reason is None:
                able.append(card)
            else:
                aside.append((card, reason))
        return able, aside

    async def carry_many(self, person_ids: Collection[int]) -> BulkDone:
        """Record that nothing changed for those persons, each through the rules; others are left aside."""
        able, _ = await self.sorted_out()
        chosen = [card for card in able if card.person_id in person_ids]
        recorded: Sequence[int] = ()
        if chosen:
            recorded = await self._writer.save([Entry(c, carried(c.past[0].answers), {}) for c in chosen], Origin.BULK)
        missing = set(person_ids) - {card.person_id for card in chosen}
        left = [card for card in await self.reader.to_do() if card.person_id in missing] if missing else []
        return BulkDone(tuple(zip(chosen, recorded, strict=True)), tuple(left))

    @staticmethod
    def refuse_locked(card: Card) -> None:
        """Raise `Locked` where the event is no longer to be changed here."""
        if card.locked:
            raise Locked

    async def _open(self, person_id: int, revision: str) -> tuple[Card, Card | None]:
        card, following = await self.reader.card_and_next(person_id)
        if card is None:
            raise Unknown
        if card.revision != revision:
            raise Stale
        self.refuse_locked(card)
        return card, following

    async def _finish(self, card: Card, following: Card | None, origin: Origin) -> Outcome:
        obstacle = _obstacle(card)
        if obstacle is not None:
            draft = card.draft or DraftAnswers(card.answers.codes() if card.answers else {})
            kept = await self._writer.sketch(card, draft)
            return replace(obstacle, card=kept)
        assert card.answers is not None
        raised = {rule.number for rule in rules.warnings(card.situation(card.answers))}
        given = card.draft.confirmations if card.draft else {}
        confirmations = {number: reason for number, reason in given.items() if number in raised}
        (revision,) = await self._writer.save([Entry(card, card.answers, confirmations)], origin)
        return Saved(card, revision, following)


def _obstacle(card: Card) -> Refused | ToConfirm | None:
    """Return the first rule that stands in the way of saving the card as it is."""
    assert card.answers is not None
    situation = card.situation(card.answers)
    for rule in rules.errors(situation):
        return Refused(card, rule)
    confirmed = card.draft.confirmations if card.draft else {}
    for rule in rules.warnings(situation):
        if rule.number not in confirmed:
            return ToConfirm(card, rule)
    return None


def _origin(card: Card) -> Origin:
    return Origin.ENTERED if card.event is None else Origin.CORRECTED


def _exit_following(card: Card, draft: DraftAnswers, statut: Statut) -> DraftAnswers:
    """An exit date that came with « Suivi terminé » goes with it when that is corrected."""
    was_terminated = card.event is not None and card.event.answers.statut == Statut.TERMINE
    if statut == Statut.TERMINE:
        return replace(draft, exit_date=None, exit_date_given=False)
    if was_terminated and card.exit_date is not None:
        return replace(draft, exit_date=None, exit_date_given=True)
    return replace(draft, exit_date=None, exit_date_given=False)
