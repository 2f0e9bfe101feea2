"""Where everybody stands, made by hand for the rules that need no database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from models.accounts.permissions import Grant
from models.accounts.tables import Role
from models.campaigns.tables import Campaign
from models.reminders.recipients import Recipient
from models.reminders.snapshot import CampaignSnapshot, Caseload, DispositifSnapshot
from models.reminders.tables import ReminderWish
from reminders.planning import plan
from reminders.reminder import Reminder

YEAR_END = Campaign(id=1, date=date(2026, 12, 31), opens=date(2026, 12, 1), closes=date(2027, 1, 15))
SCOPE = "dispositif:ABC01"
COACH, COLLEAGUE, COORDINATOR, CHEF, ADMIN = 1, 2, 3, 4, 5


def at(text: str) -> datetime:
    """Read a moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def account(number: int, role: Role, scope: str, *, linked: bool = True, wish: ReminderWish | None = None) -> Recipient:
    """Return a live account with one role."""
    return Recipient(number, f"compte{number}@exemple.fr", linked, (Grant(role, scope),), wish)


def wish(number: int, **wishes: Any) -> ReminderWish:
    """Return what somebody wishes."""
    return ReminderWish(account_id=number, changed_at=datetime(2026, 12, 1, tzinfo=UTC), **wishes)


def dispositif(
    reference: str = "ABC01", departement: str = "69", *, recorded: bool = False, **missing: int
) -> DispositifSnapshot:
    """Return a dispositif where account « a1 » has so many of 20 persons missing; « a0 » is nobody."""
    caseloads: dict[int | None, Caseload] = {
        int(name[1:]) or None: Caseload(expected=20, missing=number, to_validate=0) for name, number in missing.items()
    }
    return DispositifSnapshot(1, reference, departement, recorded, caseloads)


def standing(
    dispositifs: Iterable[DispositifSnapshot],
    *recipients: Recipient,
    campaign: Campaign = YEAR_END,
    invited: Mapping[int, Grant] | None = None,
) -> CampaignSnapshot:
    """Return where they stand; whoever has persons follows them."""
    found = {of.reference: of for of in dispositifs}
    accounts = {recipient.account_id: recipient for recipient in recipients}
    followed: dict[int, dict[str, Caseload]] = {}
    for of in found.values():
        for number, caseload in of.caseloads.items():
            if number in accounts:
                followed.setdefault(number, {})[of.reference] = caseload
    return CampaignSnapshot(campaign, found, accounts, followed, invited or {}, {})


def tick(at: CampaignSnapshot, now: datetime) -> tuple[list[Reminder], CampaignSnapshot]:
    """Return what goes out at that moment, and where they stand once it is told."""
    out = [reminder for reminder in plan(at, now) if reminder.held_until is None]
    return out, replace(at, notified={**at.notified, **{reminder.key: now for reminder in out}})


def after(at: CampaignSnapshot, missing: Mapping[int, int]) -> CampaignSnapshot:
    """Return the same once those accounts have so many persons left."""
    for of in at.dispositifs.values():
        for number, left in missing.items():
            if number in of.caseloads:
                of.caseloads[number].missing = left
    return at
