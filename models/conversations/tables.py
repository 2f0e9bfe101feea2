"""What a conversation must remember between two taps, in the database so that a restart changes nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import BigInteger, Field

from models.base.channels import MessageRef
from models.base.columns import Moment
from models.base.metadata import Table


class Conversation(Table, table=True):
    """The screen a person has before them.

    `view` is the action that shows it again, `buttons` its labels and actions (typing a label is tapping it),
    `memo` what a screen keeps to itself (the persons taken out of a bulk carry-over).
    """

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    message_ref: MessageRef | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"name": "message_id", "key": "message_ref"}
    )
    view: str = Field(default="", max_length=64)
    buttons: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    memo: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class SeenUpdate(Table, table=True):
    """An update whose effect is committed: delivered again, it changes nothing."""

    __tablename__ = "seen_update"

    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    seen_at: datetime = Field(sa_type=Moment, index=True)
