"""What the reminders of meetings are decided from, for the whole country: a fixed number of queries.

This is the view of whoever sends (as `models.reminders.snapshot`): bounded by nobody's rights. What is told of it to
somebody is what their roles, or an invitation, cover.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE
from models.accounts.tables import Role
from models.base.clock import local_day
from models.meetings import queries, repository
from models.meetings.invitations.sending import subject_of
from models.meetings.kinds import MeetingKind
from models.meetings.messages import (
    MEETING_OVER,
    MEETING_SOON,
    MEETING_TO_COME,
    POINT_MISSING,
    MeetingReminder,
)
from models.meetings.permissions import meeting_permissions
from models.meetings.reminders import repository as stored
from models.meetings.reminders.repository import PacksAsked
from models.meetings.reminders.unplanned import month_of
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory, platforms
from models.reference.scopes import Level, Scope
from models.reference.working_days import place_of
from models.reminders.queries import read_recipients
from models.reminders.recipients import Recipient, Recipients

AHEAD = timedelta(days=14)
"""A reminder a week before is moved to a working day before: Christmas and the Easter days do not make more of it."""

SOON = timedelta(hours=2)
FOLLOWED_FOR = timedelta(days=32)
"""How long it is asked whether a meeting was held, and for its report."""

_TOLD_FOR = timedelta(days=75)
"""Longer than anything is told about the same meeting or month."""

Told = frozenset[tuple[str, int, str, str]]
"""Kind, account, subject and period of what is told already."""

Telling = tuple[str, str, str]
"""Kind, subject and period of a message."""


@dataclass(frozen=True)
class MeetingsSnapshot:
    """Where the meetings stand.

    `dispositifs`: the active ones of each département that has any. `months`: the points of this month and those around
    it, by département. `last`: the last one that took place there. `meetings`: those to begin soon, those that are over
    and not reported.
    """

    dispositifs: Mapping[str, Sequence[str]]
    months: Mapping[str, Sequence[Meeting]]
    last: Mapping[str, Meeting]
    meetings: Sequence[Meeting]
    recipients: Mapping[int, Recipient]
    told: Told

    def leaders(self, meeting: Meeting) -> list[Recipient]:
        """Return the chefs de file who lead a meeting; whoever convened it where there is none."""
        found = self.holders(Role.CHEF_DE_FILE, [Level.DEPARTEMENT.scope(meeting.departement_no), meeting.scope])
        return [one for one, _ in found] or [one for one in self.recipients.values() if one.email == meeting.organiser]

    def holders(self, role: Role, scopes: Sequence[str]) -> list[tuple[Recipient, str]]:
        """Return who has a role in one of the scopes, each once, with the first scope in which they have it."""
        found = {one.account_id: (one, scope) for scope in reversed(scopes) for one in self._holding[role, scope]}
        return [found[number] for number in sorted(found)]

    @cached_property
    def _holding(self) -> Mapping[tuple[Role, str], Sequence[Recipient]]:
        # Found once for all départements: looked for in each, they would be the longest part of a tick.
        holding: defaultdict[tuple[Role, str], list[Recipient]] = defaultdict(list)
        for recipient in self.recipients.values():
            for grant in recipient.grants:
                holding[grant.role, grant.scope].append(recipient)
        return holding


def where_of(meeting: Meeting) -> Territory:
    """Return where a meeting is held for, from itself: its dispositif may be active no more."""
    return Territory(Scope.parse(meeting.scope), meeting.departement_no, meeting.region_code)


async def read_meetings(session: AsyncSession, now: datetime, everybody: Recipients | None = None) -> MeetingsSnapshot:
    """Return where all meetings stand. `everybody`: who may be told something, from whoever has read it already."""
    dispositifs: dict[str, list[str]] = {}
    for one in await platforms(session):
        if one.departement is not None:
            dispositifs.setdefault(one.departement, []).append(one.at.code)
    everything = await meeting_permissions(session, COMMAND_LINE)
    meetings = await repository.led(session, everything, stored.followed(now, AHEAD, FOLLOWED_FOR))
    return MeetingsSnapshot(
        dispositifs,
        await _months(session, now.date()),
        await last_points(session, now),
        meetings,
        await _recipients(session, meetings, leading=True) if everybody is None else everybody,
        await _told(session, now, (POINT_MISSING, MEETING_TO_COME, MEETING_SOON, MEETING_OVER)),
    )


async def read_soon(session: AsyncSession, now: datetime) -> MeetingsSnapshot:
    """Return the meetings that begin within two hours: one statement where there is none."""
    everything = await meeting_permissions(session, COMMAND_LINE)
    soon = queries.live_between(now, now + SOON + timedelta(seconds=1))
    meetings = await repository.led(session, everything, soon)
    if not meetings:
        return MeetingsSnapshot({}, {}, {}, (), {}, frozenset())
    recipients = await _recipients(session, meetings, leading=False)
    return MeetingsSnapshot({}, {}, {}, meetings, recipients, await _told(session, now, (MEETING_SOON,)))


async def packs_asked(session: AsyncSession, now: datetime) -> PacksAsked:
    """Return the packs that were asked for by themselves already."""
    return await stored.packs_asked(session, now - AHEAD)


async def last_points(
    session: AsyncSession, now: datetime, departements: Collection[str] | None = None
) -> dict[str, Meeting]:
    """Return the last point that took place in each département, of those given or of all."""
    found = await stored.last_points(session, now, departements)
    return {one.departement_no: one for one in found if one.departement_no is not None}


async def pointless(session: AsyncSession, now: datetime, asked: Collection[Telling]) -> set[Telling]:
    """Return those of the messages, by kind, subject and period, that there is nothing to remind of any more."""
    numbers = {int(subject.partition(":")[2]) for kind, subject, _ in asked if kind != POINT_MISSING.code}
    found = await repository.counted(session, queries.numbered(numbers)) if numbers else []
    meetings = {subject_of(one): one for one in found}
    months: Mapping[str, Sequence[Meeting]] = {}
    if len(numbers) < len(asked):
        months = await _months(session, now.date())

    def stands(kind: str, subject: str, period: str) -> bool:
        if kind == POINT_MISSING.code:
            month, code = month_of(period), Scope.parse(subject).code
            current = local_day(now, place_of(code).zone).replace(day=1)
            return month >= current and not is_settled(months.get(code, ()), month)
        return _holds_true(kind, period, meetings.get(subject), now)

    return {one for one in asked if not stands(*one)}


def is_settled(points: Sequence[Meeting], month: date) -> bool:
    """Whether a month has a point: to come, over without a word yet, held or reported."""
    settled = {*MeetingState.live(), *queries.TOOK_PLACE}
    return any((one.day.year, one.day.month) == (month.year, month.month) and one.state in settled for one in points)


def _holds_true(kind: str, period: str, meeting: Meeting | None, now: datetime) -> bool:
    """Whether a meeting is still the one that a period names by the end of its text: same day, and not settled."""
    if meeting is None or not period.endswith(moment_of(kind, meeting)):
        return False
    if kind == MEETING_OVER.code:
        return meeting.is_live or meeting.state is MeetingState.HELD
    return meeting.is_live and meeting.starts_at > now


def moment_of(kind: str, meeting: Meeting) -> str:
    """Return what of a meeting a period repeats, so that one that was moved is told of anew."""
    return f"{meeting.day} {meeting.hour:%H-%M}" if kind == MEETING_SOON.code else f"{meeting.day}"


async def _months(session: AsyncSession, today: date) -> dict[str, list[Meeting]]:
    first = today.replace(day=1)  # the day may be another one overseas
    days = queries.during(first - relativedelta(months=1), first + relativedelta(months=2))
    months: dict[str, list[Meeting]] = {}
    for one in await repository.counted(session, days, queries.of_kind(MeetingKind.POINT)):
        months.setdefault(one.departement_no or "", []).append(one)
    return months


async def _recipients(session: AsyncSession, meetings: Sequence[Meeting], *, leading: bool) -> Recipients:
    """Return who takes part in the meetings; with `leading` whoever convened, leads or coordinates too."""
    taking_part = {p.contact.account_id for one in meetings for p in one.participants if p.contact.account_id}
    convening = {one.organiser for one in meetings} if leading else None
    return await read_recipients(session, stored.accounts_of(taking_part, convening))


async def _told(session: AsyncSession, now: datetime, kinds: Collection[MeetingReminder]) -> Told:
    return frozenset(await stored.told(session, now - _TOLD_FOR, [kind.code for kind in kinds]))
