"""Approvals, told in a digest at the end of the day: nothing is to be done about them, so nobody is disturbed before.

What is sent back is told at once (`service.py`).
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models import french
from models.campaigns.tables import Campaign
from models.clock import PARIS, local_day
from models.events.tables import Event, EventHistory, EventState, Origin
from models.outbox.repository import tell
from models.outbox.tables import OutboxMessage
from models.screens import Screen, button

KIND = "approved"
FROM, UNTIL = time(18, 0), time(20, 0)
"""When the digest is written, in French time: the day's work is done, and the evening not begun."""

LONGEST = timedelta(days=14)
"""How far back the first digest goes."""


def is_time(now: datetime) -> bool:
    """Whether digests are written at that moment."""
    return FROM <= now.astimezone(PARIS).time() < UNTIL


async def write_digests(session: AsyncSession, now: datetime) -> int:
    """Tell each author how many of their entries others validated since they were last told; return how many are told.

    Written twice on the same day it tells nobody twice.
    """
    told = (
        select(func.max(col(OutboxMessage.written_at)))
        .where(col(OutboxMessage.kind) == KIND, col(OutboxMessage.account_id) == col(Event.changed_by))
        .scalar_subquery()
    )
    query = (
        select(col(Event.changed_by), col(Campaign.date), func.count(col(EventHistory.person_id).distinct()))
        .join(
            EventHistory,
            (col(EventHistory.person_id) == col(Event.person_id))
            & (col(EventHistory.campaign_id) == col(Event.campaign_id)),
        )
        .join(Campaign, col(Campaign.id) == col(Event.campaign_id))
        .where(
            col(EventHistory.origin) == Origin.VALIDATED,
            col(EventHistory.at) > now - LONGEST,
            told.is_(None) | (col(EventHistory.at) > told),
            col(Event.state).in_((EventState.VALIDATED, EventState.SENT_UP)),
            col(Event.changed_by).is_not(None),
            col(EventHistory.account_id) != col(Event.changed_by),
        )
        .group_by(col(Event.changed_by), col(Campaign.date))
        .order_by(col(Event.changed_by), col(Campaign.date))
    )
    today = local_day(now)
    number = 0
    for account_id, day, count in (await session.execute(query)).all():
        assert account_id is not None
        period = today.isoformat()
        number += await tell(session, now, KIND, account_id, f"campaign:{day}", period, _screen(day, count))
    return number


def _screen(day: date, count: int) -> Screen:
    entries = "une de vos saisies" if count == 1 else f"{count} de vos saisies"
    return Screen(
        f"Votre coordination a validé {entries} de la remontée du {french.day(day)}. Il n'y a rien à faire.",
        ((button("Voir la liste", "list", "done", 0),),),
    )
