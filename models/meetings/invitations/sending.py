"""Invitations on their way: a message and a calendar file for each participant, at each change, in its transaction.

Whoever is invited has an account from then on, without any role: one outbox serves those who have the chat and those
who have an address only.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.screens import Row, Screen, button
from models.meetings.invitations import service as invitations
from models.meetings.invitations import texts
from models.meetings.invitations.repository import Reached, accounts_of, days_of
from models.meetings.invitations.series import announced
from models.meetings.invitations.texts import News
from models.meetings.messages import INVITATION
from models.meetings.repository import Meeting, Participant
from models.meetings.states import MeetingState
from models.meetings.territories import Territory, territory
from models.notifications.calendars import Calendar
from models.notifications.emails import Email
from models.notifications.repository import Notification, notify_all


def subject_of(meeting: Meeting) -> str:
    """Return the subject under which all that is told of a meeting stands in the outbox."""
    return f"meeting:{meeting.id}"


async def invite_all(
    session: AsyncSession,
    now: datetime,
    meetings: Sequence[Meeting],
    uninvited: Sequence[tuple[Meeting, Participant]] = (),
) -> None:
    """Tell all participants how these meetings stand now, and those no longer invited that they are not.

    To be called in the transaction of the change, with the meetings as they stand after it. Nobody is told the same
    sequence twice; of what is over nothing is told, and who was never invited is not told to stay away; an account
    whose access was withdrawn is not written to.
    """
    uninvited = [(one, guest) for one, guest in uninvited if one.is_live and guest.invited_sequence is not None]
    places = await _places(session, {one.scope for one in (*meetings, *(one for one, _ in uninvited))})
    sendings = [sending for one in meetings for sending in _of_meeting(one, places[one.scope])]
    sendings += [_Sending(one, places[one.scope], participant, News.UNINVITED) for one, participant in uninvited]
    accounts = await accounts_of(session, now, {one.participant.contact.email for one in sendings})
    reached = [one for one in sendings if one.participant.contact.email in accounts]
    together = _together(reached, accounts)
    apart = [one for one in reached if one.whose(accounts) not in together]
    # One file a meeting, the same for everybody; but one that uninvites names only whom it is for.
    files = {one.key: one.file(now) for one in {one.key: one for one in apart}.values()}
    tellings = [one.telling(*accounts[one.participant.contact.email], files[one.key]) for one in apart]
    tellings += await _at_once(session, now, together, places)
    await notify_all(session, now, tellings)
    await _keep(session, now, [one for one in reached if one.news is not News.UNINVITED])


@dataclass(frozen=True)
class _Sending:
    """One participant and what they learn of a meeting."""

    meeting: Meeting
    where: Territory
    participant: Participant
    news: News

    @property
    def key(self) -> tuple[int, int | None]:
        """What the calendar file depends on."""
        return self.meeting.id, self.participant.contact.id if self.news is News.UNINVITED else None

    def whose(self, accounts: Mapping[str, Reached]) -> tuple[int, int] | None:
        """The account and the series, where what is told is the first of a date of a series to who has the chat."""
        account_id, linked = accounts[self.participant.contact.email]
        one = self.meeting
        first = self.news is News.INVITED and one.sequence == 0 and one.replaces_id is None
        return (account_id, one.series_id) if linked and first and one.series_id is not None else None

    def file(self, now: datetime) -> Calendar:
        # Imported here: a worker that sends reminders makes no calendar files, and starts without their library.
        from models.meetings.invitations.calendar_files import calendar_file, withdrawal  # noqa: PLC0415

        if self.news is News.UNINVITED:
            file = withdrawal(self.meeting, self.where, now, [self.participant])
        else:
            file = calendar_file(self.meeting, self.where, now)
        return Calendar(file.name, file.method, file.content.decode())

    def telling(self, account_id: int, linked: bool, file: Calendar) -> Notification:
        text = texts.told(self.news, self.meeting, self.where)
        rows: tuple[Row, ...]
        said = text
        if self.news in {News.CANCELLED, News.UNINVITED}:
            rows = ((button(texts.MY_INVITATIONS, "mt_mine", 0),),)
        else:
            rows = (*answers(self.meeting), (button(texts.SEE, "mt", self.meeting.id),))
            said = f"{text}\n{texts.BY_CALENDAR.format(organiser=self.meeting.organiser)}"
            text = f"{text}\n\n{texts.WILL_YOU_COME}"
        return Notification(
            INVITATION,
            account_id,
            subject_of(self.meeting),
            str(self.meeting.sequence),
            Screen(text, rows),
            letter=Email(texts.subject(self.news, self.meeting, self.where), Screen(said).plain(), whole=not linked),
            calendar=file,
        )


def answers(meeting: Meeting) -> tuple[Row, ...]:
    """Return the buttons by which a participant answers to the date a meeting has now, one a row."""
    return tuple(
        (button(label, "mt_answer", meeting.id, meeting.sequence, answer),) for answer, label in texts.ANSWERS.items()
    )


def _together(
    reached: Sequence[_Sending], accounts: Mapping[str, Reached]
) -> Mapping[tuple[int, int], tuple[Meeting, ...]]:
    """Return the meetings of which an account is told at once, by account and series: two at least."""
    found: dict[tuple[int, int], dict[int, Meeting]] = {}
    for one in reached:
        if whose := one.whose(accounts):
            found.setdefault(whose, {})[one.meeting.id] = one.meeting
    return {whose: tuple(meetings.values()) for whose, meetings in found.items() if len(meetings) > 1}


async def _at_once(
    session: AsyncSession,
    now: datetime,
    together: Mapping[tuple[int, int], tuple[Meeting, ...]],
    places: Mapping[str, Territory],
) -> list[Notification]:
    there = {series_id: places[meetings[0].scope] for (_, series_id), meetings in together.items()}
    days = {series_id: await days_of(session, series_id, where) for series_id, where in there.items()}
    return [
        announced(account_id, meetings, there[series_id], days[series_id], now)
        for (account_id, series_id), meetings in together.items()
    ]


def _of_meeting(meeting: Meeting, there: Territory) -> list[_Sending]:
    if not meeting.is_live and meeting.state is not MeetingState.CANCELLED:
        return []
    return [
        _Sending(meeting, there, one, news)
        for one in meeting.participants
        if one.invited_sequence != meeting.sequence and (news := _news(meeting, one)) is not None
    ]


def _news(meeting: Meeting, participant: Participant) -> News | None:
    known = participant.invited_sequence
    if meeting.state is MeetingState.CANCELLED:
        return None if known is None else News.CANCELLED
    if known is None:
        return News.INVITED
    return News.MOVED if known < meeting.dated_sequence else News.CHANGED


async def _places(session: AsyncSession, scopes: Collection[str]) -> Mapping[str, Territory]:
    found = {scope: await territory(session, scope) for scope in scopes}
    return {scope: there for scope, there in found.items() if there is not None}


async def _keep(session: AsyncSession, now: datetime, sent: Sequence[_Sending]) -> None:
    await invitations.left(session, now, [(one.meeting, one.participant.contact.id) for one in sent])
