"""« Me le rappeler lundi »: the month's point is spoken of again on the day that was chosen."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.events.service import Unknown
from models.meetings.month_ways import REMINDED_AT, REMINDED_UNTIL
from models.meetings.standing import last_points
from models.meetings.unplanned import Notice, Unplanned, put_off_period
from models.outbox.repository import tell
from models.platforms.reach import reach
from models.platforms.where import where
from models.scopes import Level


async def remind_later(session: AsyncSession, asker: Asker, now: datetime, scope: str, day: date) -> date | None:
    """Have who asks reminded, that day at 9 h there, that the month's point is to be planned; return the day.

    None where the day is past or of another month; raises `Unknown` to who does not lead there.
    """
    there = await where(session, scope)
    if there is None or not (await reach(session, asker)).leads(there) or asker.account_id is None:
        raise Unknown
    today = now.astimezone(there.place.zone).date()
    if day <= today or (day.year, day.month) != (today.year, today.month) or there.departement is None:
        return None
    month = day.replace(day=1)
    last = (await last_points(session, now, [there.departement])).get(there.departement)
    unplanned = Unplanned(there, scope, month, last)
    screen = unplanned.to_leader(day)
    await tell(
        session,
        now,
        Notice.UNPLANNED,
        asker.account_id,
        Level.DEPARTEMENT.scope(there.departement),
        put_off_period(month, day),
        screen,
        letter=unplanned.letter(screen),
        due_at=datetime.combine(day, REMINDED_AT, there.place.zone),
        stale_after=datetime.combine(day, REMINDED_UNTIL, there.place.zone),
        departement=there.departement,
    )
    return day
