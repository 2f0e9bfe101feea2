"""All that is read of events and drafts. Every read is bounded by what the actor may enter (E12).

The statements are built once, with parameters: what changes from one tap to the next is only their values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, bindparam, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_persons
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Structure
from models.entry.card import Card, DraftAnswers, Recorded
from models.entry.lists import Filter, ListedPerson, PersonPage, Progress
from models.events.queries import ACCOUNT, ASKED_AGAIN, CAMPAIGN_ID, DAY, ENTERED, EXPECTED, STARTED, answers_of
from models.events.rules import PastEvent
from models.events.tables import Draft, Event
from models.persons.tables import Person

_person = table(Person)
_structure = table(Structure)
_event = table(Event)
_campaign = table(Campaign)
_draft = table(Draft)

_TAPPED = bindparam("tapped", type_=Integer)

_due = (
    select(
        _person.c.id,
        _person.c.reference,
        ENTERED.label("entered"),
        STARTED.label("started"),
    )
    .where(of_persons(Permission.EVENT_ENTER), or_(EXPECTED, ENTERED))
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


class _CardLine(NamedTuple):
    """One event of a person, with what is the same for all of them: the person, the caseload, the draft.

    `day` is none without an event, and for one of a later campaign.
    """

    person_id: int
    reference: str
    structure: str
    entry_date: date | None
    exit_date: date | None
    place: int
    total: int
    done: int
    day: date | None
    event: Recorded | None
    draft: DraftAnswers | None


def _cards(which: ColumnElement[bool]) -> Query[_CardLine]:
    """Return the query of those persons' cards: a row for each of their events, newest first."""
    return Query(
        _CardLine,
        select(
            *(_person.c.id, _person.c.reference, _structure.c.name, _person.c.entry_date, _person.c.exit_date),
            *(_place, _total, _done, _campaign.c.date),
            *(*answers_of(_event), _event.c.confirmations, _event.c.state, _event.c.revision),
            *(_draft.c.answers, _draft.c.confirmations, _draft.c.exit_date, _draft.c.exit_date_given),
            _draft.c.revision,
        )
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
        .where(of_persons(Permission.EVENT_ENTER), which)
        .order_by(_person.c.reference, _campaign.c.date.desc()),
    )


_ONE = _cards(_person.c.id == _TAPPED)
_FIRST = _cards(_person.c.id == _first_to_do)
_BEGUN_LAST = _cards(_person.c.id == _begun_last)
_ONE_AND_NEXT = _cards(or_(_person.c.id == _TAPPED, _person.c.id == _after_tapped))
_SOME = _cards(_person.c.id.in_(bindparam("persons", expanding=True)))
_TO_DO = _cards(_person.c.id.in_(select(_due.c.id).where(~_due.c.entered)))


def _card(lines: Sequence[_CardLine], day: date) -> Card:
    first = lines[0]
    return Card(
        first.person_id,
        first.reference,
        first.structure,
        first.entry_date,
        first.exit_date,
        first.place,
        first.total,
        first.done,
        day,
        tuple(
            PastEvent(line.day, line.event.answers)
            for line in lines
            if line.event is not None and line.day is not None and line.day != day
        ),
        next((line.event for line in lines if line.day == day), None),
        first.draft,
    )


class _Number(NamedTuple):
    person_id: int


_ENDING = Query(
    _Number,
    select(_person.c.id)
    .where(of_persons(Permission.EVENT_ENTER), func.upper(_person.c.reference).like(bindparam("pattern")))
    .order_by(_person.c.reference)
    .limit(2),
)

_sent_back = select(_person.c.id).where(of_persons(Permission.EVENT_ENTER), _person.c.coach_id == ACCOUNT, ASKED_AGAIN)
"""Those of the persons whom the actor follows of whom an answer is to be looked at again."""

_FIRST_SENT_BACK = Query(_Number, _sent_back.order_by(_person.c.reference).limit(1))

