"""Work asked for, and where it stands."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import BigInteger, Field

from models.base.channels import MessageRef
from models.base.columns import Moment, closed_list
from models.base.metadata import Table

LONGEST_KIND = 40
"""How many characters the code of a type of work may have."""


class JobState(StrEnum):
    """Where a job stands. `failed` is tried again later; `dead` was tried often enough and waits for somebody."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Job(Table, table=True):
    """A piece of work. Its arguments are numbers and codes; `runner` is the attempt that may write on it.

    `due_at` is when it may run, `queued_at` when it was last handed to the broker, `heartbeat` when its worker last
    gave a sign of life, `message_ref` the message that tells whoever asked how far it is.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=LONGEST_KIND)
    arguments: dict[str, Any] = Field(sa_type=JSON)
    state: JobState = Field(default=JobState.WAITING, sa_type=closed_list(JobState, "state"), index=True)
    attempts: int = 0
    asked_by: int | None = Field(default=None, foreign_key="account.id", index=True)
    asked_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    queued_at: datetime | None = Field(default=None, sa_type=Moment)
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    heartbeat: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    runner: str | None = Field(default=None, max_length=32)
    message_ref: MessageRef | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"name": "message_id", "key": "message_ref"}
    )
    progress: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    result: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    error: str | None = Field(default=None, max_length=80)
