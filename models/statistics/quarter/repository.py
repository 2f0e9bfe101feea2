"""A job coach's own caseload at a campaign: what was entered, and what had been before."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_persons
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.events.form import QUESTIONS, Answers
from models.events.queries import ACCOUNT, CAMPAIGN_ID, DAY, ENTERED, EXPECTED
from models.events.tables import Event, EventState
from models.persons.tables import Person

_person = table(Person)
_campaign = table(Campaign)
_event = table(Event)
_now, _before = _event.alias("now"), _event.alias("before")

_previous = (
    select(_event.c.id)
    .join(_campaign, _campaign.c.id == _event.c.campaign_id)
    .where(_event.c.person_id == _person.c.id, _campaign.c.date < DAY)
    .order_by(_campaign.c.date.desc())
    .limit(1)
    .correlate(_person)
    .scalar_subquery()
)
_LAST = select(func.max(_campaign.c.date)).where(_campaign.c.date < DAY).scalar_subquery()
_of_before = _campaign.alias("of_before")


class Followed(NamedTuple):
    """A person of the caseload; `since`: the campaign compared with, where it is not the one before.

    `first`: there is no campaign before this one.
    """

    reference: str
    state: EventState | None
    since: date | None
    first: bool
    now: Answers | None
    before: Answers | None


_CASELOAD = Query(
    Followed,
    select(
        _person.c.reference,
        _now.c.state,
        case((_of_before.c.date < _LAST, _of_before.c.date)),
        _LAST.is_(None),
        *(_now.c[question.field] for question in QUESTIONS),
        *(_before.c[question.field] for question in QUESTIONS),
    )
    .select_from(_person)
    .outerjoin(_now, and_(_now.c.person_id == _person.c.id, _now.c.campaign_id == CAMPAIGN_ID))
    .outerjoin(_before, _before.c.id == _previous)
    .outerjoin(_of_before, _of_before.c.id == _before.c.campaign_id)
    # A coordinator reads of everybody in the dispositif elsewhere: here of those they follow themselves.
    .where(of_persons(Permission.EVENT_ENTER), _person.c.coach_id == ACCOUNT, or_(EXPECTED, ENTERED))
    .order_by(_person.c.reference),
)


async def caseload(session: AsyncSession, actor: Actor, campaign: Campaign) -> list[Followed]:
    """Return the persons of the actor's caseload who are asked about or entered, by their references."""
    return await _CASELOAD.all(session, {"campaign_id": campaign.id, "day": campaign.date, **actor.scope})
