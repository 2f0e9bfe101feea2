"""What was decided, by whom and by when; and what became of what was decided before."""

from dateutil.relativedelta import relativedelta

from handlers.context import Context
from handlers.meetings.feature import feature, led
from handlers.meetings.planning.written import day_written
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import REPORT, ReportDraft
from handlers.meetings.reports.steps import out_of
from handlers.meetings.texts import NO_SUCH_DAY, labels
from models.base.revision import Stale
from models.base.screens import Action, Button, Screen, button, one_a_row
from models.meetings.reports.report import MOST_DECISIONS
from models.meetings.reports.repository import open_decisions
from models.meetings.reports.texts import REFUSALS, ReportRefusal
from models.meetings.repository import Meeting
from models.meetings.states import Decision, Outcome
from models.reference.working_days import on_or_after, place_of

_TERMS = (relativedelta(weeks=2), relativedelta(months=1), relativedelta(months=3))


@REPORT.step("follow")
async def ask_follow_up(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask what became of the first decision before that nothing was said of; once all are, show them all."""
    open_ = {one.id: one for one in await open_decisions(context.session, meeting) if one.id is not None}
    follow_ups = {one: outcome for one, outcome in draft.follow_ups.items() if one in open_}
    names = labels([one.contact for one in meeting.participants])
    wanted = next((one for number, one in open_.items() if number not in follow_ups), None)
    if wanted is None:
        changing = "follow" in draft.seen and open_
        draft = REPORT.keep(context, draft, follow_ups=follow_ups, seen=draft.seeing("follow"))
        if not changing:
            return await REPORT.go_on(draft, context, draft, meeting)
        choices = [
            button(texts.followed(one, follow_ups[number]), "rp_again", draft.number, number)
            for number, one in open_.items()
        ]
        text = f"{texts.title(meeting)}\n\n{texts.FOLLOWED}"
    else:
        choices = [
            button(label, "rp_out", draft.number, wanted.id, outcome) for outcome, label in texts.OUTCOMES.items()
        ]
        done = len(open_) - len(follow_ups)
        text = f"{texts.title(meeting)}\n\n{texts.follow_up(wanted, names, done)}"
    return Screen(text, (*one_a_row(choices), *out_of(draft, "follow")), Action.of("rp_change", draft.number, "follow"))


@feature.action("rp_out")
async def keep_outcome(context: Context, number: int, decision: int, outcome: Outcome) -> Screen:
    """Keep what became of a decision."""
    draft = REPORT.of(context, number)
    follow_ups = {**draft.follow_ups, decision: outcome}
    draft = REPORT.keep(context, draft, follow_ups=follow_ups, seen=draft.unseeing("follow"))
    return await ask_follow_up(context, draft, await led(context, number))


@feature.action("rp_again")
async def say_again(context: Context, number: int, decision: int) -> Screen:
    """Say anew what became of a decision."""
    draft = REPORT.of(context, number)
    follow_ups = {one: outcome for one, outcome in draft.follow_ups.items() if one != decision}
    draft = REPORT.keep(context, draft, follow_ups=follow_ups)
    return await ask_follow_up(context, draft, await led(context, number))


@REPORT.step("decisions")
async def ask_decisions(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Show what was decided; add to it, take off it, go on."""
    names = labels([one.contact for one in meeting.participants])
    decided = draft.content.decisions
    off = [
        button(texts.take_off(one), "rp_undecide", draft.number, place, one.due_on.strftime("%Y%m%d"))
        for place, one in enumerate(decided)
    ]
    add = [button(texts.ADD_DECISION, "rp_what", draft.number)] if len(decided) < MOST_DECISIONS else []
    done = button(texts.decided(len(decided)), "rp_decided", draft.number)
    text = f"{texts.title(meeting)}\n\n{texts.decisions(decided, names)}"
    rows = (*one_a_row([*add, done, *off]), *out_of(draft, "decisions"))
    return Screen(text, rows, Action.of("rp_change", draft.number, "decisions"))


@feature.action("rp_decided")
async def decisions_done(context: Context, number: int) -> Screen:
    """Go on with what was decided."""
    draft = REPORT.of(context, number)
    draft = REPORT.keep(context, draft, seen=draft.seeing("decisions"))
    return await REPORT.go_on(draft, context, draft, await led(context, number))


@feature.action("rp_what")
async def choose_what(context: Context, number: int) -> Screen:
    """Choose what was decided, from the closed list."""
    REPORT.of(context, number)
    meeting = await led(context, number)
    choices = [button(label, "rp_who", number, what) for what, label in texts.DECISIONS.items()]
    return _choosing(meeting, texts.WHAT_DECIDED, choices, Action.of("rp_what", number))


@feature.action("rp_who")
async def choose_owner(context: Context, number: int, what: Decision) -> Screen:
    """Choose who does it, among the participants."""
    meeting = await led(context, number)
    names = labels([one.contact for one in meeting.participants])
    choices = [button(name, "rp_when", number, what, owner) for owner, name in names.items()]
    question = f"{texts.DECISIONS[what]}.\n{texts.WHO_DOES}"
    return _choosing(meeting, question, choices, Action.of("rp_who", number, what))


@feature.action("rp_when")
async def choose_due(context: Context, number: int, what: Decision, owner: int) -> Screen:
    """Choose by when: a usual term, or a date that is written."""
    meeting = await led(context, number)
    there = place_of(meeting.departement_no)
    days = [on_or_after(meeting.day + term, there) for term in _TERMS]
    choices = [button(texts.by(day), "rp_due", number, what, owner, f"{day:%Y%m%d}") for day in days]
    question = f"{texts.DECISIONS[what]}.\n{texts.BY_WHEN}"
    return _choosing(meeting, question, choices, Action.of("rp_when", number, what, owner))


@feature.action("rp_due", coming_day=3)
async def keep_decision(context: Context, number: int, what: Decision, owner: int, day: str) -> Screen:
    """Keep a decision; one whose day precedes the meeting is refused."""
    draft = REPORT.of(context, number)
    meeting = await led(context, number)
    due = day_written(day, meeting.day)
    if due is None:
        return (await choose_due(context, number, what, owner)).headed(NO_SUCH_DAY).noticed(NO_SUCH_DAY)
    if meeting.participant(owner) is None or len(draft.decisions) >= MOST_DECISIONS:
        raise Stale
    if due < meeting.day:
        why = REFUSALS[ReportRefusal.DUE_BEFORE]
        return (await choose_due(context, number, what, owner)).headed(why).noticed(why)
    draft = REPORT.keep(context, draft, decisions=(*draft.decisions, (what, due, owner)))
    return await ask_decisions(context, draft, meeting)


@feature.action("rp_undecide")
async def take_off(context: Context, number: int, place: int, day: str) -> Screen:
    """Take a decision off."""
    draft = REPORT.of(context, number)
    if place >= len(draft.decisions) or f"{draft.decisions[place][1]:%Y%m%d}" != day:
        raise Stale
    draft = REPORT.keep(context, draft, decisions=draft.decisions[:place] + draft.decisions[place + 1 :])
    return await ask_decisions(context, draft, await led(context, number))


def _choosing(meeting: Meeting, question: str, choices: list[Button], view: Action) -> Screen:
    rows = (*one_a_row(choices), (button(texts.BACK, "rp_change", meeting.id, "decisions"),))
    return Screen(f"{texts.title(meeting)}\n\n{question}", rows, view)
