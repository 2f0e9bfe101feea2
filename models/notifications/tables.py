"""Messages to send, and who cannot be reached."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import BigInteger, Field

from models.base.channels import MessageRef
from models.base.columns import Moment, closed_list
from models.base.metadata import Table


class Delivery(StrEnum):
    """Where a message stands. `sending` is claimed by a worker; `uncertain` may or may not have arrived; `failed` was
    tried as often as it is worth."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    FAILED = "failed"


class Channel(StrEnum):
    """The way a message went, or was tried last."""

    TELEGRAM = "telegram"
    EMAIL = "email"


LONGEST_KIND, LONGEST_SUBJECT, LONGEST_PERIOD = 40, 60, 40
"""How many characters the code of a message's kind, its subject and its period may have."""


_REMEMBERED = text("screen IS NOT NULL")


class OutboxMessage(Table, table=True):
    """A message to one person. The same thing about the same subject and period is told once.

    `document` is a file to send with it, named from the data directory; `calendar` one kept here; `letter` what goes by
    e-mail in its place. With a `departement` it is sent in decent hours there only; once `stale_after` has passed it is
    not sent any more. Long after it arrived, what it said is forgotten: no `screen`, no `letter`.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("kind", "account_id", "subject", "period"),
        Index("ix_outbox_message_remembered", "ended_at", sqlite_where=_REMEMBERED, postgresql_where=_REMEMBERED),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=LONGEST_KIND)
    account_id: int = Field(foreign_key="account.id", index=True)
    subject: str = Field(max_length=LONGEST_SUBJECT, index=True)
    period: str = Field(max_length=LONGEST_PERIOD)
    screen: dict[str, Any] | None = Field(sa_type=JSON(none_as_null=True))
    document: str | None = Field(default=None, max_length=200)
    letter: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    calendar: dict[str, str] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    departement: str | None = Field(default=None, max_length=3)
    state: Delivery = Field(default=Delivery.PENDING, sa_type=closed_list(Delivery, "delivery"), index=True)
    attempts: int = 0
    written_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    stale_after: datetime | None = Field(default=None, sa_type=Moment)
    claimed_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    channel: Channel | None = Field(default=None, sa_type=closed_list(Channel, "channel"))
    message_ref: MessageRef | None = Field(
        default=None, sa_type=BigInteger, sa_column_kwargs={"name": "message_id", "key": "message_ref"}
    )
    cause: str | None = Field(default=None, max_length=80)


class Unreachable(Table, table=True):
    """Somebody whom the channel lets us write to no more, until they come back."""

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    since: datetime = Field(sa_type=Moment)


class ChannelLine(Table, table=True):
    """Who holds the one line to the channel, and until when it asked for silence. There is one row at most."""

    __tablename__ = "telegram_line"

    id: int | None = Field(default=None, primary_key=True)
    holder: str | None = Field(default=None, max_length=40)
    held_until: datetime = Field(sa_type=Moment)
    closed_until: datetime | None = Field(default=None, sa_type=Moment)


class SignOfLife(Table, table=True):
    """When a process that has nothing else to show for it last did its work."""

    __tablename__ = "sign_of_life"

    process: str = Field(primary_key=True, max_length=20)
    at: datetime = Field(sa_type=Moment)
