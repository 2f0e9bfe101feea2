"""« Me le rappeler lundi »: the month's point is spoken of again on the day that was chosen."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.entry.service import Unknown
from models.meetings.messages import POINT_MISSING
from models.meetings.permissions import meeting_permissions
from models.meetings.reminders.month_actions import REMINDED_AT, REMINDED_UNTIL
from models.meetings.reminders.standing import last_points
from models.meetings.reminders.unplanned import Unplanned, put_off_period
from models.meetings.territories import territory
from models.notifications.repository import notify
from models.reference.scopes import Level


async def remind_later(session: AsyncSession, actor: Actor, now: datetime, scope: str, day: date) -> date | None:
    """Have who asks reminded, that day at 9 h there, that the month's point is to be planned; return the day.

    None where the day is past or of another month; raises `Unknown` to who does not lead there.
    """
    there = await territory(session, scope)
    if there is None or not (await meeting_permissions(session, actor)).leads(there) or actor.account_id is None:
        raise Unknown
    today = now.astimezone(there.place.zone).date()
    if day <= today or (day.year, day.month) != (today.year, today.month) or there.departement is None:
        return None
    month = day.replace(day=1)
    last = (await last_points(session, now, [there.departement])).get(there.departement)
    unplanned = Unplanned(there, scope, month, last)
    screen = unplanned.to_leader(day)
    await notify(
        session,
        now,
        POINT_MISSING,
        actor.account_id,
        Level.DEPARTEMENT.scope(there.departement),
        put_off_period(month, day),
        screen,
        letter=unplanned.letter(screen),
        due_at=datetime.combine(day, REMINDED_AT, there.place.zone),
        stale_after=datetime.combine(day, REMINDED_UNTIL, there.place.zone),
        departement=there.departement,
    )
    return day
