"""The verbs of the export: choose, rehearse, ask the coaches, export, stop."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.jobs.once import ask_for, first_time
from handlers.workbook import texts
from handlers.workbook.feature import feature
from models.accounts.permissions import Extent, Permission
from models.base.screens import Action, Button, Screen, button, one_a_row
from models.campaigns.repository import all_campaigns, campaign_of
from models.jobs.kinds import JobKind
from models.jobs.repository import cancel, job_of
from models.jobs.tables import Job, JobState
from models.notifications.repository import notify
from models.reference.scopes import NATIONAL, Level
from models.workbook.exports.scope import ExportRefused, check_right, parsed
from models.workbook.jobs import DRY_RUN, EXPORT
from models.workbook.messages import EXPORT_QUESTION

MOST_CAMPAIGNS = 6
MOST_BUTTONS = 8


@feature.action("export")
async def export(context: Context) -> Screen:
    """Choose for whom to export; whoever answers for one dispositif has nothing to choose."""
    scopes = _scopes(context)
    if len(scopes) == 1:
        return await choose_campaign(context, scopes[0])
    choices = [button(texts.WHOLE_COUNTRY if s == NATIONAL else s, "export_of", s) for s in scopes]
    return Screen(texts.CHOOSE_SCOPE, (*one_a_row(choices), _home()), Action("export"))


@feature.action("export_of")
async def choose_campaign(context: Context, code: str) -> Screen:
    """Choose the campaign."""
    campaigns = [c for c in await all_campaigns(context.session) if c.opens <= context.today][:MOST_CAMPAIGNS]
    if not campaigns:
        return Screen(texts.NO_CAMPAIGN, (_home(),), Action.of("export_of", code))
    choices = [button(texts.campaign(c, context.today), "export_check", c.date.isoformat(), code) for c in campaigns]
    return Screen(texts.CHOOSE_CAMPAIGN, (*one_a_row(choices), _home()), Action.of("export_of", code))


@feature.action("export_check")
async def rehearse(context: Context, day: str, code: str) -> Screen:
    """Have the export rehearsed."""
    try:
        campaign = await campaign_of(context.session, date.fromisoformat(day))
        scope = NATIONAL if code == NATIONAL else Level.DISPOSITIF.scope(code)
        check_right(context.actor, Permission.EXPORT, parsed(scope))
    except (ValueError, ExportRefused) as error:
        raise InvalidAction from error
    if campaign is None:
        raise InvalidAction
    arguments = {"day": day, "scope": scope}
    await ask_for(context, DRY_RUN, **arguments)
    return Screen(texts.CHECKING, (_home(),), Action("export"))


@feature.action("export_go")
async def go(context: Context, number: int, events_only: int) -> Screen:
    """Export what was rehearsed, whole or the events alone; tapped twice, once."""
    rehearsal = await _own(context, number, DRY_RUN)
    if not context.address and not events_only:
        return Screen(texts.NO_ADDRESS, (_home(),), Action("export"))
    if not first_time(context, EXPORT, [number, events_only]):
        return (await export(context)).noticed(texts.ALREADY_STARTED)
    arguments = {**rehearsal.arguments, "events_only": min(events_only, 1)}
    job = await ask_for(context, EXPORT, **arguments)
    return _under_way(job, texts.WRITING)


@feature.action("export_how")
async def how_far(context: Context, number: int) -> Screen:
    """Show where an export stands."""
    job = await _own(context, number, EXPORT)
    said = texts.how_far(job.state, int((job.progress or {}).get("done", 0)))
    under_way = job.state in {JobState.WAITING, JobState.RUNNING, JobState.FAILED}
    return _under_way(number, said) if under_way else Screen(said, (_home(),), Action("export"))


@feature.action("export_stop")
async def stop(context: Context, number: int) -> Screen:
    """Stop an export."""
    await _own(context, number, EXPORT)
    stopped = await cancel(context.session, context.actor, context.now, number)
    context.memo.pop(EXPORT.code, None)
    shown = await export(context) if stopped else await how_far(context, number)
    return shown.headed(texts.STOPPED).noticed(texts.STOPPED) if stopped else shown


@feature.action("export_ask")
async def ask_coach(context: Context, number: int, coach: int) -> Screen:
    """Ask a coach about the persons an export would leave out."""
    rehearsal = await _own(context, number, DRY_RUN)
    people: Sequence[tuple[int, str]] = ((rehearsal.result or {}).get("asking") or {}).get(str(coach), ())
    if not people:
        raise InvalidAction
    day = date.fromisoformat(str(rehearsal.arguments["day"]))
    ends = [f"…{reference[-4:]}" for _, reference in people]
    opening: list[Button] = [
        button(f"Ouvrir {end}", "card", person) for (person, _), end in zip(people[:MOST_BUTTONS], ends, strict=False)
    ]
    screen = Screen(texts.question(day, ends), one_a_row(opening))
    new = await notify(context.session, context.now, EXPORT_QUESTION, coach, f"campaign:{day}", f"job:{number}", screen)
    notice = texts.ASKED if new else texts.ALREADY_ASKED
    return (await export(context)).headed(notice).noticed(notice)


def _scopes(context: Context) -> list[str]:
    national = [NATIONAL] if context.actor.may(Permission.EXPORT, Extent.NATIONAL) else []
    return [*national, *context.actor.dispositifs(Permission.EXPORT)]


async def _own(context: Context, number: int, kind: JobKind) -> Job:
    """Return a job of that kind that this very person asked for."""
    job = await job_of(context.session, context.actor, number)
    if job is None or job.kind != kind.code or job.asked_by != context.actor.account_id:
        raise InvalidAction
    return job


def _under_way(job: int, said: str) -> Screen:
    rows = ((button(texts.HOW_FAR, "export_how", job),), (button(texts.STOP, "export_stop", job),))
    return Screen(said, rows, Action.of("export_how", job))


def _home() -> tuple[Button]:
    return (button(texts.HOME, "start", ""),)
