"""Kinds of message: each is declared once, in its feature's `messages.py`, and gathered in `models.kinds`.

A kind that is not complete cannot be made: the program does not start, and says what is missing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from functools import cache

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Role
from models.jobs.kinds import JobKind
from models.notifications.delivery.repository import Claimed
from models.notifications.tables import LONGEST_KIND


class Part(StrEnum):
    """In what part somebody is notified, who needs no role for it."""

    PARTICIPANT = "participant"


class HoldsTrue(Enum):
    """How long a message that waits is worth sending; later it is decided anew."""

    UNTIL_EVENING = "until the quiet hours begin where its reader works"
    UNTIL_IT_BEGINS = "until the meeting it announces begins"


NoLongerRelevant = Callable[[AsyncSession, datetime, Sequence[Claimed]], Awaitable[set[int]]]
"""Gives the numbers of those messages about to be sent that say nothing true any more: they are withdrawn instead."""


@dataclass(frozen=True, eq=False)
class MessageKind:
    """A kind of message: the code that the outbox keeps, how it is called in French, when it is not worth sending."""

    code: str
    name: str
    no_longer_relevant: NoLongerRelevant | None = None

    def __post_init__(self) -> None:
        if not self.name or not 0 < len(self.code) <= LONGEST_KIND:
            raise ValueError(
                f"kind of message {self.code!r}: a code of 1 to {LONGEST_KIND} characters and a French name"
            )


@dataclass(frozen=True, eq=False, kw_only=True)
class ReminderKind(MessageKind):
    """A kind of message that the scheduler plans.

    `counted` is what previews call one and several of them. `why` is the reason they show, empty where the step says it
    all. `to` are the roles and parts in which it is received.
    """

    counted: tuple[str, str]
    why: str
    to: frozenset[Role | Part]
    holds: HoldsTrue


@cache
def outcome_of(job: JobKind) -> MessageKind:
    """Return the kind of the messages by which a job tells what became of it: they have its code and its name."""
    return MessageKind(job.code, job.name)
