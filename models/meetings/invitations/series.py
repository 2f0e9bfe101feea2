"""A series announced at once: one message with all its dates, for who has the chat.

Twelve invitations at once are too many there. Whoever has an address only gets an e-mail a date: a calendar answers to
nothing else. Each later change of a date is a message of that meeting, and takes the place of what stands here.
"""

from collections.abc import Sequence
from datetime import datetime

from models.base.channels import LEAST
from models.base.screens import Row, Screen, button
from models.meetings.invitations import texts
from models.meetings.invitations.repository import subject_of_series
from models.meetings.messages import INVITATION
from models.meetings.planning.series import Occurrence
from models.meetings.repository import Meeting
from models.meetings.territories import Territory
from models.notifications.calendars import Calendar
from models.notifications.emails import Email
from models.notifications.repository import Notification

_AT_FIRST = "0"
"""The period of what announces a series: the sequence its dates had then, whatever became of their place since."""


def announced(
    account_id: int, meetings: Sequence[Meeting], there: Territory, days: Sequence[Occurrence], now: datetime
) -> Notification:
    """Return what tells an account of meetings of one series whose date is as it was planned; at least one."""
    # Imported here: a worker that sends reminders makes no calendar files, and starts without their library.
    from models.meetings.invitations.calendar_files import series_file  # noqa: PLC0415

    first = meetings[0]
    assert first.series_id is not None
    file = series_file(meetings, there, now)
    told = texts.series(meetings, there, days)
    whole = texts.series_whole(told)
    text = whole if Screen(whole).length <= LEAST.caption else texts.series_short(told)
    return Notification(
        INVITATION,
        account_id,
        subject_of_series(first.series_id),
        _AT_FIRST,
        Screen(text, answers_to_all(first.series_id)),
        letter=Email(texts.series_subject(meetings, there), Screen(texts.series_letter(told, first)).plain()),
        calendar=Calendar(file.name, file.method, file.content.decode()),
    )


def answers_to_all(series_id: int) -> tuple[Row, ...]:
    """Return the buttons by which somebody invited answers to all dates of a series, or to one after the other."""
    return (
        *((button(label, "sr_all", series_id, answer),) for answer, label in texts.ANSWERS_TO_ALL.items()),
        (button(texts.ONE_BY_ONE, "sr", series_id),),
    )
