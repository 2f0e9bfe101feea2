"""`/taches`: what the workers do, for administrators; a job that was left for dead can be run again."""

from handlers.feature import Command, Feature
from handlers.jobs import texts
from handlers.turn import Turn
from models.accounts.tables import Role
from models.jobs.repository import job_counts, last_jobs, run_again
from models.jobs.tables import JobState
from models.outbox.repository import last_undelivered, message_counts
from models.screens import Action, Screen, button

SHOWN = 10

feature = Feature(
    "jobs",
    Command("taches", "Les travaux et les messages", Action("jobs"), frozenset({Role.ADMIN})),
    roles=frozenset({Role.ADMIN}),
)


@feature.action("jobs")
async def show_jobs(turn: Turn) -> Screen:
    """Show the last jobs, those that need a look first, how the messages stand, and the last that did not arrive."""
    jobs = await last_jobs(turn.session, turn.asker, SHOWN)
    counts = await job_counts(turn.session, turn.asker)
    told = await message_counts(turn.session, turn.asker)
    lost = await last_undelivered(turn.session, turn.asker, SHOWN)
    lines = [texts.line(job, turn.now) for job in jobs]
    if lost:
        lines.append("\n".join((texts.NOT_ARRIVED, *(texts.undelivered(one) for one in lost))))
    text = "\n\n".join((f"{texts.TITLE}\n{texts.standing(counts)}\n{texts.messages(told)}", *lines))
    again = [
        (button(texts.AGAIN.format(number=job.id), "job_again", job.id),) for job in jobs if job.state == JobState.DEAD
    ]
    rows = (*again, (button(texts.REFRESH, "jobs"), button(texts.BACK, "start", "")))
    return Screen(text, rows, Action("jobs"))


@feature.action("job_again")
async def do_again(turn: Turn, number: int) -> Screen:
    """Run a dead job again; tapped twice, it runs once."""
    moved = await run_again(turn.session, turn.asker, turn.now, number)
    notice = texts.STARTED_AGAIN.format(number=number) if moved else texts.NOT_DEAD
    return (await show_jobs(turn)).noticed(notice)