_PROGRESS = Query(
    Progress,
    select(_total, _done, select(func.count()).select_from(_sent_back.subquery()).scalar_subquery()),
)


class _Listed(NamedTuple):
    person: ListedPerson
    matching: int


_PAGES = {
    which: Query(
        _Listed,
        select(
            *(_person.c.id, _person.c.reference, _structure.c.name, ENTERED, STARTED, EXPECTED, ASKED_AGAIN),
            func.count().over(),
        )
        .select_from(_person)
        .join(_structure, _structure.c.id == _person.c.structure_id)
        .where(of_persons(Permission.EVENT_ENTER), clause)
        .order_by(_person.c.reference)
        .limit(bindparam("size", type_=Integer))
        .offset(bindparam("skipped", type_=BigInteger)),
    )
    for which, clause in (
        (Filter.TO_DO, and_(EXPECTED, ~ENTERED)),
        (Filter.DONE, ENTERED),
        (Filter.ALL, true()),
    )
}


@dataclass(frozen=True)
class EventReader:
    """What an actor may read in a campaign."""

    session: AsyncSession
    actor: Actor
    campaign: Campaign

    async def card(self, person_id: int) -> Card | None:
        """Return a person's card; none if the person does not exist for the actor."""
        return (await self._cards(_ONE, tapped=person_id)).get(person_id)

    async def cards(self, person_ids: Sequence[int]) -> dict[int, Card]:
        """Return the cards of those persons, by number, as far as they exist for the actor."""
        return await self._cards(_SOME, persons=list(person_ids))

    async def card_and_next(self, person_id: int) -> tuple[Card | None, Card | None]:
        """Return a person's card and that of the next one to enter after them, in one query."""
        cards = await self._cards(_ONE_AND_NEXT, tapped=person_id)
        tapped = cards.pop(person_id, None)
        return tapped, next(iter(cards.values()), None)

    async def first_to_do(self) -> Card | None:
        """Return the card to begin with: an entry left half-way, else the first person not entered."""
        return next(iter((await self._cards(_FIRST)).values()), None)

    async def last_begun(self) -> Card | None:
        """Return the card of the entry or correction begun last and not saved; none if there is none."""
        return next(iter((await self._cards(_BEGUN_LAST)).values()), None)

    async def to_do(self) -> list[Card]:
        """Return the cards of everybody still to enter, by code."""
        return list((await self._cards(_TO_DO)).values())

    async def progress(self) -> Progress:
        """Return how many persons are asked about, how many are entered, how many were sent back to the actor."""
        return await _PROGRESS.one(self.session, self._bounds())

    async def first_sent_back(self) -> int | None:
        """Return the first person of whom the actor is to look at an answer again."""
        found = await _FIRST_SENT_BACK.first(self.session, self._bounds())
        return found.person_id if found else None

    async def ending(self, end: str) -> list[int]:
        """Return the persons whose code ends so, in capitals: two at most, to tell that one does not suffice."""
        return [row.person_id for row in await _ENDING.all(self.session, self._bounds(pattern=f"%{end}"))]

    async def page(self, which: Filter, number: int, size: int) -> PersonPage:
        """Return the page of that number, from 0."""
        rows = await _PAGES[which].all(self.session, self._bounds(size=size, skipped=number * size))
        return PersonPage(tuple(row.person for row in rows), rows[0].matching if rows else 0)

    async def _cards(self, which: Query[_CardLine], **more: object) -> dict[int, Card]:
        """Fold the rows, one an event, into one card a person, in the order of the query."""
        lines: dict[int, list[_CardLine]] = {}
        for line in await which.all(self.session, self._bounds(**more)):
            lines.setdefault(line.person_id, []).append(line)
        return {person_id: _card(of_person, self.campaign.date) for person_id, of_person in lines.items()}

    def _bounds(self, **more: object) -> dict[str, object]:
        return {"campaign_id": self.campaign.id, "day": self.campaign.date, **self.actor.scope, **more}
