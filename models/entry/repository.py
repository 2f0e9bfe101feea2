"""All that is read of events and drafts. Every read is bounded by what the actor may enter (E12).

The statements are built once, with parameters: what changes from one tap to the next is only their values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import ENTERABLE, Actor
from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Structure
from models.entry.card import Card, DraftAnswers, Recorded
from models.entry.lists import PAGES, Filter, ListedPerson, PersonPage
from models.events.form import QUESTIONS, Answers
from models.events.queries import ACCOUNT, ASKED_AGAIN, CAMPAIGN_ID, DAY, ENTERED, EXPECTED, STARTED
from models.events.rules import PastEvent
from models.events.tables import Draft, Event
from models.persons.tables import Person

_person = table(Person)
_structure = table(Structure)
_event = table(Event)
_campaign = table(Campaign)
_draft = table(Draft)

_ANSWERS = tuple(_event.c[question.field] for question in QUESTIONS)

_TAPPED = bindparam("tapped", type_=Integer)

_due = (
    select(
        _person.c.id,
        _person.c.reference,
        ENTERED.label("entered"),
        STARTED.label("started"),
    )
    .where(ENTERABLE, or_(EXPECTED, ENTERED))
    .cte("due")
)
"""The caseload: the persons asked about in the campaign, and those entered all the same."""

_total = select(func.count()).select_from(_due).scalar_subquery()
_done = select(func.count()).select_from(_due).where(_due.c.entered).scalar_subquery()
_place = (
    select(func.count())
    .select_from(_due)
    .where(_due.c.reference <= _person.c.reference)
    .correlate(_person)
    .scalar_subquery()
)
_tapped_reference = select(_person.c.reference).where(_person.c.id == _TAPPED).scalar_subquery()
_after_tapped = (
    select(_due.c.id)
    .where(~_due.c.entered, _due.c.id != _TAPPED)
    .order_by((_due.c.reference > _tapped_reference).desc(), _due.c.reference)
    .limit(1)
    .scalar_subquery()
)
_first_to_do = (
    select(_due.c.id)
    .where(~_due.c.entered)
    .order_by(_due.c.started.desc(), _due.c.reference)
    .limit(1)
    .scalar_subquery()
)
_begun_last = (
    select(_draft.c.person_id)
    .where(_draft.c.campaign_id == CAMPAIGN_ID, _draft.c.account_id == ACCOUNT)
    .order_by(_draft.c.changed_at.desc(), _draft.c.id.desc())
    .limit(1)
    .scalar_subquery()
)


# The columns of a card, in the order in which `Card` and its parts take them.
_OF_PERSON = (
    _person.c.id,
    _person.c.reference,
    _structure.c.name,
    _person.c.entry_date,
    _person.c.exit_date,
)
_OF_CASELOAD = (_place.label("place"), _total.label("total"), _done.label("done"))
_OF_EVENT = (_event.c.confirmations, _event.c.state, _event.c.revision)
_OF_DRAFT = (
    _draft.c.answers.label("draft_answers"),
    _draft.c.confirmations.label("draft_confirmations"),
    _draft.c.exit_date.label("draft_exit_date"),
    _draft.c.exit_date_given,
    _draft.c.revision.label("draft_revision"),
)


def _cards(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the query of those persons' cards: a row for each of their events, newest first."""
    return (
        select(*_OF_PERSON, *_OF_CASELOAD, _campaign.c.date, *_ANSWERS, *_OF_EVENT, *_OF_DRAFT)
        .select_from(_person)
        .join(_structure, _structure.c.id == _person.c.structure_id)
        .outerjoin(_event, _event.c.person_id == _person.c.id)
        .outerjoin(_campaign, and_(_campaign.c.id == _event.c.campaign_id, _campaign.c.date <= DAY))
        .outerjoin(
            _draft,
            and_(
                _draft.c.person_id == _person.c.id,
                _draft.c.campaign_id == CAMPAIGN_ID,
                _draft.c.account_id == ACCOUNT,
            ),
        )
        .where(ENTERABLE, which)
        .order_by(_person.c.reference, _campaign.c.date.desc())
    )


_ONE = _cards(_person.c.id == _TAPPED)
_FIRST = _cards(_person.c.id == _first_to_do)
_BEGUN_LAST = _cards(_person.c.id == _begun_last)
_ONE_AND_NEXT = _cards(or_(_person.c.id == _TAPPED, _person.c.id == _after_tapped))
_SOME = _cards(_person.c.id.in_(bindparam("persons", expanding=True)))
_TO_DO = _cards(_person.c.id.in_(select(_due.c.id).where(~_due.c.entered)))

_PERSON, _CASELOAD, _DATE, _SIX, _EVENT, _DRAFT = (
    slice(0, 5),
    slice(5, 8),
    8,
    slice(9, 15),
    slice(15, 18),
    slice(18, 23),
)


