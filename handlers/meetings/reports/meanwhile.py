"""Two write the same report: what a colleague saved is shown before an older draft could take its place."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings.feature import elsewhere_nothing, feature
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import REPORT, ReportDraft
from models.base.revision import Stale, short
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.reports.report import Report
from models.meetings.reports.service import Reporting
from models.meetings.repository import Meeting


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
async def take_stored(context: Context, number: int) -> Screen:
    """Go on with the report that was saved; the draft is given up."""
    meeting, stored = await _stored(context, number)
    if stored is None:
        raise InvalidAction
    draft = REPORT.keep(context, ReportDraft.begin(meeting, stored))
    return await REPORT.go_on(draft, context, draft, meeting)


@feature.action("rp_mine")
async def keep_mine(context: Context, number: int, revision: str) -> Screen:
    """Go on with the draft, in the knowledge of the report that was shown; a later one is shown first."""
    draft = REPORT.of(context, number)
    meeting, _ = await _stored(context, number)
    if short(meeting.revision) != revision:
        raise Stale
    draft = REPORT.keep(context, draft, revision=meeting.revision)
    return await REPORT.go_on(draft, context, draft, meeting)


async def _stored(context: Context, number: int) -> tuple[Meeting, Report | None]:
    with elsewhere_nothing():
        return await Reporting(context.session, context.actor, context.now).report(number)
