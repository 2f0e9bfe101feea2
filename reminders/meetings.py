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
from models.meetings.invitations.sending import answers, subject_of
from models.meetings.kinds import MeetingKind
from models.meetings.reminders.standing import SOON, MeetingsSnapshot, PacksAsked, is_settled, moment_of, where_of
from models.meetings.reminders.unplanned import Notice, Unplanned, put_off_until
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer
from models.meetings.territories import of_departement
from models.notifications.emails import Email
from models.reference.decent_hours import EARLIEST, moment
from models.reference.scopes import Level
from models.reference.working_days import MAINLAND, Place, place_of
from models.reminders.recipients import Recipient
from reminders import meetings_texts as texts
from reminders.isolate_failures import isolate_failures
from reminders.meetings_steps import after_steps, before_steps, further_step, month_steps
from reminders.policy import Part
from reminders.reasons import reason
from reminders.reminder import Addressee, Reminder
from reminders.steps import Step, present, reached
from reminders.texts import held


@dataclass(frozen=True)
class PackDue:
    """The pack of a meeting, to be made for who leads it."""

    account_id: int
    meeting: Meeting


def plan_meetings(standing: MeetingsSnapshot, now: datetime) -> list[Reminder]:
    """Return what goes out at that moment and what waits for its hour, without what is told already."""
    planning = _Planning(standing, now)
    months = isolate_failures(planning.of_month, standing.dispositifs)
    return [*months, *isolate_failures(planning.of_meeting, standing.meetings)]


def plan_soon(standing: MeetingsSnapshot, now: datetime) -> list[Reminder]:
    """Return what the participants of meetings that begin within two hours are told: to the minute, by day."""
    planning = _Planning(standing, now)
    beginning = [meeting for meeting in standing.meetings if now < meeting.starts_at <= now + SOON]
    return isolate_failures(planning.soon, beginning)


def packs_due(standing: MeetingsSnapshot, asked: PacksAsked, now: datetime) -> list[PackDue]:
    """Return the packs to be made by themselves: for who leads a point, the working day before, at their hour."""
    points = [one for one in standing.meetings if one.kind is MeetingKind.POINT and one.starts_at > now]
    return isolate_failures(lambda meeting: _packs_of(meeting, standing, asked, now), points)


def _packs_of(meeting: Meeting, standing: MeetingsSnapshot, asked: PacksAsked, now: datetime) -> Iterator[PackDue]:
    place = _place(meeting)
    day_before = before_steps(meeting.day, place)[-1]
    for recipient in standing.leaders(meeting):
        person = Addressee(recipient, place)
        if (
            (person.account_id, meeting.id, meeting.day.isoformat()) not in asked
            and reached(present([day_before], person.away), person.today(now))
            and person.goes_out(day_before, now) <= now
        ):
            yield PackDue(person.account_id, meeting)


