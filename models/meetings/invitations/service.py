"""Invitations in the name of whoever is invited: read, answered; and kept as having left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings import queries, repository
from models.meetings.changes import repository as changes
from models.meetings.invitations.repository import days_of, say_instead, send_again, subject_of_series
from models.meetings.invitations.series import announced
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.planning.checks import PlanningRefused, change_refused
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer, Gesture
from models.meetings.territories import territory
from models.meetings.texts import PlanningRefusal


@dataclass(frozen=True)
class Answered:
    """The answer is kept; the meeting as who answered may see it."""

    meeting: Meeting


@dataclass(frozen=True)
class Resent:
    """The invitation is on its way again; the meeting as it stands."""

    meeting: Meeting


@dataclass(frozen=True)
class Invitations:
    """The invitations of one actor, whatever their roles: those sent to the address of their account.

    Whoever leads a meeting answers for others, and has an invitation sent again.
    """

    session: AsyncSession
    actor: Actor
    now: datetime

    async def coming(self, skipped: int, most: int) -> tuple[Sequence[Meeting], int]:
        """Return the dates of meetings to come to which the actor is invited, in their order; how many in all.

        There are `most` at most, after those `skipped`.
        """
        return await repository.invitations_of(self.session, self.actor, self.now, skipped, most)

    async def meeting(self, number: int) -> Meeting:
        """Return a meeting with nobody but the actor among its participants; raises `Unknown` to who is not invited."""
        found = await repository.one_invited(self.session, self.actor, number)
        if found is None:
            raise Unknown
        return found

    async def series(self, series_id: int) -> Sequence[Meeting]:
        """Return the dates of a series still to come to which the actor is invited, with nobody but them.

        Raises `Unknown` to who is invited to none of the series.
        """
        found = await repository.invited_to(self.session, self.actor, queries.in_series(series_id))
        if not found:
            raise Unknown
        return [one for one in found if one.is_live and one.ends_at > self.now]

    async def answer_series(self, series_id: int, answer: Answer) -> Sequence[Meeting]:
        """Keep what the actor answers to all dates at which the series was announced; return those still to come.

        A date that was moved, or took the place of another, was announced by itself: it is left out. Raises `Unknown`.
        """
        told = [(one, one.participants[0].contact.id) for one in await self.series(series_id) if as_announced(one)]
        await changes.add_answers(self.session, self.actor, self.now, told, answer)
        return await self.series(series_id)

    async def answer(self, number: int, answer: Answer, sequence: int | None = None) -> Answered | PlanningRefused:
        """Keep what the actor answers; raises `Unknown` to who is not invited.

        With the `sequence` that was shown to them, an answer to a date that was moved since is refused.
        """
        found = await repository.one_invited(self.session, self.actor, number)
        if found is None:
            raise Unknown
        over = found.ends_at <= self.now
        refused = await self._keep(found, found.participants[0].contact.id, answer, sequence, over=over)
        return refused or Answered(await self.meeting(number))

    async def answer_for(
        self, number: int, contact_id: int, answer: Answer, sequence: int | None = None
    ) -> Answered | PlanningRefused:
        """Keep what somebody invited told whoever leads, by telephone say; raises `Unknown`."""
        rights = await meeting_permissions(self.session, self.actor)
        meeting = await repository.one_led(self.session, rights, number)
        if meeting is None or meeting.participant(contact_id) is None:
            raise Unknown
        refused = await self._keep(meeting, contact_id, answer, sequence)
        if refused:
            return refused
        led = await repository.one_led(self.session, rights, number)
        assert led is not None
        return Answered(led)

    async def resend(self, number: int, revision: int, contact_id: int) -> Resent | PlanningRefused:
        """Send the last invitation of somebody again, where it did not arrive; raises `Unknown`, or `Stale`."""
        rights = await meeting_permissions(self.session, self.actor)
        meeting = await repository.one_led(self.session, rights, number, lock=True)
        one = None if meeting is None else meeting.participant(contact_id)
        if meeting is None or one is None:
            raise Unknown
        if meeting.revision != revision:
            raise Stale
        refused = change_refused(meeting, self.now)
        if refused:
            return refused
        whole = subject_of_series(meeting.series_id or 0)
        subjects = (f"meeting:{number}", *([whole] if meeting.series_id and as_announced(meeting) else []))
        again = await send_again(self.session, self.now, subjects, contact_id, one.invited_sequence)
        if again is None:
            return PlanningRefused(PlanningRefusal.NOTHING_LOST)
        if again == whole:
            await self._announce_anew(rights, meeting, one)
        told = {"contacts": [contact_id]}
        await changes.tell(self.session, self.actor, self.now, number, Gesture.RESENT, after=told)
        return Resent(meeting)

    async def _keep(
        self, meeting: Meeting, contact_id: int, answer: Answer, sequence: int | None, *, over: bool = False
    ) -> PlanningRefused | None:
        if meeting.is_live and sequence is not None and sequence < meeting.dated_sequence:
            return PlanningRefused(PlanningRefusal.DATE_MOVED)
        if over:
            return PlanningRefused(PlanningRefusal.OVER)
        if not meeting.is_live:
            return PlanningRefused(PlanningRefusal.NOT_LIVE)
        await changes.add_answers(self.session, self.actor, self.now, [(meeting, contact_id)], answer)
        return None

    async def _announce_anew(self, rights: MeetingPermissions, meeting: Meeting, guest: Participant) -> None:
        """Have the message of a series say the dates to which one answer still counts: the others were told since."""
        assert meeting.series_id is not None
        there = await territory(self.session, meeting.scope)
        assert there is not None
        of_series = await repository.led(self.session, rights, queries.in_series(meeting.series_id))
        stand = [one for one in of_series if one.is_live and as_announced(one) and one.starts_at > self.now]
        theirs = [one for one in stand if one.participant(guest.contact.id)]
        assert theirs, "the meeting itself is one"
        if guest.contact.account_id is not None:
            days = await days_of(self.session, meeting.series_id, there)
            await say_instead(self.session, announced(guest.contact.account_id, theirs, there, days, self.now))


def as_announced(meeting: Meeting) -> bool:
    """Whether a meeting of a series has the date at which the series was announced."""
    return meeting.dated_sequence == 0 and meeting.replaces_id is None


async def left(session: AsyncSession, now: datetime, whom: Iterable[tuple[Meeting, int]]) -> None:
    """Keep that the invitation to a meeting, as it stands, left for a contact: called by who sends them."""
    by_sequence: dict[int, list[tuple[int, int]]] = {}
    for meeting, contact_id in whom:
        by_sequence.setdefault(meeting.sequence, []).append((meeting.id, contact_id))
    for sequence, pairs in by_sequence.items():
        await changes.invitations_left(session, pairs, sequence, now)
