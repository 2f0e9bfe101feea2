"""Who is asked about in a campaign: the clauses shared by the entry and the review, and the columns of the answers.

They are built once, with parameters for the campaign: its number and its date.
"""

from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, Integer, and_, bindparam, exists, func, or_, select

from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.events.form import FIELDS
from models.events.tables import Draft, Event, EventState
from models.persons.tables import Person
from models.reference.nomenclature import Statut

_person = table(Person)
_event = table(Event)
_campaign = table(Campaign)
_draft = table(Draft)

CAMPAIGN_ID = bindparam("campaign_id", type_=Integer)
DAY = bindparam("day", type_=Date)
ACCOUNT = bindparam("actor_account", type_=Integer)


def answers_of(event: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of `Answers`, in their order, of the events or of an alias of them."""
    return tuple(event.c[field] for field in FIELDS)


ENTERED = exists().where(_event.c.person_id == _person.c.id, _event.c.campaign_id == CAMPAIGN_ID)
"""The person has an event in the campaign."""

_last_statut = (
    select(_event.c.statut)
    .join(_campaign, _campaign.c.id == _event.c.campaign_id)
    .where(_event.c.person_id == _person.c.id, _campaign.c.date < DAY)
    .order_by(_campaign.c.date.desc())
    .limit(1)
    .scalar_subquery()
)

EXPECTED = and_(
    or_(_person.c.entry_date.is_(None), _person.c.entry_date <= DAY),
    func.coalesce(_last_statut, "") != Statut.TERMINE,
)
"""The person is asked about: whoever's last event is « Suivi terminé » is not asked again, and whoever came in after
the date is not asked yet."""

_ended = _event.alias("ended")
_its_campaign = _campaign.alias("its_campaign")
_later = _event.alias("later")
_later_campaign = _campaign.alias("later_campaign")

_over = (
    select(_ended.c.person_id)
    .join(_its_campaign, _its_campaign.c.id == _ended.c.campaign_id)
    .where(
        _ended.c.statut == Statut.TERMINE,
        _its_campaign.c.date < DAY,
        ~exists()
        .where(_later.c.person_id == _ended.c.person_id)
        .where(_later.c.campaign_id == _later_campaign.c.id)
        .where(_later_campaign.c.date < DAY, _later_campaign.c.date > _its_campaign.c.date)
        .correlate(_ended, _its_campaign),
    )
)

EXPECTED_OF_ALL = and_(
    or_(_person.c.entry_date.is_(None), _person.c.entry_date <= DAY),
    _person.c.id.not_in(_over),
)
"""The same as `EXPECTED`, for whoever reads everybody at once: those whose support ended are few, and found together
much sooner than the last event of each person."""

ASKED_AGAIN = exists().where(
    _event.c.person_id == _person.c.id,
    _event.c.campaign_id == CAMPAIGN_ID,
    _event.c.state == EventState.SENT_BACK,
)
"""The coordinator asked to look again at an answer about the person."""

STARTED = exists().where(
    _draft.c.person_id == _person.c.id,
    _draft.c.campaign_id == CAMPAIGN_ID,
    _draft.c.account_id == ACCOUNT,
)
"""The actor began an entry of the person and has not saved it."""
