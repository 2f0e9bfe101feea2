"""A meeting's calendar file sent again to who leads it: for an agenda that lost it, or that never had it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.meetings.calendar_files import calendar_file
from models.meetings.repository import Meeting
from models.meetings.sending import subject_of
from models.meetings.sending_texts import summary, when
from models.outbox.calendars import Calendar
from models.outbox.repository import Telling, tell_all
from models.platforms.where import Where
from models.screens import Screen, bold, button

KIND = "meeting_file"
SEE = "Voir la réunion"


async def send_file(session: AsyncSession, asker: Asker, now: datetime, meeting: Meeting, there: Where) -> None:
    """Have the calendar file of a meeting that the asker leads sent to them; each time it is asked for."""
    assert asker.account_id is not None
    file = calendar_file(meeting, there, now)
    text = f"{bold(summary(meeting, there))}\nLe {when(meeting)}."
    telling = Telling(
        KIND,
        asker.account_id,
        subject_of(meeting),
        now.isoformat(),
        Screen(text, ((button(SEE, "mt", meeting.id),),)),
        calendar=Calendar(file.name, file.method, file.content.decode()),
    )
    await tell_all(session, now, [telling])
