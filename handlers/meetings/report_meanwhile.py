"""Two write the same report: what a colleague saved is shown before an older draft could take its place."""

from handlers.feature import Forged
from handlers.meetings import report_texts as texts
from handlers.meetings.feature import elsewhere_nothing, feature
from handlers.meetings.report_draft import ReportDraft
from handlers.meetings.report_steps import next_step
from handlers.turn import Turn
from models.events.revision import short
from models.events.writing import Stale
from models.meetings.report import Report
from models.meetings.reporting import Reporting
from models.meetings.repository import Meeting
from models.screens import Action, Screen, button, one_a_row


def which_one(draft: ReportDraft, meeting: Meeting, stored: Report | None) -> Screen | None:
    """Ask which report goes on, where another one was saved since the draft was begun; nothing where none was."""
    if stored is None or draft.revision == meeting.revision or draft.says(stored.corrected):
        return None
    rows = one_a_row(
        [
            button(texts.TAKE_STORED, "rp_theirs", meeting.id),
            button(texts.KEEP_MINE, "rp_mine", meeting.id, short(meeting.revision)),
            button(texts.BACK, "mt", meeting.id),
        ]
    )
    return Screen(texts.meanwhile(meeting, stored.corrected), rows, Action.of("rp_recap", meeting.id))


@feature.action("rp_theirs")
async def take_stored(turn: Turn, number: int) -> Screen:
    """Go on with the report that was saved; the draft is given up."""
    meeting, stored = await _stored(turn, number)
    if stored is None:
        raise Forged
    draft = ReportDraft.begin(meeting, stored)
    draft.keep(turn)
    return await next_step(turn, draft, meeting)


@feature.action("rp_mine")
async def keep_mine(turn: Turn, number: int, revision: str) -> Screen:
    """Go on with the draft, in the knowledge of the report that was shown; a later one is shown first."""
    draft = ReportDraft.of(turn, number)
    meeting, _ = await _stored(turn, number)
    if short(meeting.revision) != revision:
        raise Stale
    draft.revision = meeting.revision
    draft.keep(turn)
    return await next_step(turn, draft, meeting)


async def _stored(turn: Turn, number: int) -> tuple[Meeting, Report | None]:
    with elsewhere_nothing():
        return await Reporting(turn.session, turn.asker, turn.now).report(number)
