"""The audit: every change of a person, a right or a campaign, and every import."""

from datetime import datetime

from sqlmodel import Field

from models.base.columns import EncryptedText, Moment
from models.base.metadata import Table


class Audit(Table, table=True):
    """Who did what, when, to which subject; before and after are encrypted, since a person's may identify."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    action: str = Field(max_length=40)
    subject: str = Field(max_length=60, index=True)
    before: str | None = Field(default=None, sa_type=EncryptedText)
    after: str | None = Field(default=None, sa_type=EncryptedText)
