"""What is told when, around a campaign's date: the policy, as data.

Days before the date move to the working day before, days after it to the working day after.
"""

from dataclasses import dataclass

from models.accounts.tables import Role

OPENING = "ouverture"
"""The first reminder, on the day the campaign opens."""

BEFORE = (14, 7, 2, 0)
"""How many days before the date those who are not done are reminded: J-14, J-7, J-2, J."""

EVERY_AFTER = 2
"""After the date they are reminded every so many working days, until the campaign closes."""


def before_code(days: int) -> str:
    """Return the code of a day before the date."""
    return f"J-{days}" if days else "J"


INVITATION_STEPS = frozenset({OPENING, before_code(7)})
"""When somebody who was invited and has not come is written to."""


@dataclass(frozen=True)
class Escalation:
    """So many days after the date, who learns what is still missing."""

    days: int
    roles: frozenset[Role]

    @property
    def code(self) -> str:
        """Its name, « J+1 »."""
        return f"J+{self.days}"


ESCALATIONS = (
    Escalation(1, frozenset({Role.COORDINATOR})),
    Escalation(3, frozenset({Role.CHEF_DE_FILE, Role.ADMIN})),
)
"""The coordinator first, with the names of the coaches; then the chef de file and the administrators."""

SNOOZED = "report"
RETURN = "retour"
"""The steps that somebody's own wishes add: the end of a snooze, the first working day after an absence."""
