"""A report is opened, recapitulated, saved, signed; a signed one is read, and corrected by an addendum."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings.card import card
from handlers.meetings.feature import elsewhere_nothing, feature, led, place_of_meeting
from handlers.meetings.planning.start_planning import begin
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import REPORT, ReportDraft
from handlers.meetings.reports.meanwhile import which_one
from models.base.revision import Stale, short
from models.base.screens import Action, Row, Screen, button, one_a_row
from models.meetings.agenda import next_after
from models.meetings.reports.report import Report, ReportRefused
from models.meetings.reports.service import Reporting
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState, Reason


@REPORT.begins
@feature.action("mt_report")
async def open_report(context: Context, number: int) -> Screen:
    """Open the report of a meeting that was held: read it if it is signed, else go on with it."""
    with elsewhere_nothing():
        meeting, report = await _reporting(context).report(number)
    draft = REPORT.under_way(context, number)
    if report is not None and meeting.state is MeetingState.REPORTED:
        if draft is not None and not draft.correcting:
            REPORT.forget(context, number)
        return _signed(meeting, report)
    if meeting.state is not MeetingState.HELD:
        shown = await card(context, meeting, await place_of_meeting(context, meeting))
        return shown.headed(texts.NOT_HELD_YET).noticed(texts.NOT_HELD_YET)
    draft = draft or ReportDraft.begin(meeting, report)
    asked = which_one(draft, meeting, report)
    if asked is not None:
        return asked
    draft = REPORT.keep(context, draft, revision=meeting.revision)
    return await REPORT.go_on(draft, context, draft, meeting)


@feature.action("rp_change")
async def change(context: Context, number: int, name: str) -> Screen:
    """Change one part of the report."""
    if name not in texts.PARTS:
        raise InvalidAction
    return await REPORT.ask(name, context, REPORT.of(context, number), await led(context, number))


@feature.action("rp_recap")
async def show_recap(context: Context, number: int) -> Screen:
    """Show the recapitulation again."""
    draft = REPORT.under_way(context, number)
    return await (open_report(context, number) if draft is None else recap(context, draft, await led(context, number)))


@REPORT.step("recap")
async def recap(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Show all that the report says, each part a tap from being changed, and the signature."""
    if draft.missing is not None:
        return await REPORT.go_on(draft, context, draft, meeting)
    changed = draft.revision != meeting.revision
    if changed:
        with elsewhere_nothing():
            meeting, stored = await _reporting(context).report(draft.number)
        if meeting.state is not (MeetingState.REPORTED if draft.correcting else MeetingState.HELD):
            return await open_report(context, draft.number)
        asked = which_one(draft, meeting, stored)
        if asked is not None:
            return asked
        draft = REPORT.keep(context, draft, revision=meeting.revision)
    text = texts.recap(meeting, draft.content, correcting=draft.correcting)
    if draft.correcting:
        first = [button(texts.CORRECT, "rp_reasons", draft.number)]
        last = [button(texts.GIVE_UP, "rp_drop", draft.number)]
    else:
        first = [button(texts.SIGN, "rp_sign", draft.number)]
        last = [button(texts.SAVE, "rp_save", draft.number, short(draft.revision))]
    ways = [button(texts.PARTS[name], "rp_change", draft.number, name) for name in _parts(draft)]
    pairs: list[Row] = [tuple(ways[start : start + 2]) for start in range(0, len(ways), 2)]
    rows = (*one_a_row(first), *pairs, *one_a_row(last), (button(texts.BACK, "mt", draft.number),))
    screen = Screen(text, rows, Action.of("rp_recap", draft.number))
    return screen.headed(texts.CHANGED_MEANWHILE) if changed else screen


@feature.action("rp_sign")
async def ask_signature(context: Context, number: int) -> Screen:
    """Ask before signing: the report is frozen from then on."""
    draft = REPORT.of(context, number)
    meeting = await led(context, number)
    rows = one_a_row(
        [
            button(texts.SIGN_NOW, "rp_signed", number, short(draft.revision)),
            button(texts.BACK, "rp_recap", number),
        ]
    )
    return Screen(texts.signing(meeting), rows, Action.of("rp_recap", number))