def _read(rows: Sequence[Row[*tuple[Any, ...]]], day: date) -> dict[int, Card]:
    """Fold the rows, one an event, into one card a person, in the order of the query."""
    events: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        events.setdefault(row[0], []).append(row)
    return {person_id: _card(of_person, day) for person_id, of_person in events.items()}


def _card(rows: Sequence[Row[*tuple[Any, ...]]], day: date) -> Card:
    past: list[PastEvent] = []
    event: Recorded | None = None
    for row in rows:
        if row[_DATE] == day:
            event = Recorded(Answers(*row[_SIX]), *row[_EVENT])
        elif row[_DATE] is not None:  # none: no event yet, or one of a later campaign
            past.append(PastEvent(row[_DATE], Answers(*row[_SIX])))
    first = rows[0]
    draft = None if first.draft_revision is None else DraftAnswers(*first[_DRAFT])
    place, total, done = first[_CASELOAD]
    person_id, reference, structure, entry_date, exit_date = first[_PERSON]
    return Card(
        person_id,
        reference,
        structure,
        entry_date,
        exit_date,
        place,
        total,
        done,
        day,
        tuple(past),
        event,
        draft,
    )


_ENDING = (
    select(_person.c.id)
    .where(ENTERABLE, func.upper(_person.c.reference).like(bindparam("pattern")))
    .order_by(_person.c.reference)
    .limit(2)
)

_sent_back = select(_person.c.id).where(ENTERABLE, _person.c.coach_id == ACCOUNT, ASKED_AGAIN)
"""Those of the persons whom the actor follows of whom an answer is to be looked at again."""

_FIRST_SENT_BACK = _sent_back.order_by(_person.c.reference).limit(1)

_PROGRESS = select(_total, _done, select(func.count()).select_from(_sent_back.subquery()).scalar_subquery())


@dataclass(frozen=True)
class EventReader:
    """What an actor may read in a campaign."""

    session: AsyncSession
    actor: Actor
    campaign: Campaign

    async def card(self, person_id: int) -> Card | None:
        """Return a person's card; none if the person does not exist for the actor."""
        return _read(await self._rows(_ONE, tapped=person_id), self.campaign.date).get(person_id)

    async def cards(self, person_ids: Sequence[int]) -> dict[int, Card]:
        """Return the cards of those persons, by number, as far as they exist for the actor."""
        return _read(await self._rows(_SOME, persons=list(person_ids)), self.campaign.date)

    async def card_and_next(self, person_id: int) -> tuple[Card | None, Card | None]:
        """Return a person's card and that of the next one to enter after them, in one query."""
        cards = _read(await self._rows(_ONE_AND_NEXT, tapped=person_id), self.campaign.date)
        tapped = cards.pop(person_id, None)
        return tapped, next(iter(cards.values()), None)

    async def first_to_do(self) -> Card | None:
        """Return the card to begin with: an entry left half-way, else the first person not entered."""
        return next(iter(_read(await self._rows(_FIRST), self.campaign.date).values()), None)

    async def last_begun(self) -> Card | None:
        """Return the card of the entry or correction begun last and not saved; none if there is none."""
        return next(iter(_read(await self._rows(_BEGUN_LAST), self.campaign.date).values()), None)

    async def to_do(self) -> list[Card]:
        """Return the cards of everybody still to enter, by code."""
        return list(_read(await self._rows(_TO_DO), self.campaign.date).values())

    async def progress(self) -> tuple[int, int, int]:
        """Return how many persons are asked about, how many are entered, how many were sent back to the actor."""
        (progress,) = await self._rows(_PROGRESS)
        return progress[0], progress[1], progress[2]

    async def first_sent_back(self) -> int | None:
        """Return the first person of whom the actor is to look at an answer again."""
        found = await self._rows(_FIRST_SENT_BACK)
        return found[0][0] if found else None

    async def ending(self, end: str) -> list[int]:
        """Return the persons whose code ends so, in capitals: two at most, to tell that one does not suffice."""
        return [row[0] for row in await self._rows(_ENDING, pattern=f"%{end}")]

    async def page(self, which: Filter, number: int, size: int) -> PersonPage:
        """Return the page of that number, from 0."""
        rows = await self._rows(PAGES[which], size=size, skipped=number * size)
        return PersonPage(tuple(ListedPerson(*row[:7]) for row in rows), rows[0].matching if rows else 0)

    async def _rows(self, statement: Select[*tuple[Any, ...]], **more: object) -> Sequence[Row[*tuple[Any, ...]]]:
        bounds = {"campaign_id": self.campaign.id, "day": self.campaign.date, **self.actor.scope, **more}
        return (await self.session.execute(statement, bounds)).all()
