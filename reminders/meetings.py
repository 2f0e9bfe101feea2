"""What is due to whom about meetings: months without a point, meetings to come, meetings that are over.

As for a campaign nothing is kept between two calls: what was told is in the outbox, and of the steps that somebody
reached only the last one counts. Who is away is not told, nor told afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from models.accounts.tables import Role
from models.base.revision import short
from models.base.screens import Row, Screen, button
from models.kinds import MESSAGE_KINDS
from models.meetings.invitations.sending import answers, subject_of
from models.meetings.kinds import MeetingKind
from models.meetings.messages import (
    MEETING_OVER,
    MEETING_SOON,
    MEETING_TO_COME,
    POINT_MISSING,
    About,
    MeetingReminder,
)
from models.meetings.reminders.repository import PacksAsked
from models.meetings.reminders.standing import SOON, MeetingsSnapshot, is_settled, moment_of, where_of
from models.meetings.reminders.unplanned import Unplanned, put_off_until
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer
from models.meetings.territories import of_departement
from models.notifications.emails import Email
from models.notifications.kinds import Part
from models.reference.decent_hours import EARLIEST, moment
from models.reference.scopes import Level
from models.reference.working_days import MAINLAND, Place, place_of
from models.reminders.recipients import Recipient
from reminders import meetings_texts as texts
from reminders.builders import Builders
from reminders.isolate_failures import isolate_failures
from reminders.meetings_steps import after_steps, before_steps, further_step, month_steps, soon_step
from reminders.reasons import reason
from reminders.reminder import Addressee, Reminder
from reminders.steps import Step, present, reached
from reminders.texts import held

KINDS = {
    about: tuple(kind for kind in MESSAGE_KINDS.values() if isinstance(kind, MeetingReminder) and kind.about is about)
    for about in About
}
"""The kinds of reminder about meetings, by what is looked at to decide whether they are due."""

_OF_MONTH = Builders[MeetingReminder, "_Planning", str]()
_OF_MEETING = Builders[MeetingReminder, "_Planning", Meeting]()


@dataclass(frozen=True)
class PackDue:
    """The pack of a meeting, to be made for who leads it."""

    account_id: int
    meeting: Meeting


def plan_meetings(snapshot: MeetingsSnapshot, now: datetime) -> list[Reminder]:
    """Return what goes out at that moment and what waits for its hour, without what is told already."""
    planning = _Planning(snapshot, now)
    months = isolate_failures(planning.of_month, snapshot.dispositifs)
    return [*months, *isolate_failures(planning.of_meeting, snapshot.meetings)]


def plan_soon(snapshot: MeetingsSnapshot, now: datetime) -> list[Reminder]:
    """Return what the participants of meetings that begin within two hours are told: to the minute, by day."""
    planning = _Planning(snapshot, now)
    beginning = [meeting for meeting in snapshot.meetings if now < meeting.starts_at <= now + SOON]
    return isolate_failures(planning.of_meeting_soon, beginning)


def packs_due(snapshot: MeetingsSnapshot, asked: PacksAsked, now: datetime) -> list[PackDue]:
    """Return the packs to be made by themselves: for who leads a point, the working day before, at their hour."""
    points = [one for one in snapshot.meetings if one.kind is MeetingKind.POINT and one.starts_at > now]
    return isolate_failures(lambda meeting: _packs_of(meeting, snapshot, asked, now), points)


def _packs_of(meeting: Meeting, snapshot: MeetingsSnapshot, asked: PacksAsked, now: datetime) -> Iterator[PackDue]:
    place = _place(meeting)
    day_before = before_steps(meeting.day, place)[-1]
    for recipient in snapshot.leaders(meeting):
        person = Addressee(recipient, place)
        if (
            (person.account_id, meeting.id, meeting.day.isoformat()) not in asked
            and reached(present([day_before], person.away), person.today(now))
            and person.goes_out(day_before, now) <= now
        ):
            yield PackDue(person.account_id, meeting)


@dataclass(frozen=True)
class _Planning:
    snapshot: MeetingsSnapshot
    now: datetime

    def of_month(self, code: str) -> list[Reminder]:
        """Return what is told of a département whose month has no point, each with its hour."""
        return [self.timed(one) for kind in KINDS[About.MONTH] for one in _OF_MONTH(kind, self, code)]

    def of_meeting(self, meeting: Meeting) -> list[Reminder]:
        """Return what is told some days before a meeting, or once it is over, each with its hour."""
        about = About.TO_COME if meeting.starts_at > self.now else About.OVER
        return [self.timed(one) for kind in KINDS[about] for one in _OF_MEETING(kind, self, meeting)]

    def of_meeting_soon(self, meeting: Meeting) -> list[Reminder]:
        """Return what is told within two hours before a meeting, to the minute."""
        return [one for kind in KINDS[About.WITHIN_HOURS] for one in _OF_MEETING(kind, self, meeting)]

    def timed(self, reminder: Reminder) -> Reminder:
        """Return a reminder with the moment until which it waits, if it does, and why it comes."""
        person, step = reminder.person, reminder.step
        out = person.goes_out(step, self.now)
        waiting = held(out, self.now, person.place) if out > self.now else ""
        why = reason(reminder.kind, step, person.today(self.now), waiting)
        return replace(reminder, reason=why, held_until=out if out > self.now else None)

    @_OF_MONTH.builds(POINT_MISSING)
    def month(self, code: str) -> Iterator[Reminder]:
        """Give what is told of a département whose month has no point."""
        where = of_departement(code)
        place = place_of(code)
        today = self.now.astimezone(place.zone).date()
        month = today.replace(day=1)
        if is_settled(self.snapshot.months.get(code, ()), month):
            return
        dispositifs = [Level.DISPOSITIF.scope(reference) for reference in self.snapshot.dispositifs[code]]
        last = self.snapshot.last.get(code)
        leaders = self.snapshot.holders(Role.CHEF_DE_FILE, (where.scope, *dispositifs))
        for recipient, scope in leaders:
            person = Addressee(recipient, place)
            unplanned = Unplanned(where, scope, month, last)
            put_off = self._put_off(recipient, where.scope, month)
            step = self._reached([step for step in month_steps(today, place) if step.day > put_off], person)
            if step and not self._notified(POINT_MISSING, recipient, where.scope, step):
                screen = unplanned.to_leader(self._read_on(person, step))
                letter = unplanned.letter(screen)
                yield Reminder(POINT_MISSING, person, Role.CHEF_DE_FILE, where.scope, step, screen, letter, "")
        led_by = {recipient.account_id for recipient, _ in leaders}
        for recipient, _ in self.snapshot.holders(Role.COORDINATOR, dispositifs):
            person = Addressee(recipient, place)
            step = self._reached([further_step(today, place)], person)
            if recipient.account_id in led_by or step is None:
                continue
            if not self._notified(POINT_MISSING, recipient, where.scope, step):
                unplanned = Unplanned(where, where.scope, month, last)
                screen = unplanned.to_coordinator()
                letter = unplanned.letter(screen)
                yield Reminder(POINT_MISSING, person, Role.COORDINATOR, where.scope, step, screen, letter, "")

    @_OF_MEETING.builds(MEETING_TO_COME)
    def before(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what the participants of a meeting to come are told, some days before."""
        place, where, subject = _place(meeting), where_of(meeting), subject_of(meeting)
        for mine, person in self._taking_part(meeting, place):
            steps = [step for step in before_steps(meeting.day, place) if self._since_invited(step, mine, place)]
            step = self._reached(steps, person)
            if step is None or self._notified(MEETING_TO_COME, person.recipient, subject, step):
                continue
            if person.goes_out(step, self.now) >= meeting.starts_at or self._notified_soon(meeting, person):
                continue
            text = texts.coming(meeting, where, mine, self._read_on(person, step))
            rows: tuple[Row, ...] = ((button(texts.SEE, "mt", meeting.id),),)
            said = text
            if mine.answer is None:
                rows = (*answers(meeting), *rows)
                said = f"{text}\n{texts.BY_CALENDAR.format(organiser=meeting.organiser)}"
            letter = Email(
                texts.letter_subject(meeting, where), Screen(said).plain(), whole=not person.recipient.linked
            )
            yield Reminder(MEETING_TO_COME, person, Part.PARTICIPANT, subject, step, Screen(text, rows), letter, "")

    @_OF_MEETING.builds(MEETING_SOON)
    def soon(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what the participants of a meeting are told two hours before it, or when the night ends."""
        place, where = _place(meeting), where_of(meeting)
        out = max(meeting.starts_at - SOON, moment(meeting.day, place, EARLIEST))
        if out >= meeting.starts_at:
            out = meeting.starts_at - SOON  # a meeting at night: whoever comes is up
        step = soon_step(_soon_code(meeting), meeting.day)
        for mine, person in self._taking_part(meeting, place):
            if mine.invited_at is not None and mine.invited_at >= out:
                continue  # what they just read said the hour
            if person.away is not None and person.away.covers(meeting.day):
                continue
            if self._notified_soon(meeting, person):
                continue
            waiting = held(out, self.now, place) if out > self.now else ""
            screen = Screen(texts.soon(meeting, where), ((button(texts.SEE, "mt", meeting.id),),))
            letter = Email(texts.letter_subject(meeting, where), screen.plain(), whole=not person.recipient.linked)
            yield Reminder(
                MEETING_SOON,
                person,
                Part.PARTICIPANT,
                subject_of(meeting),
                step,
                screen,
                letter,
                reason(MEETING_SOON, step, meeting.day, waiting),
                held_until=out if out > self.now else None,
                begins_at=meeting.starts_at,
            )

    @_OF_MEETING.builds(MEETING_OVER)
    def after(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what who leads is asked of a meeting that is over: whether it was held; then for its report."""
        if meeting.ends_at > self.now:
            return
        place, where, subject = _place(meeting), where_of(meeting), subject_of(meeting)
        for recipient in self.snapshot.leaders(meeting):
            person = Addressee(recipient, place)
            step = self._reached(after_steps(meeting.day, place), person)
            if step is None or self._notified(MEETING_OVER, recipient, subject, step):
                continue
            if meeting.is_live:
                text = texts.was_it_held(meeting, where)
                rows: tuple[Row, ...] = (
                    (button(texts.YES, "mt_word", meeting.id, "yes", short(meeting.revision)),),
                    (button(texts.NO, "mt_word", meeting.id, "no", short(meeting.revision)),),
                )
            else:
                text = texts.to_report(meeting, where)
                rows = ((button(texts.REPORT, "mt_report", meeting.id),),)
            screen = Screen(text, (*rows, (button(texts.SEE, "mt", meeting.id),)))
            letter = Email(texts.letter_subject(meeting, where), screen.plain())
            role = Role.CHEF_DE_FILE if recipient.holds(Role.CHEF_DE_FILE) else Role.ADMIN
            yield Reminder(MEETING_OVER, person, role, subject, step, screen, letter, "")

    def _taking_part(self, meeting: Meeting, place: Place) -> Iterator[tuple[Participant, Addressee]]:
        """Give the participants who can be told and did not say that they will be absent."""
        for mine in meeting.participants:
            recipient = self.snapshot.recipients.get(mine.contact.account_id or 0)
            if recipient is not None and mine.answer is not Answer.ABSENT:
                yield mine, Addressee(recipient, place)

    def _since_invited(self, step: Step, mine: Participant, place: Place) -> bool:
        """Whether a step comes later than the day on which somebody learned the date: it would tell them nothing."""
        return mine.invited_at is None or step.day > mine.invited_at.astimezone(place.zone).date()

    def _put_off(self, recipient: Recipient, subject: str, month: date) -> date:
        """Return the day to which somebody put the reminders of a month off."""
        days = [put_off_until(month, period) for period in self._put_offs.get((recipient.account_id, subject), ())]
        return max((day for day in days if day is not None), default=date.min)

    @cached_property
    def _put_offs(self) -> Mapping[tuple[int, str], Sequence[str]]:
        """The periods of what each was told of months without a point, by account and subject."""
        found: dict[tuple[int, str], list[str]] = {}
        for kind, account, about, period in self.snapshot.told:
            if kind == POINT_MISSING.code:
                found.setdefault((account, about), []).append(period)
        return found

    def _notified(self, kind: MeetingReminder, recipient: Recipient, subject: str, step: Step) -> bool:
        return (kind.code, recipient.account_id, subject, step.code) in self.snapshot.told

    def _notified_soon(self, meeting: Meeting, person: Addressee) -> bool:
        return (MEETING_SOON.code, person.account_id, subject_of(meeting), _soon_code(meeting)) in self.snapshot.told

    def _reached(self, steps: list[Step] | tuple[Step, ...], person: Addressee) -> Step | None:
        return reached(present(steps, person.away), person.today(self.now))

    def _read_on(self, person: Addressee, step: Step) -> date:
        """Return the day on which it will be read."""
        return person.today(person.goes_out(step, self.now))


for _about, _kinds in KINDS.items():
    (_OF_MONTH if _about is About.MONTH else _OF_MEETING).complete(_kinds)


def _soon_code(meeting: Meeting) -> str:
    return f"H-2 {moment_of(MEETING_SOON.code, meeting)}"


def _place(meeting: Meeting) -> Place:
    """Return the clock and the holidays of a meeting; its own clock, where its département is not known."""
    if meeting.departement_no is not None:
        return place_of(meeting.departement_no)
    return replace(MAINLAND, zone=meeting.zone)
