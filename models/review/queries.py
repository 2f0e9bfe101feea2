"""All that is read for a review: the entries of the dispositifs that the actor coordinates, and nobody else's.

Beside them what was sent back, as whoever may enter the person reads it, and the approvals nobody was told of yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Integer, String, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_persons
from models.accounts.tables import Account
from models.base.columns import Moment
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.entry.queries import EventReader
from models.events.queries import ACCOUNT, CAMPAIGN_ID, DAY, ENTERED, EXPECTED, answers_of
from models.events.tables import Event, EventHistory, EventState, Origin, Remark
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.review.entry import Approved, AskedQuestion, ListedEntry, Reviewed

_person = table(Person)
_structure = table(Structure)
_dispositif = table(Dispositif)
_campaign = table(Campaign)
_remark = table(Remark)
_account = table(Account)
_message = table(OutboxMessage)
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


def _entries(*which: ColumnElement[bool]) -> Query[Reviewed]:
    """Return the query of those entries, each with the earlier answers, its newest remark and its last change."""
    return Query(
        Reviewed,
        select(
            *(_person.c.id, _person.c.reference, _dispositif.c.reference, _structure.c.name),
            *(_person.c.entry_date, _person.c.exit_date, _coach.c.id, DAY),
            *(*answers_of(_event), _event.c.confirmations, _event.c.state, _event.c.revision),
            *(_event.c.changed_by, _author.c.email),
            *(_its_campaign.c.date, *answers_of(_before)),
            *(_latest.c.field, _latest.c.reason, _latest.c.answer),
            *(_history.c.account_id, _decider.c.email, _history.c.at),
            *(_history.c.origin, _history.c.before, _history.c.after),
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
        .where(of_persons(Permission.EVENT_REVIEW), _event.c.campaign_id == CAMPAIGN_ID, *which)
        .order_by(_person.c.reference),
    )


_of_dispositif = _dispositif.c.reference == _DISPOSITIF

_ONE = _entries(_person.c.id == bindparam("tapped", type_=Integer))
_TO_REVIEW = _entries(_of_dispositif, _event.c.state == EventState.ENTERED)
_DECIDED = _entries(_of_dispositif, _history.c.account_id == ACCOUNT, _history.c.at == bindparam("at", type_=Moment))


class _Expected(NamedTuple):
    coach: str | None
    state: EventState | None
    persons: int


_BY_COACH = Query(
    _Expected,
    select(_coach.c.email, _held.c.state, func.count())
    .select_from(_person)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .outerjoin(_held, and_(_held.c.person_id == _person.c.id, _held.c.campaign_id == CAMPAIGN_ID))
    .outerjoin(_coach, _coach.c.id == _person.c.coach_id)
    .where(of_persons(Permission.EVENT_REVIEW), _of_dispositif, or_(EXPECTED, _held.c.id.is_not(None)))
    .group_by(_coach.c.email, _held.c.state),
)


class _Missing(NamedTuple):
    coach: str | None
    reference: str


_MISSING = Query(
    _Missing,
    select(_coach.c.email, _person.c.reference)
    .select_from(_person)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .outerjoin(_coach, _coach.c.id == _person.c.coach_id)
    .where(of_persons(Permission.EVENT_REVIEW), _of_dispositif, EXPECTED, ~ENTERED)
    .order_by(_person.c.reference),
)


class _Listed(NamedTuple):
    entry: ListedEntry
    matching: int


_IN_STATE = Query(
    _Listed,
    select(_person.c.id, _person.c.reference, _structure.c.name, func.count().over())
    .select_from(_event)
    .join(_person, _person.c.id == _event.c.person_id)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .join(_structure, _structure.c.id == _person.c.structure_id)
    .where(
        of_persons(Permission.EVENT_REVIEW),
        _of_dispositif,
        _event.c.campaign_id == CAMPAIGN_ID,
        _event.c.state.in_(bindparam("states", expanding=True)),
    )
    .order_by(_person.c.reference)
    .limit(bindparam("size", type_=Integer))
    .offset(bindparam("skipped", type_=BigInteger)),
)

_OPEN = Query(
    AskedQuestion,
    select(_remark.c.field, _remark.c.reason, _remark.c.answer)
    .join(_person, _person.c.id == _remark.c.person_id)
    .join(_event, (_event.c.person_id == _person.c.id) & (_event.c.campaign_id == _remark.c.campaign_id))
    .where(
        of_persons(Permission.EVENT_ENTER),
        _person.c.id == bindparam("tapped", type_=Integer),
        _remark.c.campaign_id == CAMPAIGN_ID,
        _event.c.state == EventState.SENT_BACK,
    )
    .order_by(_remark.c.id.desc())
    .limit(1),
)

_told = (
    select(func.max(_message.c.written_at))
    .where(_message.c.kind == bindparam("kind"), _message.c.account_id == _event.c.changed_by)
    .scalar_subquery()
)
_APPROVED = Query(
    Approved,
    select(
        _event.c.changed_by,
        _campaign.c.date,
        func.count(_history.c.person_id.distinct()),
        func.min(_dispositif.c.departement_no),
    )
    .join(_history, (_history.c.person_id == _event.c.person_id) & (_history.c.campaign_id == _event.c.campaign_id))
    .join(_campaign, _campaign.c.id == _event.c.campaign_id)
    .join(_person, _person.c.id == _event.c.person_id)
    .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
    .join(_account, _account.c.id == _event.c.changed_by)
    .where(
        _account.c.revoked_at.is_(None),
        _history.c.origin == Origin.VALIDATED,
        _history.c.at > bindparam("since", type_=Moment),
        _told.is_(None) | (_history.c.at > _told),
        _event.c.state.in_((EventState.VALIDATED, EventState.SENT_UP)),
        _history.c.account_id != _event.c.changed_by,
    )
    .group_by(_event.c.changed_by, _campaign.c.date)
    .order_by(_event.c.changed_by, _campaign.c.date),
)


async def open_question(reader: EventReader, person_id: int) -> AskedQuestion | None:
    """Return what is to be looked at again of a person; none if nothing is, or not for the actor."""
    bounds = {"campaign_id": reader.campaign.id, "tapped": person_id, **reader.actor.scope}
    return await _OPEN.first(reader.session, bounds)


async def approved(session: AsyncSession, kind: str, since: datetime) -> list[Approved]:
    """Return what others validated of each author's since they were last told so, by author and campaign."""
    return await _APPROVED.all(session, {"kind": kind, "since": since})


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
        which = _ONE.locked(_event) if locked else _ONE
        return await which.first(self.session, self._bounds(tapped=person_id))

    async def to_review(self, dispositif: str, *, locked: bool = False) -> list[Reviewed]:
        """Return the entries of a dispositif that wait for a decision, by code."""
        which = _TO_REVIEW.locked(_event) if locked else _TO_REVIEW
        return await which.all(self.session, self._bounds(dispositif=dispositif))

    async def decided(self, dispositif: str, at: datetime) -> list[Reviewed]:
        """Return, locked, the entries whose last change is what the actor did at that moment."""
        return await _DECIDED.locked(_event).all(self.session, self._bounds(dispositif=dispositif, at=at))

    async def counts(self, dispositif: str) -> Counts:
        """Return where the persons of a dispositif stand, by coach."""
        counts: Counts = {}
        for line in await _BY_COACH.all(self.session, self._bounds(dispositif=dispositif)):
            counts.setdefault(line.coach, {})[line.state] = line.persons
        return counts

    async def missing(self, dispositif: str) -> dict[str | None, list[str]]:
        """Return the codes of the persons without an event, by the coach's e-mail address."""
        missing: dict[str | None, list[str]] = {}
        for line in await _MISSING.all(self.session, self._bounds(dispositif=dispositif)):
            missing.setdefault(line.coach, []).append(line.reference)
        return missing

    async def page(
        self, dispositif: str, states: Sequence[EventState], number: int, size: int
    ) -> tuple[list[ListedEntry], int]:
        """Return a page of the entries in those states, from 0, and how many there are in all."""
        values = self._bounds(dispositif=dispositif, states=list(states), size=size, skipped=number * size)
        rows = await _IN_STATE.all(self.session, values)
        return [row.entry for row in rows], rows[0].matching if rows else 0

    def _bounds(self, **more: object) -> dict[str, object]:
        return {"campaign_id": self.campaign.id, "day": self.campaign.date, **self.actor.scope, **more}
