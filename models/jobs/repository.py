"""Ask for work in the transaction that decided it, watch over it, call it off, have it done again."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor
from models.accounts.tables import Account, Role, RoleGrant
from models.jobs.signals import JobSignal, note
from models.jobs.tables import Job, JobState

UNDER_WAY = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)

_FIRST = case(
    {JobState.DEAD: 0, JobState.FAILED: 1, JobState.RUNNING: 2, JobState.WAITING: 3}, value=Job.state, else_=4
)
"""What needs a look stands first, then what is under way."""


async def ask(session: AsyncSession, now: datetime, kind: str, asked_by: int | None, **arguments: int | str) -> int:
    """Have work of that kind done once the transaction is committed; return the job's number.

    `asked_by` is the account in whose name it is done, none for the command line. The arguments are numbers and
    codes, never anything about a person.
    """
    job = Job(kind=kind, arguments=arguments, asked_by=asked_by, asked_at=now, due_at=now, queued_at=now)
    session.add(job)
    await session.flush()
    assert job.id is not None
    note(session, JobSignal(kind, job.id))
    return job.id


async def job_of(session: AsyncSession, actor: Actor, job_id: int) -> Job | None:
    """Return a job: one's own, any for an administrator; another one does not exist."""
    return (await session.scalars(select(Job).where(col(Job.id) == job_id, _visible(actor)))).first()


async def last_jobs(session: AsyncSession, actor: Actor, most: int) -> list[Job]:
    """Return the last jobs for an administrator, what needs a look first; nothing for anybody else."""
    query = select(Job).where(administered(actor)).order_by(_FIRST, col(Job.id).desc()).limit(most)
    return list((await session.scalars(query)).all())


async def job_counts(session: AsyncSession, actor: Actor) -> dict[JobState, int]:
    """Return how many jobs stand in each state, for an administrator."""
    query = select(col(Job.state), func.count()).where(administered(actor)).group_by(col(Job.state))
    return {row[0]: row[1] for row in await session.execute(query)}


async def cancel(session: AsyncSession, actor: Actor, now: datetime, job_id: int) -> bool:
    """Call a job off, one's own or as an administrator; return whether there was still something to call off.

    A worker that is at it learns so within two seconds.
    """
    return await _move(session, job_id, _visible(actor), UNDER_WAY, state=JobState.CANCELLED, ended_at=now)


async def run_again(session: AsyncSession, actor: Actor, now: datetime, job_id: int) -> bool:
    """Have a dead job done again, from its first attempt, as an administrator; return whether it was dead."""
    fresh = {"state": JobState.WAITING, "attempts": 0, "due_at": now, "queued_at": now, "ended_at": None}
    moved = await _move(session, job_id, administered(actor), (JobState.DEAD,), **fresh)
    if moved:
        job = await session.get_one(Job, job_id)
        note(session, JobSignal(job.kind, job_id))
    return moved


async def _move(
    session: AsyncSession, job_id: int, right: ColumnElement[bool], states: tuple[JobState, ...], **values: object
) -> bool:
    moved = await session.execute(
        update(Job)
        .where(col(Job.id) == job_id, right, col(Job.state).in_(states))
        .values(**values)
        .returning(col(Job.id))
        .execution_options(synchronize_session=False)
    )
    return moved.first() is not None


async def telegram_of(session: AsyncSession, account_id: int) -> int | None:
    """Return the phone on which an account is told of its jobs, unless its access was withdrawn."""
    query = select(col(Account.telegram_id)).where(col(Account.id) == account_id, col(Account.revoked_at).is_(None))
    return (await session.scalars(query)).first()


def administered(actor: Actor) -> ColumnElement[bool]:
    """Return the clause of what only administrators see (`droits.yaml`); their role is read anew."""
    if actor.account_id is None:
        return true() if Role.ADMIN in actor.roles else false()
    mine = and_(col(RoleGrant.account_id) == actor.account_id, col(RoleGrant.role) == Role.ADMIN)
    return select(col(RoleGrant.id)).where(mine).exists()


def _visible(actor: Actor) -> ColumnElement[bool]:
    own = false() if actor.account_id is None else col(Job.asked_by) == actor.account_id
    return or_(own, administered(actor))
