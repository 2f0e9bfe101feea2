"""A meeting's calendar file sent again to who leads it: for an agenda that lost it, or that never had it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.screens import Screen, bold, button
from models.meetings.invitations.calendar_files import calendar_file
from models.meetings.invitations.sending import subject_of
from models.meetings.invitations.texts import summary, when
from models.meetings.messages import CALENDAR_FILE
from models.meetings.repository import Meeting
from models.meetings.territories import Territory
from models.notifications.calendars import Calendar
from models.notifications.repository import Notification, notify_all

SEE = "Voir la réunion"


async def send_file(session: AsyncSession, actor: Actor, now: datetime, meeting: Meeting, there: Territory) -> None:
    """Have the calendar file of a meeting that the actor leads sent to them; each time it is asked for."""
    assert actor.account_id is not None
    file = calendar_file(meeting, there, now)
    text = f"{bold(summary(meeting, there))}\nLe {when(meeting)}."
    telling = Notification(
        CALENDAR_FILE,
        actor.account_id,
        subject_of(meeting),
        now.isoformat(),
        Screen(text, ((button(SEE, "mt", meeting.id),),)),
        calendar=Calendar(file.name, file.method, file.content.decode()),
    )
    await notify_all(session, now, [telling])
