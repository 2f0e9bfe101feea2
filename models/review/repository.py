"""All that is read for a review: the entries of the dispositifs that the actor coordinates, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Row, Select, String, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COORDINATED, Actor
from models.accounts.tables import Account
from models.base.columns import Moment
from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.form import QUESTIONS, Answers
from models.events.queries import ACCOUNT, CAMPAIGN_ID, DAY, ENTERED, EXPECTED
from models.events.rules import PastEvent
from models.events.tables import Event, EventHistory, EventState, Remark
from models.persons.tables import Person
from models.review.entry import AskedQuestion, Decision, ListedEntry, Reviewed

_person = table(Person)
_structure = table(Structure)
_dispositif = table(Dispositif)
_campaign = table(Campaign)
_remark = table(Remark)
_account = table(Account)
_event = table(Event)
_history = table(EventHistory)
_author = _account.alias("author")
_decider = _account.alias("decider")
_coach = _account.alias("coach")
_earlier = _event.alias("earlier")
_held = _event.alias("held")
_its_campaign = _campaign.alias("its_campaign")

_DISPOSITIF = bindparam("dispositif", type_=String)

_earlier_one = (
    select(_earlier.c.id)
    .join(_campaign, _campaign.c.id == _earlier.c.campaign_id)
    .where(_earlier.c.person_id == _person.c.id, _campaign.c.date < DAY)
    .order_by(_campaign.c.date.desc())
    .limit(1)
    .correlate(_person)
    .scalar_subquery()
)
_before = _event.alias("before")
_newest_remark = (
    select(func.max(_remark.c.id))
    .where(_remark.c.person_id == _person.c.id, _remark.c.campaign_id == CAMPAIGN_ID)
    .correlate(_person)
    .scalar_subquery()
)
_latest = _remark.alias("latest")


def _six(table: Any) -> tuple[ColumnElement[Any], ...]:
    return tuple(table.c[question.field] for question in QUESTIONS)


_OF_PERSON = (
    _person.c.id,
    _person.c.reference,
    _dispositif.c.reference.label("dispositif"),
    _structure.c.name,
    _person.c.entry_date,
    _person.c.exit_date,
    _coach.c.id.label("coach_id"),
)
_OF_EVENT = (
    _event.c.confirmations,
    _event.c.state,
    _event.c.revision,
    _event.c.changed_by,
    _author.c.email.label("author_email"),
)
_OF_REMARK = (_latest.c.field, _latest.c.reason, _latest.c.answer)
_OF_DECISION = (
    _history.c.account_id,
    _decider.c.email.label("decider_email"),
    _history.c.at,
    _history.c.origin,
    _history.c.before,
    _history.c.after,
)
_PERSON, _SIX, _EVENT, _DATE, _PAST, _REMARK, _DECISION = (
    slice(0, 7),
    slice(7, 13),
    slice(13, 18),
    18,
    slice(19, 25),
    slice(25, 28),
    slice(28, 34),
)


def _entries(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the query of those entries, each with the earlier answers, its newest remark and its last change."""
    return (
        select(
            *_OF_PERSON,
            *_six(_event),
            *_OF_EVENT,
            _its_campaign.c.date,
            *_six(_before),
            *_OF_REMARK,
            *_OF_DECISION,
        )
        .select_from(_event)
        .join(_person, _person.c.id == _event.c.person_id)
        .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
        .join(_structure, _structure.c.id == _person.c.structure_id)
        .outerjoin(_coach, and_(_coach.c.id == _person.c.coach_id, _coach.c.revoked_at.is_(None)))
        .outerjoin(_author, _author.c.id == _event.c.changed_by)
        .outerjoin(_before, _before.c.id == _earlier_one)
        .outerjoin(_its_campaign, _its_campaign.c.id == _before.c.campaign_id)
        .outerjoin(_latest, _latest.c.id == _newest_remark)
        .outerjoin(_history, _history.c.revision == _event.c.revision)
        .outerjoin(_decider, _decider.c.id == _history.c.account_id)
        .where(COORDINATED, _event.c.campaign_id == CAMPAIGN_ID, *which)
        .order_by(_person.c.reference)
    )


_of_dispositif = _dispositif.c.reference == _DISPOSITIF

_ONE = _entries(_person.c.id == bindparam("tapped", type_=Integer))
_TO_REVIEW = _entries(_of_dispositif, _event.c.state == EventState.ENTERED)
_DECIDED = _entries(_of_dispositif, _history.c.account_id == ACCOUNT, _history.c.at == bindparam("at", type_=Moment))
_LOCKED = {
    statement: statement.with_for_update(of=_event)  # on SQLite a transaction is alone from its beginning
    for statement in (_ONE, _TO_REVIEW, _DECIDED)
}

