"""What is due to whom at a moment: from where everybody stands, by the policy and each person's wishes.

Nothing is kept between two calls: what was told is in the outbox. One message says it all: of the steps that somebody
reached only the last one counts, and a digest or an escalation stands for the reminders up to the day it is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from models.accounts.tables import Role
from models.reminders.standing import CampaignSnapshot
from reminders.coordinating import digest, further_up, late
from reminders.entering import invitation, relays, reminder
from reminders.isolate_failures import isolate_failures
from reminders.planning_context import PlanningContext
from reminders.policy import ReminderKind
from reminders.reminder import Addressee, Reminder, persons_of
from reminders.steps import is_told

WHOLE = frozenset({ReminderKind.DIGEST, ReminderKind.ESCALATION})
"""What stands for every other message to whoever coordinates."""


def plan(standing: CampaignSnapshot | None, now: datetime) -> list[Reminder]:
    """Return what goes out at that moment and what waits for its hour, without what is told already."""
    if standing is None:
        return []
    return isolate_failures(_Planning(PlanningContext(standing, now)).of, persons_of(standing))


@dataclass(frozen=True)
class _Planning:
    scene: PlanningContext

    @cached_property
    def told_whole(self) -> dict[int, datetime]:
        """When each account was last told a digest or an escalation."""
        last: dict[int, datetime] = {}
        for (kind, account_id, _), at in self.scene.standing.told.items():
            if kind in WHOLE:
                last[account_id] = max(last.get(account_id, at), at)
        return last

    def of(self, person: Addressee) -> Iterator[Reminder]:
        """Give what somebody is told: nothing twice, nothing while they are away, nothing once the campaign is over."""
        found = self._found(person)
        for one in found:
            out = self.scene.told_on(person, one.step)
            if is_told(out, self.scene.course, person.away) and one.key not in self.scene.standing.told:
                yield one

    def _found(self, person: Addressee) -> list[Reminder]:
        if all(grant.role == Role.JOB_COACH for grant in person.recipient.grants):
            # Most people: nothing stands for what they still have to enter.
            return [*reminder(self.scene, person), *invitation(self.scene, person)]
        before = self.told_whole.get(person.account_id)
        covered = person.today(before) if before else date.min
        # Of two for the same day the first counts: what is missing further up says more than the digest.
        whole = [*further_up(self.scene, person), *late(self.scene, person), *digest(self.scene, person)]
        whole = [one for one in whole if one.step.day > covered]
        if whole:
            last = max(whole, key=lambda one: one.step.day)
            covered = max(covered, self.scene.told_on(person, last.step))
            whole = [last]
        others = [*self._own(person, covered), *relays(self.scene, person)]
        others = [one for one in others if one.kind == ReminderKind.REMINDER or one.step.day > covered]
        return [*whole, *others, *invitation(self.scene, person)]

    def _own(self, person: Addressee, covered: date) -> Iterator[Reminder]:
        """Give what somebody still has to enter, unless what stands for it speaks of all they follow."""
        followed = self.scene.standing.followed.get(person.account_id, {}).keys()
        coordinated = {dispositif.reference for dispositif in self.scene.coordinated(person)}
        for one in reminder(self.scene, person):
            if one.step.day > covered or not followed <= coordinated:
                yield one
