"""Work that a tap asks for, by whoever may have it done, and once however often it is tapped."""

from handlers.context import Context
from handlers.feature import InvalidAction
from models.jobs.kinds import JobKind
from models.jobs.repository import UNDER_WAY, ask, job_of


async def ask_for(context: Context, kind: JobKind, **arguments: int | str) -> int:
    """Have work done in the name of who speaks; return the job's number."""
    if not context.actor.may(kind.permission):
        raise InvalidAction
    return await ask(context.session, context.now, kind, context.actor.account_id, **arguments)


async def ask_once(context: Context, kind: JobKind, **arguments: int | str) -> bool:
    """Have work done once, however often it is tapped while it is under way; return whether it is asked for anew.

    It is not where the last work of that type that was asked for in the conversation is the same, and under way.
    """
    before = context.memo.get(kind.code)
    job = await job_of(context.session, context.actor, before[0]) if before and before[1] == arguments else None
    if job is not None and job.state in UNDER_WAY:
        return False
    context.memo[kind.code] = [await ask_for(context, kind, **arguments), arguments]
    return True


def first_time(context: Context, kind: JobKind, what: object) -> bool:
    """Whether this is not what was decided last of that type of work in the conversation; from now on, it is."""
    if context.memo.get(kind.code) == what:
        return False
    context.memo[kind.code] = what
    return True
