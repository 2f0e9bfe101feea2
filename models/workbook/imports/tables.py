"""The imports that were applied, so that each can be undone as a whole."""

from datetime import datetime

from sqlmodel import Field

from models.base.columns import Moment
from models.base.metadata import Table


class ImportRun(Table, table=True):
    """One applied import. What it changed stands in the audit and in the events' history.

    Its lines there are those of its account and moment between two numbers: the last before it, and its own last.
    """

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    created: int
    updated: int
    audit_before: int
    audit_last: int
    history_before: int
    history_last: int
    undone_at: datetime | None = Field(default=None, sa_type=Moment)
    undone_by: int | None = Field(default=None, foreign_key="account.id")
