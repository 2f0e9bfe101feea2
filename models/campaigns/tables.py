"""Campaigns: the dates at which the national tool takes everybody's situation (OB01, OB02)."""

from datetime import date as day
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.base.columns import Moment
from models.base.metadata import Table


class Campaign(Table, table=True):
    """A reporting campaign. Its date is the CFEA's, entered by an administrator, never computed."""

    __table_args__ = (CheckConstraint("closes >= opens", name="dates_in_order"),)

    id: int | None = Field(default=None, primary_key=True)
    date: day = Field(unique=True)
    opens: day
    closes: day | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def number(self) -> int:
        """The number it was given when it was written."""
        assert self.id is not None
        return self.id

    def is_open(self, today: day) -> bool:
        """Whether entries are taken on that day: opened, its last day included, and not closed by hand."""
        return self.closed_at is None and self.opens <= today and (self.closes is None or today <= self.closes)

    def is_over(self, today: day) -> bool:
        """Whether it has ended, by hand or by its last day: what it holds counts as sent up."""
        return self.closed_at is not None or (self.closes is not None and self.closes < today)