@dataclass(frozen=True)
class _Planning:
    standing: MeetingsSnapshot
    now: datetime

    def of_month(self, code: str) -> list[Reminder]:
        """Return what is told of a département whose month has no point, each with its hour."""
        return [self.timed(one) for one in self.month(code)]

    def of_meeting(self, meeting: Meeting) -> list[Reminder]:
        """Return what is told some days before a meeting, or once it is over, each with its hour."""
        found = self.before(meeting) if meeting.starts_at > self.now else self.after(meeting)
        return [self.timed(one) for one in found]

    def timed(self, reminder: Reminder) -> Reminder:
        """Return a reminder with the moment until which it waits, if it does, and why it comes."""
        person, step = reminder.person, reminder.step
        out = person.goes_out(step, self.now)
        waiting = held(out, self.now, person.place) if out > self.now else ""
        why = reason(reminder.kind, step, person.today(self.now), waiting)
        return replace(reminder, reason=why, held_until=out if out > self.now else None)

    def month(self, code: str) -> Iterator[Reminder]:
        """Give what is told of a département whose month has no point."""
        where = of_departement(code)
        place = place_of(code)
        today = self.now.astimezone(place.zone).date()
        month = today.replace(day=1)
        if is_settled(self.standing.months.get(code, ()), month):
            return
        dispositifs = [Level.DISPOSITIF.scope(reference) for reference in self.standing.dispositifs[code]]
        last = self.standing.last.get(code)
        leaders = self.standing.holders(Role.CHEF_DE_FILE, (where.scope, *dispositifs))
        for recipient, scope in leaders:
            person = Addressee(recipient, place)
            unplanned = Unplanned(where, scope, month, last)
            put_off = self._put_off(recipient, where.scope, month)
            step = self._reached([step for step in month_steps(today, place) if step.day > put_off], person)
            if step and not self._told(Notice.UNPLANNED, recipient, where.scope, step):
                screen = unplanned.to_leader(self._told_on(person, step))
                letter = unplanned.letter(screen)
                yield Reminder(Notice.UNPLANNED, person, Role.CHEF_DE_FILE, where.scope, step, screen, letter, "")
        led_by = {recipient.account_id for recipient, _ in leaders}
        for recipient, _ in self.standing.holders(Role.COORDINATOR, dispositifs):
            person = Addressee(recipient, place)
            step = self._reached([further_step(today, place)], person)
            if recipient.account_id in led_by or step is None:
                continue
            if not self._told(Notice.UNPLANNED, recipient, where.scope, step):
                unplanned = Unplanned(where, where.scope, month, last)
                screen = unplanned.to_coordinator()
                letter = unplanned.letter(screen)
                yield Reminder(Notice.UNPLANNED, person, Role.COORDINATOR, where.scope, step, screen, letter, "")

    def before(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what the participants of a meeting to come are told, some days before."""
        place, where, subject = _place(meeting), where_of(meeting), subject_of(meeting)
        for mine, person in self._taking_part(meeting, place):
            steps = [step for step in before_steps(meeting.day, place) if self._since_invited(step, mine, place)]
            step = self._reached(steps, person)
            if step is None or self._told(Notice.COMING, person.recipient, subject, step):
                continue
            if person.goes_out(step, self.now) >= meeting.starts_at or self._told_soon(meeting, person):
                continue
            text = texts.coming(meeting, where, mine, self._told_on(person, step))
            rows: tuple[Row, ...] = ((button(texts.SEE, "mt", meeting.id),),)
            said = text
            if mine.answer is None:
                rows = (*answers(meeting), *rows)
                said = f"{text}\n{texts.BY_CALENDAR.format(organiser=meeting.organiser)}"
            letter = Email(
                texts.letter_subject(meeting, where), Screen(said).plain(), whole=not person.recipient.linked
            )
            yield Reminder(Notice.COMING, person, Part.PARTICIPANT, subject, step, Screen(text, rows), letter, "")

    def soon(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what the participants of a meeting are told two hours before it, or when the night ends."""
        place, where = _place(meeting), where_of(meeting)
        out = max(meeting.starts_at - SOON, moment(meeting.day, place, EARLIEST))
        if out >= meeting.starts_at:
            out = meeting.starts_at - SOON  # a meeting at night: whoever comes is up
        step = Step(f"H-2 {moment_of(Notice.SOON, meeting)}", meeting.day, meeting.day)
        for mine, person in self._taking_part(meeting, place):
            if mine.invited_at is not None and mine.invited_at >= out:
                continue  # what they just read said the hour
            if person.away is not None and person.away.covers(meeting.day):
                continue
            if self._told_soon(meeting, person):
                continue
            waiting = held(out, self.now, place) if out > self.now else ""
            screen = Screen(texts.soon(meeting, where), ((button(texts.SEE, "mt", meeting.id),),))
            letter = Email(texts.letter_subject(meeting, where), screen.plain(), whole=not person.recipient.linked)
            yield Reminder(
                Notice.SOON,
                person,
                Part.PARTICIPANT,
                subject_of(meeting),
                step,
                screen,
                letter,
                reason(Notice.SOON, step, meeting.day, waiting),
                held_until=out if out > self.now else None,
                holds_until=meeting.starts_at,
            )

    def after(self, meeting: Meeting) -> Iterator[Reminder]:
        """Give what who leads is asked of a meeting that is over: whether it was held; then for its report."""
        if meeting.ends_at > self.now:
            return
        place, where, subject = _place(meeting), where_of(meeting), subject_of(meeting)
        for recipient in self.standing.leaders(meeting):
            person = Addressee(recipient, place)
            step = self._reached(after_steps(meeting.day, place), person)
            if step is None or self._told(Notice.WORD, recipient, subject, step):
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
            yield Reminder(Notice.WORD, person, role, subject, step, screen, letter, "")

    def _taking_part(self, meeting: Meeting, place: Place) -> Iterator[tuple[Participant, Addressee]]:
        """Give the participants who can be told and did not say that they will be absent."""
        for mine in meeting.participants:
            recipient = self.standing.recipients.get(mine.contact.account_id or 0)
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
        for kind, account, about, period in self.standing.told:
            if kind == Notice.UNPLANNED:
                found.setdefault((account, about), []).append(period)
        return found

    def _told(self, kind: Notice, recipient: Recipient, subject: str, step: Step) -> bool:
        return (kind, recipient.account_id, subject, step.code) in self.standing.told

    def _told_soon(self, meeting: Meeting, person: Addressee) -> bool:
        code = f"H-2 {moment_of(Notice.SOON, meeting)}"
        return (Notice.SOON, person.account_id, subject_of(meeting), code) in self.standing.told

    def _reached(self, steps: list[Step] | tuple[Step, ...], person: Addressee) -> Step | None:
        return reached(present(steps, person.away), person.today(self.now))

    def _told_on(self, person: Addressee, step: Step) -> date:
        """Return the day on which it will be read."""
        return person.today(person.goes_out(step, self.now))


def _place(meeting: Meeting) -> Place:
    """Return the clock and the holidays of a meeting; its own clock, where its département is not known."""
    if meeting.departement_no is not None:
        return place_of(meeting.departement_no)
    return replace(MAINLAND, zone=meeting.zone)
