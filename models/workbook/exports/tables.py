"""Workbooks that were exported, and what each of them said: the memory behind E19."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import BigInteger, Field

from models.base.columns import Moment
from models.base.metadata import Table


class Export(Table, table=True):
    """One workbook written: by whom, of what, its SHA-256; `sent_up_at` once it was declared sent up."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    scope: str = Field(max_length=40)
    sha256: str = Field(max_length=64, index=True)
    sent_up_at: datetime | None = Field(default=None, sa_type=Moment)


class ExportedEvent(Table, table=True):
    """An event in an exported workbook: its revision then, and the codes that left.

    No foreign key to the event or its person: what left stays known whatever becomes of them.
    """

    __tablename__ = "exported_event"

    export_id: int = Field(foreign_key="export.id", primary_key=True)
    person_id: int = Field(primary_key=True, index=True)
    revision: int = Field(sa_type=BigInteger)
    answers: dict[str, Any] = Field(sa_type=JSON)
