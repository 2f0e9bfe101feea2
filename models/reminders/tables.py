"""What somebody wishes of their reminders."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.base.columns import Moment
from models.base.metadata import Table


class ReminderWish(Table, table=True):
    """The wishes of one account; whoever has none is reminded at the usual hour.

    `snoozed_until` is the day on which reminders begin again, in the campaign `snoozed_in` only. The absence includes
    its first and its last day; its coordinator is told instead.
    """

    __tablename__ = "reminder_wish"
    __table_args__ = (
        CheckConstraint("hour >= 8 AND hour < 19", name="decent_hour"),
        CheckConstraint("absent_until >= absent_from", name="absence_in_order"),
        CheckConstraint("(absent_from IS NULL) = (absent_until IS NULL)", name="absence_from_and_until"),
    )

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    hour: int | None = None
    digests_paused: bool = False
    absent_from: date | None = None
    absent_until: date | None = None
    snoozed_until: date | None = None
    snoozed_in: int | None = Field(default=None, foreign_key="campaign.id")
    changed_at: datetime = Field(sa_type=Moment)
