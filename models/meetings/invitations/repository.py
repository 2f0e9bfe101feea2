"""Whom invitations are written to, and what became of them: the outbox knows which left, and which reach nobody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import String, case, cast, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.repository import ensure_account
from models.accounts.tables import Account
from models.base.metadata import table
from models.base.rows import Query
from models.jobs.signals import JobSignal, note
from models.meetings.contacts.tables import Contact
from models.meetings.messages import INVITATION
from models.meetings.planning.series import Occurrence, RecurrenceRule, occurrences
from models.meetings.repository import Participant
from models.meetings.tables import MeetingParticipant, MeetingRow, MeetingSeries
from models.meetings.territories import Territory
from models.notifications.repository import DELIVER, Notification
from models.notifications.stored import stored
from models.notifications.tables import Delivery, OutboxMessage

_LOST = frozenset({Delivery.UNREACHABLE, Delivery.REFUSED, Delivery.FAILED})

_participant = table(MeetingParticipant)
_meeting = table(MeetingRow)
_series = table(MeetingSeries)
_contact = table(Contact)
_account = table(Account)
_message = table(OutboxMessage)


@dataclass(frozen=True)
class Sent:
    """The invitations of a participant to a meeting.

    `undelivered`: the last one did not arrive, or none is written any more since their access was withdrawn;
    `can_leave_again` says that it was written, and may be sent anew. `first_left_at`: when the first one that left did;
    `perhaps`: none is known to have left, but one may have.
    """

    undelivered: bool = False
    can_leave_again: bool = False
    first_left_at: datetime | None = None
    perhaps: bool = False


class _Message(NamedTuple):
    """A message that tells a participant of a meeting; or the participant alone, where none does."""

    meeting_id: int
    contact_id: int
    invited_sequence: int | None
    sequence: int
    revoked_at: datetime | None
    channel_address: int | None
    period: str | None
    state: Delivery | None
    ended_at: datetime | None


class Reached(NamedTuple):
    """An account to write to, and whether it has the chat."""

    account_id: int
    linked: bool


class _Account(NamedTuple):
    email: str
    id: int
    channel_address: int | None
    revoked_at: datetime | None


class _Rule(NamedTuple):
    rule: RecurrenceRule
    first_day: date


async def sent(session: AsyncSession, meeting_ids: Collection[int]) -> dict[int, dict[int, Sent]]:
    """Return what became of the invitations of each participant, by meeting, then by contact.

    Bounded by nobody's rights: whoever calls has read the meetings with those of the actor.
    """
    alone = literal("meeting:") + cast(_meeting.c.id, String)
    # One that replaces a meeting of the series was announced by itself.
    at_once = case((_meeting.c.replaces_id.is_(None), literal("series:") + cast(_meeting.c.series_id, String)))
    query = (
        select(
            _participant.c.meeting_id,
            _participant.c.contact_id,
            _participant.c.invited_sequence,
            _meeting.c.sequence,
            _account.c.revoked_at,
            _account.c.channel_address.label("channel_address"),
            _message.c.period,
            _message.c.state,
            _message.c.ended_at,
        )
        .join(_meeting, _meeting.c.id == _participant.c.meeting_id)
        .join(_contact, _contact.c.id == _participant.c.contact_id)
        .outerjoin(_account, _account.c.email == _contact.c.email)
        .outerjoin(
            _message,
            (_message.c.kind == INVITATION.code)
            & (_message.c.account_id == _account.c.id)
            & _message.c.subject.in_((alone, at_once)),
        )
        .where(_participant.c.meeting_id.in_(meeting_ids))
    )
    rows: dict[int, dict[int, list[_Message]]] = {}
    for row in await Query(_Message, query).all(session):
        rows.setdefault(row.meeting_id, {}).setdefault(row.contact_id, []).append(row)
    return {number: {contact: _of(messages) for contact, messages in whose.items()} for number, whose in rows.items()}


def was_invited(one: Participant, letter: Sent) -> bool:
    """Whether a participant was to come: who came uninvited was added for the report, after the meeting.

    Those to whom nothing could be written were invited all the same: their invitation is not delivered.
    """
    return one.invited_at is not None or letter.undelivered


def subject_of_series(series_id: int) -> str:
    """Return the subject under which a series is announced in the outbox."""
    return f"series:{series_id}"


async def send_again(
    session: AsyncSession, now: datetime, subjects: Collection[str], contact_id: int, sequence: int | None
) -> str | None:
    """Have the invitation of that sequence sent once more to a participant; return its subject if it had not arrived.

    To be called once the actor is known to lead the meeting; `subjects` are those under which it may be told of.
    """
    account = (
        select(_account.c.id)
        .join(_contact, _contact.c.email == _account.c.email)
        .where(_contact.c.id == contact_id, _account.c.revoked_at.is_(None))
    )
    again = (
        update(_message)
        .where(
            _message.c.kind == INVITATION.code,
            _message.c.account_id == account.scalar_subquery(),
            _message.c.subject.in_(subjects),
            _message.c.period == str(sequence),
            _message.c.state.in_(_LOST),
        )
        .values(state=Delivery.PENDING, attempts=0, due_at=now, ended_at=None, cause=None)
        .returning(_message.c.subject)
    )
    subject: str | None = await session.scalar(again)
    if subject is not None:
        note(session, JobSignal(DELIVER))
    return subject


async def say_instead(session: AsyncSession, telling: Notification) -> None:
    """Have a message that still waits say what a notification of the same subject and period says now."""
    whose = (
        _message.c.kind == telling.kind.code,
        _message.c.account_id == telling.account_id,
        _message.c.subject == telling.subject,
        _message.c.period == telling.period,
        _message.c.state == Delivery.PENDING,
    )
    said = {
        "screen": stored(telling.screen),
        "letter": telling.letter and telling.letter.stored(),
        "calendar": telling.calendar and telling.calendar.stored(),
    }
    await session.execute(update(_message).where(*whose).values(said))


async def accounts_of(session: AsyncSession, now: datetime, addresses: Collection[str]) -> Mapping[str, Reached]:
    """Return the account of each address, made where there is none, without those whose access was withdrawn."""
    if not addresses:
        return {}
    columns = (_account.c.email, _account.c.id, _account.c.channel_address, _account.c.revoked_at)
    query = Query(_Account, select(*columns).where(_account.c.email.in_(addresses)))
    found = await query.all(session)
    for address in sorted(set(addresses) - {row.email for row in found}):
        await ensure_account(session, now, address)
    if len(found) < len(addresses):
        found = await query.all(session)
    return {row.email: Reached(row.id, row.channel_address is not None) for row in found if row.revoked_at is None}


async def days_of(session: AsyncSession, series_id: int, there: Territory) -> list[Occurrence]:
    """Return the days of a series as they were planned, with the holidays that moved them."""
    columns = (_series.c.week, _series.c.weekday, _series.c.every_months, _series.c.first_day)
    row = await Query(_Rule, select(*columns).where(_series.c.id == series_id)).one(session)
    return occurrences(row.rule, row.first_day, there.place)


def _of(rows: Collection[_Message]) -> Sent:
    lost = any(row.state in _LOST and row.period == str(row.invited_sequence) for row in rows)
    unwritten = any(row.revoked_at is not None and row.invited_sequence != row.sequence for row in rows)
    left = [row.ended_at for row in rows if row.state is Delivery.SENT and row.ended_at is not None]
    perhaps = not left and any(row.state is Delivery.UNCERTAIN for row in rows)
    # Without the chat, unreachable means that no mail is set up: sent again, it would be lost again at once.
    mute = any(row.channel_address is None and row.state is Delivery.UNREACHABLE for row in rows)
    again = lost and not mute and all(row.revoked_at is None for row in rows)
    return Sent(lost or unwritten, again, min(left, default=None), perhaps)