@feature.action("rp_signed")
async def sign(context: Context, number: int, revision: str) -> Screen:
    """Sign the report: it is frozen, and proves that the meeting was held (OB05)."""
    draft = REPORT.confirmed(context, revision, number)
    with elsewhere_nothing():
        outcome = await _reporting(context).write(number, draft.revision, draft.content)
        if not isinstance(outcome, ReportRefused):
            # What was written stays, signed or not.
            draft = REPORT.keep(context, draft, revision=outcome.meeting.revision)
            outcome = await _reporting(context).sign(number, draft.revision)
    if isinstance(outcome, ReportRefused):
        return (
            (await recap(context, draft, await led(context, number))).headed(outcome.sentence).noticed(outcome.sentence)
        )
    REPORT.forget(context, number)
    return _signed(outcome.meeting, outcome.report).headed(texts.SIGNED).noticed(texts.SIGNED)


@feature.action("rp_save")
async def save(context: Context, number: int, revision: str) -> Screen:
    """Save the report without signing it."""
    draft = REPORT.confirmed(context, revision, number)
    with elsewhere_nothing():
        outcome = await _reporting(context).write(number, draft.revision, draft.content)
    if isinstance(outcome, ReportRefused):
        return (
            (await recap(context, draft, await led(context, number))).headed(outcome.sentence).noticed(outcome.sentence)
        )
    REPORT.keep(context, draft, revision=outcome.meeting.revision)
    shown = await card(context, outcome.meeting, await place_of_meeting(context, outcome.meeting))
    return shown.headed(texts.SAVED).noticed(texts.SAVED)


@feature.action("rp_addendum")
async def begin_addendum(context: Context, number: int) -> Screen:
    """Begin correcting a signed report."""
    with elsewhere_nothing():
        meeting, report = await _reporting(context).report(number)
    if report is None or report.signed_at is None:
        raise Stale
    draft = REPORT.keep(context, ReportDraft.begin(meeting, report))
    return await recap(context, draft, meeting)


@feature.action("rp_reasons")
async def choose_reason(context: Context, number: int) -> Screen:
    """Choose the reason of an addendum."""
    draft = REPORT.of(context, number)
    meeting = await led(context, number)
    revision = short(draft.revision)
    choices = [button(label, "rp_reason", number, reason, revision) for reason, label in texts.REASONS.items()]
    rows = (*one_a_row(choices), (button(texts.BACK, "rp_recap", number),))
    return Screen(f"{texts.title(meeting)}\n\n{texts.WHICH_REASON}", rows, Action.of("rp_reasons", number))


@feature.action("rp_reason")
async def correct(context: Context, number: int, reason: Reason, revision: str) -> Screen:
    """Add the addendum: what was signed stays, what holds today is shown."""
    draft = REPORT.confirmed(context, revision, number)
    if not draft.correcting:
        raise Stale
    with elsewhere_nothing():
        outcome = await _reporting(context).correct(number, draft.revision, draft.content, reason)
    if isinstance(outcome, ReportRefused):
        return (
            (await recap(context, draft, await led(context, number))).headed(outcome.sentence).noticed(outcome.sentence)
        )
    REPORT.forget(context, number)
    return _signed(outcome.meeting, outcome.report).headed(texts.CORRECTED).noticed(texts.CORRECTED)


@feature.action("rp_drop")
async def give_up(context: Context, number: int) -> Screen:
    """Give an addendum up: the report stays as it is."""
    REPORT.forget(context, number)
    return (await open_report(context, number)).headed(texts.GIVEN_UP)


@feature.action("mt_next")
async def show_next(context: Context, number: int) -> Screen:
    """Show the next meeting of the same kind; where none is planned, begin planning it."""
    meeting = await led(context, number)
    following = await next_after(context.session, context.actor, meeting)
    if following is None:
        return await begin(context, meeting.kind, meeting.scope)
    return await card(context, following, await place_of_meeting(context, following))


def _signed(meeting: Meeting, report: Report) -> Screen:
    ways = [button(texts.ADDENDUM, "rp_addendum", meeting.id), button(texts.NEXT_MEETING, "mt_next", meeting.id)]
    rows: tuple[Row, ...] = (*one_a_row(ways), (button(texts.BACK, "mt", meeting.id),))
    return Screen(texts.signed(meeting, report), rows, Action.of("mt_report", meeting.id))


def _parts(draft: ReportDraft) -> list[str]:
    of_points = {"examined", "own", "subsidiarity"}
    hidden = set() if draft.is_point else set(of_points)
    if draft.correcting:
        hidden |= {"follow", "decisions"}
    if not draft.by_cap_emploi:
        hidden |= {"own"}
    return [name for name in texts.PARTS if name not in hidden]


def _reporting(context: Context) -> Reporting:
    return Reporting(context.session, context.actor, context.now)
