"""What is due to whom at a moment: from where everybody stands, by the policy and each person's wishes.

Nothing is kept between two calls: what was told is in the outbox. One message says it all: of the steps that somebody
reached only the last one counts, and a digest or an escalation stands for the reminders before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from models.accounts.tables import Role
from models.campaigns.tables import Campaign
from models.outbox.letters import Letter
from models.reminders.standing import Caseload, DispositifStanding, Standing, subject_of
from models.screens import Row, Screen, button
from models.working_days import Place
from reminders import texts
from reminders.policy import ESCALATIONS, INVITATION_STEPS, OPENING, Kind
from reminders.reminder import Person, Reminder, persons_of
from reminders.steps import Course, Step, coach_steps, digest_steps, escalation_step, present, reached, wished
from reminders.wishes import snoozes


def plan(standing: Standing | None, now: datetime) -> list[Reminder]:
    """Return what goes out at that moment and what waits for its hour, without what is told already."""
    if standing is None:
        return []
    planning = _Planning(standing, now)
    return [reminder for person in persons_of(standing) for reminder in planning.of(person)]


def own_steps(course: Course, person: Person, campaign_id: int | None) -> Sequence[Step]:
    """Return the days on which somebody who enters is reminded, as they wish."""
    return wished(coach_steps(course, person.place), person.place, person.snoozed_until(campaign_id), person.away)


def course_of(campaign: Campaign) -> Course:
    """Return the dates of a campaign."""
    return Course(campaign.opens, campaign.date, campaign.closes)


@dataclass(frozen=True)
class _Planning:
    standing: Standing
    now: datetime

    @property
    def campaign(self) -> Campaign:
        return self.standing.campaign

    @cached_property
    def course(self) -> Course:
        return course_of(self.campaign)

    @cached_property
    def subject(self) -> str:
        return subject_of(self.campaign)

    def of(self, person: Person) -> Iterator[Reminder]:
        """Give what somebody is told."""
        found = [*self._further_up(person)]
        coordinated = self._coordinated(person)
        covered = date.min
        if coordinated:
            whole = self._whole(person, coordinated)
            covered = max((reminder.step.day for reminder in whole), default=covered)
            found += whole
            found += self._relay(person, coordinated, covered)
        found += self._reminder(person, coordinated, covered)
        found += self._invitation(person)
        yield from (reminder for reminder in found if reminder.key not in self.standing.told)

    def _coordinated(self, person: Person) -> list[DispositifStanding]:
        references = person.recipient.dispositifs(Role.COORDINATOR)
        return [self.standing.dispositifs[r] for r in references if r in self.standing.dispositifs]

    def _reminder(self, person: Person, coordinated: list[DispositifStanding], covered: date) -> list[Reminder]:
        """What a job coach still has to enter, unless the digest of all they follow says it."""
        followed = self.standing.followed.get(person.account_id, {})
        caseload = Caseload()
        for of_dispositif in followed.values():
            caseload = caseload + of_dispositif
        step = reached(own_steps(self.course, person, self.campaign.id), person.today(self.now))
        if not caseload.missing or step is None:
            return []
        if step.day <= covered and followed.keys() <= {dispositif.reference for dispositif in coordinated}:
            return []
        told_on = self._told_on(person, step)
        text = texts.to_coach(self.campaign, caseload, told_on, opening=step.code == OPENING)
        rows: list[Row] = [_NEXT]
        if caseload.sent_back:
            rows.append((button(texts.VERIFY, "asked_first"),))
        if putting_off := _putting_off(told_on, self.course.due, person.place):
            rows.append(putting_off)
        if not person.recipient.linked:
            text = f"{text}\n{texts.NOT_COME}"
        return [self._new(Kind.REMINDER, person, Role.JOB_COACH, step, Screen(text, tuple(rows)))]

    def _relay(self, person: Person, coordinated: list[DispositifStanding], covered: date) -> list[Reminder]:
        """What absent job coaches leave, told to their coordinator on the days it would have been told to them."""
        step = reached(coach_steps(self.course, person.place), person.today(self.now))
        if step is None or step.day <= covered:
            return []
        lines = [
            texts.absent(coach.email, wish.absent_until or date.max, caseload)
            for dispositif in coordinated
            for account_id, caseload in dispositif.caseloads.items()
            if caseload.missing
            and account_id != person.account_id
            and (coach := self.standing.recipients.get(account_id or 0))
            and (wish := coach.wish)
            and wish.absent_from
            and wish.absent_from <= step.day <= (wish.absent_until or date.max)
        ]
        if not lines:
            return []
        text = texts.relay(self.campaign, self._told_on(person, step), lines)
        rows = (
            (button(texts.WHO_IS_MISSING, "rv_coaches", coordinated[0].reference, 0),),
            (button(texts.ASSIGN, "persons"),),
        )
        return [self._new(Kind.RELAY, person, Role.COORDINATOR, step, Screen(text, rows))]

    def _whole(self, person: Person, coordinated: list[DispositifStanding]) -> list[Reminder]:
        """What stands for every other message to a coordinator: the week's digest, or what came after it."""
        found = [*self._late(person, coordinated), *self._digest(person, coordinated)]
        return [max(found, key=lambda reminder: reminder.step.day)] if found else []

    def _late(self, person: Person, coordinated: list[DispositifStanding]) -> Iterator[Reminder]:
        """The day after the date: who has not entered whom."""
        missing = [dispositif for dispositif in coordinated if dispositif.missing]
        escalation = next(e for e in ESCALATIONS if Role.COORDINATOR in e.roles)
        step = escalation_step(self.course, person.place, escalation)
        if missing and self._reached((step,), person):
            dispositifs = [(dispositif, self._by_coach(dispositif)) for dispositif in missing]
            text = texts.to_coordinator_late(self.campaign, self._told_on(person, step), dispositifs)
            rows = ((button(texts.WHO_IS_MISSING, "rv_coaches", missing[0].reference, 0),),)
            yield self._new(Kind.ESCALATION, person, Role.COORDINATOR, step, Screen(text, rows))

    def _digest(self, person: Person, coordinated: list[DispositifStanding]) -> Iterator[Reminder]:
        """Each week: what is missing and from whom, what waits to be validated."""
        step = self._reached(digest_steps(self.course, person.place), person)
        left = [dispositif for dispositif in coordinated if dispositif.something_left]
        if step is None or person.digests_paused or not left:
            return
        followed = self.standing.followed.get(person.account_id, {})
        own = sum(followed[d.reference].missing for d in left if d.reference in followed)
        text = texts.digest(self.campaign, self._told_on(person, step), [(d, self._by_coach(d)) for d in left], own)
        rows: list[Row] = [(button(texts.REVIEW, "review"),)]
        if missing := [dispositif for dispositif in left if dispositif.missing]:
            rows.insert(0, (button(texts.WHO_IS_MISSING, "rv_coaches", missing[0].reference, 0),))
        if own:
            rows.append(_NEXT)
        if not all(dispositif.figures_recorded for dispositif in left):
            rows.append((button(texts.FIGURES, "figures"),))
        yield self._new(Kind.DIGEST, person, Role.COORDINATOR, step, Screen(text, tuple(rows)))

    def _further_up(self, person: Person) -> Iterator[Reminder]:
        """Three days after the date: which dispositifs have not entered everybody."""
        for escalation in ESCALATIONS:
            for role in sorted(escalation.roles - {Role.COORDINATOR}):
                if not person.recipient.holds(role):
                    continue
                step = self._reached((escalation_step(self.course, person.place, escalation),), person)
                among = self._within(person, role)
                missing = sorted((d for d in among if d.missing), key=lambda d: (-d.missing, d.reference))
                if missing and step is not None:
                    text = texts.further_up(self.campaign, self._told_on(person, step), missing, len(among))
                    rows = ((button(texts.HOME, "start", ""),),)
                    yield self._new(Kind.ESCALATION, person, role, step, Screen(text, rows))
                    return

    def _within(self, person: Person, role: Role) -> list[DispositifStanding]:
        """Return the dispositifs that somebody answers for in a role other than coordinator."""
        scopes = {grant.scope for grant in person.recipient.grants if grant.role == role}
        if role == Role.ADMIN:
            return list(self.standing.dispositifs.values())
        return [
            dispositif
            for dispositif in self.standing.dispositifs.values()
            if {f"departement:{dispositif.departement_no}", f"dispositif:{dispositif.reference}"} & scopes
        ]

    def _invitation(self, person: Person) -> list[Reminder]:
        if person.account_id not in self.standing.invited or person.account_id in self.standing.followed:
            return []
        steps = [step for step in coach_steps(self.course, person.place) if step.code in INVITATION_STEPS]
        step = reached(steps, person.today(self.now))
        if step is None:
            return []
        screen = Screen(texts.invitation(self.campaign))
        return [self._new(Kind.INVITATION, person, Role.JOB_COACH, step, screen)]

    def _by_coach(self, dispositif: DispositifStanding) -> list[str]:
        """Return a line for each job coach who has persons left, the most first; one for the persons of nobody."""
        lines: list[tuple[int, str]] = []
        nobody = Caseload()
        for account_id, caseload in dispositif.caseloads.items():
            coach = self.standing.recipients.get(account_id) if account_id is not None else None
            if coach is None:
                nobody = nobody + caseload
            elif caseload.missing:
                lines.append((-caseload.missing, texts.of_coach(coach.email, caseload)))
        last = [texts.of_coach(texts.NOBODY, nobody)] if nobody.missing else []
        return [line for _, line in sorted(lines)[: texts.MOST_LINES]] + last

    def _reached(self, steps: Sequence[Step], person: Person) -> Step | None:
        return reached(present(steps, person.away), person.today(self.now))

    def _told_on(self, person: Person, step: Step) -> date:
        """Return the day on which it will be read."""
        return person.today(person.goes_out(step, self.now))

    def _new(self, kind: Kind, person: Person, role: Role, step: Step, screen: Screen) -> Reminder:
        out = person.goes_out(step, self.now)
        held_until = out if out > self.now else None
        waiting = texts.held(out, self.now, person.place) if held_until else ""
        reason = texts.reason(kind, step, person.today(self.now), waiting)
        letter = Letter(texts.letter_subject(self.campaign), screen.plain())
        return Reminder(kind, person, role, self.subject, step, screen, letter, reason, held_until)


_NEXT: Row = (button(texts.NEXT, "next"),)


@lru_cache(maxsize=256)
def _putting_off(today: date, due: date, place: Place) -> Row:
    """Return the buttons by which a reminder read on that day is put off, if it can be."""
    choices = snoozes(today, due, place)
    if not choices:
        return ()
    first = button(texts.put_off(choices[0].label), "snooze", choices[0].day)
    return (first, button(texts.LATER, "snooze_later")) if len(choices) > 1 else (first,)
