"""Invitations in the name of whoever is invited: read, answered; and kept as having left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker
from models.events.service import Unknown
from models.events.writing import Stale
from models.meetings import repository, texts, writing
from models.meetings.checks import Refusal, Refused, change_refused
from models.meetings.deliveries import send_again
from models.meetings.repository import Held
from models.meetings.states import Answer, Gesture
from models.platforms.reach import reach


@dataclass(frozen=True)
class Answered:
    """The answer is kept; the meeting as who answered may see it."""

    meeting: Held


@dataclass(frozen=True)
class Resent:
    """The invitation is on its way again; the meeting as it stands."""

    meeting: Held


@dataclass(frozen=True)
class Invitations:
    """The invitations of one asker, whatever their roles: those sent to the address of their account.

    Whoever leads a meeting answers for others, and has an invitation sent again.
    """

    session: AsyncSession
    asker: Asker
    now: datetime

    async def coming(self) -> Sequence[int]:
        """Return the meetings to come to which the asker is invited, in their order."""
        return await repository.invitations_of(self.session, self.asker, self.now)

    async def meeting(self, number: int) -> Held:
        """Return a meeting with nobody but the asker among its participants; raises `Unknown` to who is not invited."""
        found = await repository.one_invited(self.session, self.asker, number)
        if found is None:
            raise Unknown
        return found[0]

    async def answer(self, number: int, answer: Answer, sequence: int | None = None) -> Answered | Refused:
        """Keep what the asker answers; raises `Unknown` to who is not invited.

        With the `sequence` that was shown to them, an answer to a date that was moved since is refused.
        """
        found = await repository.one_invited(self.session, self.asker, number)
        if found is None:
            raise Unknown
        meeting, mine = found
        over = meeting.ends_at <= self.now
        refused = await self._keep(meeting, mine.contact.id, answer, sequence, over=over)
        return refused or Answered(await self.meeting(number))

    async def answer_for(
        self, number: int, contact_id: int, answer: Answer, sequence: int | None = None
    ) -> Answered | Refused:
        """Keep what somebody invited told whoever leads, by telephone say; raises `Unknown`."""
        rights = await reach(self.session, self.asker)
        meeting = await repository.one_led(self.session, rights, number)
        if meeting is None or meeting.participant(contact_id) is None:
            raise Unknown
        refused = await self._keep(meeting, contact_id, answer, sequence)
        if refused:
            return refused
        led = await repository.one_led(self.session, rights, number)
        assert led is not None
        return Answered(led)

    async def resend(self, number: int, revision: int, contact_id: int) -> Resent | Refused:
        """Send the last invitation of somebody again, where it did not arrive; raises `Unknown`, or `Stale`."""
        rights = await reach(self.session, self.asker)
        meeting = await repository.one_led(self.session, rights, number, lock=True)
        one = None if meeting is None else meeting.participant(contact_id)
        if meeting is None or one is None:
            raise Unknown
        if meeting.revision != revision:
            raise Stale
        refused = change_refused(meeting, self.now)
        if refused:
            return refused
        if not await send_again(self.session, self.now, number, contact_id, one.invited_sequence):
            return Refused(Refusal.NOTHING_LOST, texts.NOTHING_LOST)
        told = {"contacts": [contact_id]}
        await writing.tell(self.session, self.asker, self.now, number, Gesture.RESENT, after=told)
        return Resent(meeting)

    async def _keep(
        self, meeting: Held, contact_id: int, answer: Answer, sequence: int | None, *, over: bool = False
    ) -> Refused | None:
        if meeting.is_live and sequence is not None and sequence < meeting.dated_sequence:
            return Refused(Refusal.DATE_MOVED, texts.DATE_MOVED)
        if over:
            return Refused(Refusal.OVER, texts.OVER)
        if not meeting.is_live:
            return Refused(Refusal.NOT_LIVE, texts.NOT_LIVE)
        await writing.add_answer(self.session, self.asker, self.now, meeting, contact_id, answer)
        return None


async def left(session: AsyncSession, now: datetime, whom: Iterable[tuple[Held, int]]) -> None:
    """Keep that the invitation to a meeting, as it stands, left for a contact: called by who sends them."""
    by_sequence: dict[int, list[tuple[int, int]]] = {}
    for meeting, contact_id in whom:
        by_sequence.setdefault(meeting.sequence, []).append((meeting.id, contact_id))
    for sequence, pairs in by_sequence.items():
        await writing.invitations_left(session, pairs, sequence, now)
