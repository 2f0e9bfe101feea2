"""`/taches`: what the workers do, for administrators; a job that was left for dead can be run again."""

from handlers.context import Context
from handlers.feature import Command, Feature
from handlers.jobs import texts
from models.accounts.permissions import Permission, holders
from models.base.screens import Action, Screen, button
from models.jobs.repository import job_counts, last_jobs, run_again
from models.jobs.tables import JobState
from models.notifications.repository import last_undelivered, message_counts

SHOWN = 10

feature = Feature(
    "jobs",
    Command("taches", texts.COMMAND, Action("jobs"), holders(Permission.JOBS)),
    roles=holders(Permission.JOBS),
)


@feature.action("jobs")
async def show_jobs(context: Context) -> Screen:
    """Show the last jobs, those that need a look first, how the messages stand, and the last that did not arrive."""
    jobs = await last_jobs(context.session, context.actor, SHOWN)
    counts = await job_counts(context.session, context.actor)
    told = await message_counts(context.session, context.actor)
    lost = await last_undelivered(context.session, context.actor, SHOWN)
    lines = [texts.line(job, context.now) for job in jobs]
    if lost:
        lines.append("\n".join((texts.NOT_ARRIVED, *(texts.undelivered(one) for one in lost))))
    text = "\n\n".join((f"{texts.TITLE}\n{texts.standing(counts)}\n{texts.messages(told)}", *lines))
    again = [
        (button(texts.AGAIN.format(number=job.id), "job_again", job.id),) for job in jobs if job.state == JobState.DEAD
    ]
    rows = (*again, (button(texts.REFRESH, "jobs"), button(texts.BACK, "start", "")))
    return Screen(text, rows, Action("jobs"))


@feature.action("job_again")
async def do_again(context: Context, number: int) -> Screen:
    """Run a dead job again; tapped twice, it runs once."""
    moved = await run_again(context.session, context.actor, context.now, number)
    notice = texts.STARTED_AGAIN.format(number=number) if moved else texts.NOT_DEAD
    return (await show_jobs(context)).noticed(notice)
