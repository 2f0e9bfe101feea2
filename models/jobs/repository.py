"""Ask for work, in the transaction that decided it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.jobs.tables import Job
from models.wakeups import Wakeup, note


async def ask(session: AsyncSession, now: datetime, kind: str, asked_by: int | None, **arguments: int | str) -> int:
    """Have work of that kind done once the transaction is committed; return the job's number.

    `asked_by` is the account in whose name it is done, none for the command line. The arguments are numbers and
    codes, never anything about a person.
    """
    job = Job(kind=kind, arguments=arguments, asked_by=asked_by, asked_at=now, due_at=now, queued_at=now)
    session.add(job)
    await session.flush()
    assert job.id is not None
    note(session, Wakeup(kind, job.id))
    return job.id
