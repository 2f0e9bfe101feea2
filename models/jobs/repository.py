"""Ask for work in the transaction that decided it, watch over it, call it off, have it done again."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import ACCOUNT, everywhere
from models.accounts.tables import Account
from models.base.channels import Address
from models.base.metadata import table
from models.base.rows import Query
from models.jobs.kinds import JobKind
from models.jobs.signals import JobSignal, note
from models.jobs.tables import Job, JobState

_account = table(Account)

_job = table(Job)

UNDER_WAY = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)

_FIRST = case(
    {JobState.DEAD: 0, JobState.FAILED: 1, JobState.RUNNING: 2, JobState.WAITING: 3}, value=_job.c.state, else_=4
)
"""What needs a look stands first, then what is under way."""

_VISIBLE = or_(_job.c.asked_by == ACCOUNT, everywhere(Permission.JOBS))
"""One's own jobs; all of them for an administrator."""


async def ask(session: AsyncSession, now: datetime, kind: JobKind, asked_by: int | None, **arguments: int | str) -> int:
    """Have work of that type done once the transaction is committed; return the job's number.

    `asked_by` is the account in whose name it is done, none for the command line. The arguments are numbers and
    codes, never anything about a person.
    """
    job = Job(kind=kind.code, arguments=arguments, asked_by=asked_by, asked_at=now, due_at=now, queued_at=now)
    session.add(job)
    await session.flush()
    assert job.id is not None
    note(session, JobSignal(kind.code, job.id))
    return job.id


async def job_of(session: AsyncSession, actor: Actor, job_id: int) -> Job | None:
    """Return a job: one's own, any for an administrator; another one does not exist."""
    return (await session.scalars(select(Job).where(_job.c.id == job_id, _VISIBLE), actor.scope)).first()


async def last_jobs(session: AsyncSession, actor: Actor, most: int) -> list[Job]:
    """Return the last jobs for an administrator, what needs a look first; nothing for anybody else."""
    query = select(Job).where(everywhere(Permission.JOBS)).order_by(_FIRST, _job.c.id.desc()).limit(most)
    return list((await session.scalars(query, actor.scope)).all())


class _Count(NamedTuple):
    state: JobState
    number: int


_COUNTS = Query(_Count, select(_job.c.state, func.count()).where(everywhere(Permission.JOBS)).group_by(_job.c.state))


async def job_counts(session: AsyncSession, actor: Actor) -> dict[JobState, int]:
    """Return how many jobs stand in each state, for an administrator."""
    return {one.state: one.number for one in await _COUNTS.all(session, actor.scope)}


async def cancel(session: AsyncSession, actor: Actor, now: datetime, job_id: int) -> bool:
    """Call a job off, one's own or as an administrator; return whether there was still something to call off.

    A worker that is at it learns so within two seconds.
    """
    return await _move(session, actor, job_id, _VISIBLE, UNDER_WAY, state=JobState.CANCELLED, ended_at=now)


async def run_again(session: AsyncSession, actor: Actor, now: datetime, job_id: int) -> bool:
    """Have a dead job done again, from its first attempt, as an administrator; return whether it was dead."""
    fresh = {"state": JobState.WAITING, "attempts": 0, "due_at": now, "queued_at": now, "ended_at": None}
    moved = await _move(session, actor, job_id, everywhere(Permission.JOBS), (JobState.DEAD,), **fresh)
    if moved:
        job = await session.get_one(Job, job_id)
        note(session, JobSignal(job.kind, job_id))
    return moved


async def _move(
    session: AsyncSession,
    actor: Actor,
    job_id: int,
    right: ColumnElement[bool],
    states: tuple[JobState, ...],
    **values: object,
) -> bool:
    statement = update(_job).where(_job.c.id == job_id, right, _job.c.state.in_(states)).values(**values)
    return (await session.execute(statement.returning(_job.c.id), actor.scope)).first() is not None


async def address_of(session: AsyncSession, account_id: int) -> Address | None:
    """Return the address at which an account is told of its jobs, unless its access was withdrawn."""
    query = select(_account.c.channel_address).where(_account.c.id == account_id, _account.c.revoked_at.is_(None))
    return (await session.scalars(query)).first()
