"""Who is told, and what they are told."""

from dataclasses import dataclass
from datetime import date, datetime

from models.accounts.tables import Role
from models.base.screens import Screen
from models.notifications.emails import Email
from models.notifications.kinds import HoldsTrue, Part, ReminderKind
from models.notifications.repository import Notification
from models.reference.decent_hours import USUAL, end_of_day, moment, next_decent
from models.reference.scopes import Level, Scope
from models.reference.working_days import MAINLAND, Place, place_of
from models.reminders.recipients import Recipient
from models.reminders.snapshot import CampaignSnapshot
from reminders.steps import Away, Step


@dataclass(frozen=True, slots=True)
class Addressee:
    """A recipient with their place and their wishes."""

    recipient: Recipient
    place: Place

    @property
    def account_id(self) -> int:
        """The number of the account."""
        return self.recipient.account_id

    @property
    def hour(self) -> int:
        """The hour at which their reminders come, on their clock."""
        wish = self.recipient.wish
        return USUAL if wish is None or wish.hour is None else wish.hour

    @property
    def away(self) -> Away | None:
        """When they are absent, if they said so."""
        return away_of(self.recipient)

    @property
    def digests_paused(self) -> bool:
        """Whether they wish for no weekly digest."""
        return self.recipient.wish is not None and self.recipient.wish.digests_paused

    def snoozed_until(self, campaign_id: int | None) -> date | None:
        """Return the day until which they put the reminders of that campaign off, if they did."""
        wish = self.recipient.wish
        return wish.snoozed_until if wish is not None and wish.snoozed_in == campaign_id else None

    def today(self, now: datetime) -> date:
        """Return the day it is where they work."""
        return now.astimezone(self.place.zone).date()

    def goes_out(self, step: Step, now: datetime) -> datetime:
        """Return when a step goes out to them, looked at now: now, or the moment until which it is held."""
        return next_decent(max(now, moment(step.day, self.place, self.hour)), self.place, self.hour)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody is told at a step, in what role and why. `held_until` is set where it waits for its hour.

    `begins_at` is when the meeting begins that it announces, where its kind holds true until then.
    """

    kind: ReminderKind
    person: Addressee
    role: Role | Part
    subject: str
    step: Step
    screen: Screen
    letter: Email
    reason: str
    held_until: datetime | None = None
    begins_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What is told once: kind, account and period."""
        return (self.kind.code, self.person.account_id, self.step.code)

    def notification(self, now: datetime) -> Notification:
        """Return it as the outbox takes it: not sent while it holds true, it is decided anew."""
        stale_after = {
            HoldsTrue.UNTIL_EVENING: end_of_day(now, self.person.place),
            HoldsTrue.UNTIL_IT_BEGINS: self.begins_at,
        }
        return Notification(
            self.kind,
            self.person.account_id,
            self.subject,
            self.step.code,
            self.screen,
            letter=self.letter,
            stale_after=stale_after[self.kind.holds],
        )


def away_of(recipient: Recipient) -> Away | None:
    """Return when somebody is absent, if they said so."""
    wish = recipient.wish
    if wish is None or wish.absent_from is None or wish.absent_until is None:
        return None
    return Away(wish.absent_from, wish.absent_until)


def persons_of(snapshot: CampaignSnapshot) -> list[Addressee]:
    """Return everybody who may be told something, where they work."""
    return [Addressee(recipient, _place_of(recipient, snapshot)) for recipient in snapshot.recipients.values()]


def _place_of(recipient: Recipient, snapshot: CampaignSnapshot) -> Place:
    """Where somebody follows persons; else where they hold their first role; else the mainland."""
    followed = min(snapshot.followed.get(recipient.account_id, ()), default=None)
    invited = snapshot.invited.get(recipient.account_id)
    grants = [*recipient.grants, *([invited] if invited else [])]
    scopes = [Scope(Level.DISPOSITIF, followed)] if followed else [Scope.parse(grant.scope) for grant in grants]
    for level, code in scopes:
        if level is Level.DEPARTEMENT:
            return place_of(code)
        if level is Level.DISPOSITIF and code in snapshot.dispositifs:
            return place_of(snapshot.dispositifs[code].departement_no)
    return MAINLAND
