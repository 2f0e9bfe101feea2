"""Who may be told something, with what they wish of it."""

from dataclasses import dataclass

from models.accounts.permissions import Grant
from models.accounts.tables import Role
from models.reminders.tables import ReminderWish


@dataclass(frozen=True, slots=True)
class Recipient:
    """A live account that may be told something."""

    account_id: int
    email: str
    linked: bool
    grants: tuple[Grant, ...]
    wish: ReminderWish | None

    def holds(self, role: Role) -> bool:
        """Whether the account has that role anywhere."""
        return any(grant.role == role for grant in self.grants)

    def dispositifs(self, role: Role) -> list[str]:
        """Return the references of the dispositifs in which the account has that role."""
        return sorted({g.dispositif for g in self.grants if g.role == role and g.dispositif is not None})


Recipients = dict[int, Recipient]
"""By the number of the account, in the order of those numbers."""
