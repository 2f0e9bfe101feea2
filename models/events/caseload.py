"""Who is asked about in a campaign: the clauses shared by the entry and the review.

They are built once, with parameters for the campaign: its number and its date.
"""

from sqlalchemy import Date, Integer, and_, bindparam, exists, func, or_, select

from models.events.tables import EventState
from models.nomenclature import Statut
from models.tables import metadata

_person = metadata.tables["person"]
_event = metadata.tables["event"]
_campaign = metadata.tables["campaign"]
_draft = metadata.tables["draft"]

CAMPAIGN_ID = bindparam("campaign_id", type_=Integer)
DAY = bindparam("day", type_=Date)
ACCOUNT = bindparam("asker_account", type_=Integer)

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
"""The asker began an entry of the person and has not saved it."""
