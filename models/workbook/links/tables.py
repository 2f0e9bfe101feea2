"""A link to the assistant's own address: who it was given to, what for, until when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.base.columns import Moment, closed_list
from models.base.metadata import Table


class Purpose(StrEnum):
    """What a link is for."""

    FETCH = "fetch"
    SEND = "send"


class ExchangeLink(Table, table=True):
    """A link of which only hashes are kept; `file` is the workbook to fetch, in the data folder's exchange."""

    __tablename__ = "exchange_link"
    __table_args__ = (CheckConstraint("(purpose = 'fetch') = (file IS NOT NULL)", name="file_to_fetch"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    digits_hash: str = Field(max_length=64)
    purpose: Purpose = Field(sa_type=closed_list(Purpose, "purpose"))
    account_id: int = Field(foreign_key="account.id", index=True)
    file: str | None = Field(default=None, max_length=80)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    wrong_digits: int = Field(default=0)
