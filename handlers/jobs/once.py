"""Work that a tap asks for: once, however often it is tapped while it is under way."""

from handlers.context import Context
from models.jobs.repository import UNDER_WAY, ask, job_of


async def ask_once(context: Context, kind: str, **arguments: int | str) -> bool:
    """Have work done in the name of who speaks; return whether it is asked for anew.

    It is not where the last work of that kind that was asked for in the conversation is the same, and under way.
    """
    before = context.memo.get(kind)
    job = await job_of(context.session, context.actor, before[0]) if before and before[1] == arguments else None
    if job is not None and job.state in UNDER_WAY:
        return False
    number = await ask(context.session, context.now, kind, context.actor.account_id, **arguments)
    context.memo[kind] = [number, arguments]
    return True
