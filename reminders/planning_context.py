"""What the planning of a campaign's reminders shares: where everybody stands, the moment, how a reminder is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from models.accounts.tables import Role
from models.base.screens import Row, Screen, button
from models.campaigns.tables import Campaign
from models.notifications.emails import Email
from models.reminders.messages import ABSENCE_RELAY, CampaignReminder
from models.reminders.snapshot import CampaignSnapshot, Caseload, DispositifSnapshot, subject_of
from reminders import texts
from reminders.builders import Builders
from reminders.reasons import reason
from reminders.reminder import Addressee, Reminder
from reminders.steps import Course, Step, present, reached

NEXT: Row = (button(texts.NEXT, "next"),)


@dataclass(frozen=True)
class PlanningContext:
    """Where everybody stands in a campaign, at a moment."""

    snapshot: CampaignSnapshot
    now: datetime

    @property
    def campaign(self) -> Campaign:
        """The open campaign."""
        return self.snapshot.campaign

    @cached_property
    def course(self) -> Course:
        """Its dates."""
        return Course(self.campaign.opens, self.campaign.date, self.campaign.closes)

    @cached_property
    def subject(self) -> str:
        """The subject of every reminder about it."""
        return subject_of(self.campaign)

    @cached_property
    def relays_notified(self) -> list[tuple[int, str]]:
        """The account and the period of each absence relay that was sent already: few, of all that was."""
        code = ABSENCE_RELAY.code
        return [(account_id, period) for kind, account_id, period in self.snapshot.notified if kind == code]

    def coordinated(self, person: Addressee) -> list[DispositifSnapshot]:
        """Return the dispositifs that somebody coordinates."""
        references = person.recipient.dispositifs(Role.COORDINATOR)
        return [self.snapshot.dispositifs[r] for r in references if r in self.snapshot.dispositifs]

    def caseload(self, person: Addressee) -> Caseload:
        """Return all that somebody follows, together."""
        caseload = Caseload()
        for of_dispositif in self.snapshot.followed.get(person.account_id, {}).values():
            caseload = caseload + of_dispositif
        return caseload

    def reached(self, steps: Sequence[Step], person: Addressee) -> Step | None:
        """Return the last of the steps that somebody was present for."""
        return reached(present(steps, person.away), person.today(self.now))

    def read_on(self, person: Addressee, step: Step) -> date:
        """Return the day on which a step looked at now is read."""
        return person.today(person.goes_out(step, self.now))

    def new(self, kind: CampaignReminder, person: Addressee, role: Role, step: Step, screen: Screen) -> Reminder:
        """Return a reminder, with the moment until which it waits."""
        out = person.goes_out(step, self.now)
        held_until = out if out > self.now else None
        waiting = texts.held(out, self.now, person.place) if held_until else ""
        why = reason(kind, step, person.today(self.now), waiting)
        letter = Email(texts.letter_subject(self.campaign), screen.plain())
        return Reminder(kind, person, role, self.subject, step, screen, letter, why, held_until)


BUILDERS = Builders[CampaignReminder, PlanningContext, Addressee]()
"""What builds each kind of reminder of a campaign."""