_expected = (
    select(_coach.c.email, _held.c.state, func.count().label("persons"))
    .select_from(_person)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .outerjoin(_held, and_(_held.c.person_id == _person.c.id, _held.c.campaign_id == CAMPAIGN_ID))
    .outerjoin(_coach, _coach.c.id == _person.c.coach_id)
    .where(COORDINATED, _of_dispositif, or_(EXPECTED, _held.c.id.is_not(None)))
)
_BY_COACH = _expected.group_by(_coach.c.email, _held.c.state)

_MISSING = (
    select(_coach.c.email, _person.c.reference)
    .select_from(_person)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .outerjoin(_coach, _coach.c.id == _person.c.coach_id)
    .where(COORDINATED, _of_dispositif, EXPECTED, ~ENTERED)
    .order_by(_person.c.reference)
)

_IN_STATE = (
    select(_person.c.id, _person.c.reference, _structure.c.name, func.count().over().label("matching"))
    .select_from(_event)
    .join(_person, _person.c.id == _event.c.person_id)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .join(_structure, _structure.c.id == _person.c.structure_id)
    .where(
        COORDINATED,
        _of_dispositif,
        _event.c.campaign_id == CAMPAIGN_ID,
        _event.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(_person.c.reference)
    .limit(bindparam("size", type_=Integer))
    .offset(bindparam("skipped", type_=BigInteger))
)

Counts = dict[str | None, dict[EventState | None, int]]
"""By the coach's e-mail address, none for nobody: how many persons by where their event stands, none without one."""


@dataclass(frozen=True)
class ReviewReader:
    """What an actor may review in a campaign. With `locked`, what is read cannot change before the commit."""

    session: AsyncSession
    actor: Actor
    campaign: Campaign

    async def entry(self, person_id: int, *, locked: bool = False) -> Reviewed | None:
        """Return the entry of a person; none if it does not exist for the actor."""
        found = await self._entries(_ONE, locked, tapped=person_id)
        return found[0] if found else None

    async def to_review(self, dispositif: str, *, locked: bool = False) -> list[Reviewed]:
        """Return the entries of a dispositif that wait for a decision, by code."""
        return await self._entries(_TO_REVIEW, locked, dispositif=dispositif)

    async def decided(self, dispositif: str, at: datetime) -> list[Reviewed]:
        """Return, locked, the entries whose last change is what the actor did at that moment."""
        return await self._entries(_DECIDED, True, dispositif=dispositif, at=at)

    async def counts(self, dispositif: str) -> Counts:
        """Return where the persons of a dispositif stand, by coach."""
        counts: Counts = {}
        for email, state, persons in await self._rows(_BY_COACH, dispositif=dispositif):
            counts.setdefault(email, {})[state] = persons
        return counts

    async def missing(self, dispositif: str) -> dict[str | None, list[str]]:
        """Return the codes of the persons without an event, by the coach's e-mail address."""
        missing: dict[str | None, list[str]] = {}
        for email, reference in await self._rows(_MISSING, dispositif=dispositif):
            missing.setdefault(email, []).append(reference)
        return missing

    async def page(
        self, dispositif: str, states: Sequence[EventState], number: int, size: int
    ) -> tuple[list[ListedEntry], int]:
        """Return a page of the entries in those states, from 0, and how many there are in all."""
        rows = await self._rows(_IN_STATE, dispositif=dispositif, states=list(states), size=size, skipped=number * size)
        return [ListedEntry(*row[:3]) for row in rows], rows[0].matching if rows else 0

    async def _entries(self, statement: Select[*tuple[Any, ...]], locked: bool, **more: object) -> list[Reviewed]:
        rows = await self._rows(_LOCKED[statement] if locked else statement, **more)
        return [self._reviewed(row) for row in rows]

    def _reviewed(self, row: Row[*tuple[Any, ...]]) -> Reviewed:
        person_id, reference, dispositif, structure, entry_date, exit_date, coach_id = row[_PERSON]
        confirmations, state, revision, author_id, author_email = row[_EVENT]
        return Reviewed(
            person_id,
            reference,
            dispositif,
            structure,
            entry_date,
            exit_date,
            coach_id,
            self.campaign.date,
            Answers(*row[_SIX]),
            confirmations,
            state,
            revision,
            author_id,
            author_email,
            None if row[_DATE] is None else PastEvent(row[_DATE], Answers(*row[_PAST])),
            None if row.field is None else AskedQuestion(*row[_REMARK]),
            None if row.at is None else Decision(*row[_DECISION]),
        )

    async def _rows(self, statement: Select[*tuple[Any, ...]], **more: object) -> Sequence[Row[*tuple[Any, ...]]]:
        bounds = {"campaign_id": self.campaign.id, "day": self.campaign.date, **self.actor.scope, **more}
        return (await self.session.execute(statement, bounds)).all()
