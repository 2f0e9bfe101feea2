"""Plan for an administrator what would go out now, as `jalon reminders` does, and show a page of it."""

from collections.abc import Mapping
from typing import Any

from models.accounts.permissions import Permission
from models.accounts.repository import asker_of
from reminders.due import due
from reminders.preview import preview
from tasks.jobs.context import JobContext


async def preview_reminders(work: JobContext) -> Mapping[str, Any]:
    """Tell whoever asked, if they are an administrator still, what would go out; nothing else is written."""
    assert work.job.asked_by is not None
    now = work.clock()
    async with work.database.snapshot() as session:
        actor = await asker_of(session, work.job.asked_by)
        found = await due(session, now) if actor.may(Permission.REMINDERS_PREVIEW) else None
    if found is not None:
        await work.notify(preview(found, now, int(work.arguments["page"])))
    return {}
