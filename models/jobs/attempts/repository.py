"""The worker's side of a job, in SQL: take it, give signs of life, end it, find what a crash left.

Each attempt writes under its own `runner`: one that was thought dead and comes back finds the job taken, and changes
nothing any more. That is what makes a job done once, however often it is handed out.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.channels import MessageRef
from models.base.metadata import table
from models.base.rows import Query
from models.jobs.signals import JobSignal
from models.jobs.tables import Job, JobState

_job = table(Job)

STALE = timedelta(seconds=8)
"""A running job whose worker gave no sign of life for so long is anybody's."""

UNHEARD = timedelta(seconds=10)
"""A job handed to the broker and not begun for so long is handed over again."""

BACK_OFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""How long after each failed attempt the next one comes; after the last of them the job is dead."""

MOST_ATTEMPTS = len(BACK_OFF) + 1
KILLED = "worker_killed"


async def claim(session: AsyncSession, now: datetime, job_id: int, kind: str, runner: str) -> Job | None:
    """Begin an attempt and return the job; none if it is done, not due, of another kind, or in living hands."""
    free = or_(
        and_(_job.c.state.in_((JobState.WAITING, JobState.FAILED)), _job.c.due_at <= now),
        and_(_job.c.state == JobState.RUNNING, _job.c.heartbeat <= now - STALE),
    )
    taken = (
        update(Job)
        .where(_job.c.id == job_id, _job.c.kind == kind, free, _job.c.attempts < MOST_ATTEMPTS)
        .values(
            state=JobState.RUNNING,
            runner=runner,
            attempts=_job.c.attempts + 1,
            heartbeat=now,
            started_at=now,
            error=None,
        )
        .returning(Job)
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(taken)).first()


async def heartbeat(session: AsyncSession, now: datetime, job_id: int, runner: str) -> bool:
    """Give a sign of life; return whether the attempt still holds the job."""
    return await _write(session, job_id, runner, heartbeat=now)


async def report(session: AsyncSession, now: datetime, job_id: int, runner: str, progress: Mapping[str, Any]) -> bool:
    """Keep how far the work is, for whoever watches and for the next attempt; return whether it is still ours."""
    return await _write(session, job_id, runner, heartbeat=now, progress=dict(progress))


async def keep_message(session: AsyncSession, now: datetime, job_id: int, runner: str, message: MessageRef) -> bool:
    """Keep which message tells how far the work is; return whether it is still ours."""
    return await _write(session, job_id, runner, heartbeat=now, message_ref=message)


async def finish(session: AsyncSession, now: datetime, job_id: int, runner: str, result: Mapping[str, Any]) -> bool:
    """End a job well; return whether it was still ours."""
    return await _write(session, job_id, runner, state=JobState.DONE, ended_at=now, result=dict(result))


async def fail(session: AsyncSession, now: datetime, job: Job, runner: str, error: str) -> bool:
    """Have a job tried again later, or leave it for dead after its last attempt; return whether it is dead."""
    assert job.id is not None
    if job.attempts < MOST_ATTEMPTS:
        due = now + BACK_OFF[job.attempts - 1]
        await _write(session, job.id, runner, state=JobState.FAILED, due_at=due, queued_at=None, error=error)
        return False
    return await _write(session, job.id, runner, state=JobState.DEAD, ended_at=now, error=error)


async def release(session: AsyncSession, now: datetime, job: Job, runner: str) -> None:
    """Give back a job whose worker is told to stop: the attempt does not count."""
    assert job.id is not None
    back = {"state": JobState.WAITING, "due_at": now, "queued_at": None, "attempts": job.attempts - 1}
    await _write(session, job.id, runner, **back)


async def left_over(session: AsyncSession, now: datetime, *, all_of_them: bool = False) -> list[JobSignal]:
    """Return what should be handed to the broker again, and note that it was.

    That is: what is due and was not handed over (or long ago: the broker may have lost it), and what a worker that
    died held. `all_of_them` takes what was just handed over too, as a worker does that starts.
    """
    lost = and_(
        _job.c.state.in_((JobState.WAITING, JobState.FAILED)),
        _job.c.due_at <= now,
        true() if all_of_them else or_(_job.c.queued_at.is_(None), _job.c.queued_at <= now - UNHEARD),
    )
    orphaned = and_(
        _job.c.state == JobState.RUNNING,
        _job.c.heartbeat <= now - STALE,
        or_(_job.c.queued_at.is_(None), _job.c.queued_at <= now - STALE),
    )
    handed = update(_job).where(or_(lost, orphaned), _job.c.attempts < MOST_ATTEMPTS).values(queued_at=now)
    return await Query(JobSignal, handed.returning(_job.c.kind, _job.c.id)).all(session)


async def mark_dead(session: AsyncSession, now: datetime) -> list[Job]:
    """Leave for dead, and return, the jobs whose last attempt died with its worker."""
    hopeless = select(_job.c.id).where(
        _job.c.state == JobState.RUNNING, _job.c.heartbeat <= now - STALE, _job.c.attempts >= MOST_ATTEMPTS
    )
    dead = (
        update(Job)
        .where(_job.c.id.in_(hopeless), _job.c.state == JobState.RUNNING)
        .values(state=JobState.DEAD, ended_at=now, error=KILLED)
        .returning(Job)
        .execution_options(synchronize_session=False)
    )
    return list((await session.scalars(dead)).all())


async def _write(session: AsyncSession, job_id: int, attempt: str, **values: Any) -> bool:
    """Write on a job that this attempt holds; return whether it does."""
    mine = (_job.c.id == job_id, _job.c.runner == attempt, _job.c.state == JobState.RUNNING)
    written = await session.execute(update(_job).where(*mine).values(**values).returning(_job.c.id))
    return written.first() is not None
