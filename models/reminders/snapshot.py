"""Where everybody stands in the open campaign: all that its reminders are decided from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.accounts.permissions import Grant
from models.campaigns.tables import Campaign
from models.events.tables import EventState
from models.reminders.recipients import Recipient


@dataclass(slots=True)
class Caseload:
    """How many persons somebody is asked about in one dispositif, and how far they are."""

    expected: int = 0
    missing: int = 0
    sent_back: int = 0
    to_validate: int = 0

    def add(self, state: EventState | None, persons: int) -> None:
        """Count persons whose event is in that state; none is « no event »."""
        self.expected += persons
        self.missing += persons if state is None else 0
        self.sent_back += persons if state == EventState.SENT_BACK else 0
        self.to_validate += persons if state == EventState.ENTERED else 0

    def __add__(self, other: "Caseload") -> "Caseload":
        """Return both together."""
        return Caseload(
            self.expected + other.expected,
            self.missing + other.missing,
            self.sent_back + other.sent_back,
            self.to_validate + other.to_validate,
        )


@dataclass(frozen=True)
class DispositifSnapshot:
    """Where a dispositif stands: its caseloads by the coach's account, none for the persons nobody follows."""

    number: int
    reference: str
    departement_no: str | None
    figures_recorded: bool
    caseloads: dict[int | None, Caseload] = field(default_factory=dict)

    def total(self, of: str) -> int:
        """Return a field of the caseloads, summed."""
        return sum(getattr(caseload, of) for caseload in self.caseloads.values())

    @property
    def missing(self) -> int:
        """How many persons are still to be entered."""
        return self.total("missing")

    @property
    def something_left(self) -> bool:
        """Whether its coordinator still has something to do or to wait for."""
        left = self.missing + self.total("sent_back") + self.total("to_validate")
        return left > 0 or (bool(self.caseloads) and not self.figures_recorded)


@dataclass(frozen=True)
class CampaignSnapshot:
    """All that the reminders of a campaign are decided from.

    `followed`: each coach's caseloads by dispositif, those they may enter; those of a coach who has not come yet too.
    `invited`: who has an invitation to open still, and to what. `notified`: kind, account and period of what is told
    already, and when it was written.
    """

    campaign: Campaign
    dispositifs: Mapping[str, DispositifSnapshot]
    recipients: Mapping[int, Recipient]
    followed: Mapping[int, Mapping[str, Caseload]]
    invited: Mapping[int, Grant]
    notified: Mapping[tuple[str, int, str], datetime]


def subject_of(campaign: Campaign) -> str:
    """Return the subject under which a campaign's reminders stand in the outbox."""
    return f"campaign:{campaign.date}"
