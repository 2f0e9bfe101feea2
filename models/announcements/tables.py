"""What was announced, by whom, to whom."""

from datetime import datetime

from sqlmodel import Field

from models.accounts.tables import Role
from models.base.columns import Moment, closed_list
from models.base.metadata import Table

LONGEST = 1000
"""How many characters an announcement may have."""


class Announcement(Table, table=True):
    """One announcement; its messages stand in the outbox under its number. No role is every role.

    `draw` is the number that the button which sent it carried: tapped twice, it sends once.
    """

    id: int | None = Field(default=None, primary_key=True)
    draw: int = Field(unique=True)
    written_by: int = Field(foreign_key="account.id")
    written_at: datetime = Field(sa_type=Moment)
    role: Role | None = Field(default=None, sa_type=closed_list(Role, "role"))
    scope: str = Field(max_length=40)
    text: str = Field(max_length=LONGEST)
    recipients: int
