"""What a transaction leaves for the workers, noted on its session until it is committed.

A signal only says that there is a row to look at: lost or told twice, it changes nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

_NOTED = "signals"


@dataclass(frozen=True)
class JobSignal:
    """What a worker is called for: a kind of work, and the job's number where it is one."""

    kind: str
    job_id: int | None = None


Enqueue = Callable[[Sequence[JobSignal]], Awaitable[None]]
"""Calls the workers for what a committed transaction left them; fails nobody."""


def note(session: AsyncSession, signal: JobSignal) -> None:
    """Have the workers called once the transaction of this session is committed."""
    session.info.setdefault(_NOTED, {})[signal] = None


def noted(session: AsyncSession) -> tuple[JobSignal, ...]:
    """Return what was noted on this session, each once, in order."""
    return tuple(session.info.get(_NOTED, {}))
