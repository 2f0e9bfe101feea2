"""The verbs of the export: choose, rehearse, ask the coaches, export, stop."""

from collections.abc import Sequence
from datetime import date

from handlers.exchange import texts
from handlers.exchange.feature import feature
from handlers.feature import Forged
from handlers.turn import Turn
from models.accounts.tables import Role
from models.campaigns.repository import all_campaigns, campaign_of
from models.export.scope import ExportRefused, check_right, parsed
from models.jobs.repository import ask, cancel, job_of
from models.jobs.tables import Job, JobState
from models.outbox.repository import tell
from models.scopes import NATIONAL, Level
from models.screens import Action, Button, Screen, button, one_a_row

MOST_CAMPAIGNS = 6
MOST_BUTTONS = 8
REHEARSAL, EXPORT = "rehearsal", "export"


@feature.action("export")
async def export(turn: Turn) -> Screen:
    """Choose for whom to export; whoever answers for one dispositif has nothing to choose."""
    scopes = _scopes(turn)
    if len(scopes) == 1:
        return await choose_campaign(turn, scopes[0])
    choices = [button(texts.WHOLE_COUNTRY if s == NATIONAL else s, "export_of", s) for s in scopes]
    return Screen(texts.CHOOSE_SCOPE, (*one_a_row(choices), _home()), Action("export"))


@feature.action("export_of")
async def choose_campaign(turn: Turn, code: str) -> Screen:
    """Choose the campaign."""
    campaigns = [c for c in await all_campaigns(turn.session) if c.opens <= turn.today][:MOST_CAMPAIGNS]
    if not campaigns:
        return Screen(texts.NO_CAMPAIGN, (_home(),), Action.of("export_of", code))
    choices = [button(texts.campaign(c, turn.today), "export_check", c.date.isoformat(), code) for c in campaigns]
    return Screen(texts.CHOOSE_CAMPAIGN, (*one_a_row(choices), _home()), Action.of("export_of", code))


@feature.action("export_check")
async def rehearse(turn: Turn, day: str, code: str) -> Screen:
    """Have the export rehearsed."""
    try:
        campaign = await campaign_of(turn.session, date.fromisoformat(day))
        scope = NATIONAL if code == NATIONAL else Level.DISPOSITIF.scope(code)
        check_right(turn.asker, parsed(scope))
    except (ValueError, ExportRefused) as error:
        raise Forged from error
    if campaign is None:
        raise Forged
    arguments = {"day": day, "scope": scope}
    await ask(turn.session, turn.now, REHEARSAL, turn.asker.account_id, **arguments)
    return Screen(texts.CHECKING, (_home(),), Action("export"))


@feature.action("export_go")
async def go(turn: Turn, number: int, events_only: int) -> Screen:
    """Export what was rehearsed, whole or the events alone; tapped twice, once."""
    rehearsal = await _own(turn, number, REHEARSAL)
    if not turn.address and not events_only:
        return Screen(texts.NO_ADDRESS, (_home(),), Action("export"))
    if turn.memo.get(EXPORT) == [number, events_only]:
        return (await export(turn)).noticed(texts.ALREADY_STARTED)
    arguments = {**rehearsal.arguments, "events_only": min(events_only, 1)}
    job = await ask(turn.session, turn.now, EXPORT, turn.asker.account_id, **arguments)
    turn.memo[EXPORT] = [number, events_only]
    return _under_way(job, texts.WRITING)


@feature.action("export_how")
async def how_far(turn: Turn, number: int) -> Screen:
    """Show where an export stands."""
    job = await _own(turn, number, EXPORT)
    said = texts.how_far(job.state, int((job.progress or {}).get("done", 0)))
    under_way = job.state in {JobState.WAITING, JobState.RUNNING, JobState.FAILED}
    return _under_way(number, said) if under_way else Screen(said, (_home(),), Action("export"))


@feature.action("export_stop")
async def stop(turn: Turn, number: int) -> Screen:
    """Stop an export."""
    await _own(turn, number, EXPORT)
    stopped = await cancel(turn.session, turn.asker, turn.now, number)
    turn.memo.pop(EXPORT, None)
    shown = await export(turn) if stopped else await how_far(turn, number)
    return shown.headed(texts.STOPPED).noticed(texts.STOPPED) if stopped else shown


@feature.action("export_ask")
async def ask_coach(turn: Turn, number: int, coach: int) -> Screen:
    """Ask a coach about the persons an export would leave out."""
    rehearsal = await _own(turn, number, REHEARSAL)
    people: Sequence[tuple[int, str]] = ((rehearsal.result or {}).get("asking") or {}).get(str(coach), ())
    if not people:
        raise Forged
    day = date.fromisoformat(str(rehearsal.arguments["day"]))
    ends = [f"…{reference[-4:]}" for _, reference in people]
    opening: list[Button] = [
        button(f"Ouvrir {end}", "card", person) for (person, _), end in zip(people[:MOST_BUTTONS], ends, strict=False)
    ]
    screen = Screen(texts.question(day, ends), one_a_row(opening))
    new = await tell(turn.session, turn.now, "export_question", coach, f"campaign:{day}", f"job:{number}", screen)
    notice = texts.ASKED if new else texts.ALREADY_ASKED
    return (await export(turn)).headed(notice).noticed(notice)


def _scopes(turn: Turn) -> list[str]:
    national = [NATIONAL] if Role.ADMIN in turn.asker.roles else []
    return [*national, *turn.asker.dispositifs(Role.COORDINATOR)]


async def _own(turn: Turn, number: int, kind: str) -> Job:
    """Return a job of that kind that this very person asked for."""
    job = await job_of(turn.session, turn.asker, number)
    if job is None or job.kind != kind or job.asked_by != turn.asker.account_id:
        raise Forged
    return job


def _under_way(job: int, said: str) -> Screen:
    rows = ((button(texts.HOW_FAR, "export_how", job),), (button(texts.STOP, "export_stop", job),))
    return Screen(said, rows, Action.of("export_how", job))


def _home() -> tuple[Button]:
    return (button(texts.HOME, "start", ""),)
