"""What is due to whom at a moment: from where everybody stands, by the policy and each person's wishes.

Nothing is kept between two calls: what was sent is in the outbox. One message says it all: of the steps that somebody
reached only the last one counts, and a kind that stands for others takes their place up to the day it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property

from models.accounts.tables import Role
from models.kinds import MESSAGE_KINDS
from models.reminders.messages import CampaignReminder, GivesWay
from models.reminders.snapshot import CampaignSnapshot
from reminders import coordinating, entering  # noqa: F401 - their builders declare themselves
from reminders.isolate_failures import isolate_failures
from reminders.planning_context import BUILDERS, PlanningContext
from reminders.reminder import Addressee, Reminder, persons_of
from reminders.steps import is_notified

KINDS = tuple(kind for kind in MESSAGE_KINDS.values() if isinstance(kind, CampaignReminder))
BUILDERS.complete(KINDS)

_WHOLE = frozenset(kind.code for kind in KINDS if kind.gives_way is GivesWay.STANDS_FOR_OTHERS)


def plan(snapshot: CampaignSnapshot | None, now: datetime) -> list[Reminder]:
    """Return what goes out at that moment and what waits for its hour, without what was sent already."""
    if snapshot is None:
        return []
    return isolate_failures(_Planning(PlanningContext(snapshot, now)).of, persons_of(snapshot))


@cache
def _kinds_for(roles: frozenset[Role]) -> tuple[tuple[CampaignReminder, ...], tuple[CampaignReminder, ...]]:
    """Return the kinds that may be due to whoever has those roles: those that stand for others, and the others.

    Persons may be entrusted to anybody, whatever their roles.
    """
    theirs = [kind for kind in KINDS if kind.to & (roles | {Role.JOB_COACH})]
    whole = tuple(kind for kind in theirs if kind.code in _WHOLE)
    return whole, tuple(kind for kind in theirs if kind not in whole)


@dataclass(frozen=True)
class _Planning:
    context: PlanningContext

    @cached_property
    def whole_notified(self) -> dict[int, datetime]:
        """When each account was last sent what stands for every other message."""
        last: dict[int, datetime] = {}
        for (kind, account_id, _), at in self.context.snapshot.notified.items():
            if kind in _WHOLE:
                last[account_id] = max(last.get(account_id, at), at)
        return last

    def of(self, person: Addressee) -> Iterator[Reminder]:
        """Give what is due to somebody: nothing twice, nothing while they are away, nothing after the campaign."""
        for one in self._found(person):
            out = self.context.read_on(person, one.step)
            if is_notified(out, self.context.course, person.away) and one.key not in self.context.snapshot.notified:
                yield one

    def _found(self, person: Addressee) -> Iterator[Reminder]:
        kinds, others = _kinds_for(frozenset(grant.role for grant in person.recipient.grants))
        before = self.whole_notified.get(person.account_id)
        covered = person.today(before) if before else date.min
        # Of two for the same day the first counts: what is missing further up says more than the digest.
        whole = [one for kind in kinds for one in BUILDERS(kind, self.context, person) if one.step.day > covered]
        if whole:
            last = max(whole, key=lambda one: one.step.day)
            covered = max(covered, self.context.read_on(person, last.step))
            yield last
        for kind in others:
            for one in BUILDERS(kind, self.context, person):
                if one.step.day > covered or not self._is_said(kind, person):
                    yield one

    def _is_said(self, kind: CampaignReminder, person: Addressee) -> bool:
        """Whether what stands for other messages says what one of that kind would."""
        if kind.gives_way is GivesWay.WHERE_ALL_IS_SAID:
            followed = self.context.snapshot.followed.get(person.account_id, {}).keys()
            return followed <= {dispositif.reference for dispositif in self.context.coordinated(person)}
        return kind.gives_way is GivesWay.ALWAYS
