"""What was decided, by whom and by when; and what became of what was decided before."""

from dateutil.relativedelta import relativedelta

from handlers.context import Context
from handlers.meetings.feature import feature, led
from handlers.meetings.planning.written import day_written
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import ReportDraft
from handlers.meetings.reports.steps import next_step, out_of, step
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


@step("follow")
async def ask_follow_up(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Ask what became of the first decision before that nothing was said of; once all are, show them all."""
    open_ = await open_decisions(context.session, meeting)
    known = {str(one.id) for one in open_}
    draft.follow_ups = {one: outcome for one, outcome in draft.follow_ups.items() if one in known}
    names = labels([one.contact for one in meeting.participants])
    wanted = next((one for one in open_ if str(one.id) not in draft.follow_ups), None)
    if wanted is None:
        changing = "follow" in draft.seen and open_
        draft.see("follow")
        draft.keep(context)
        if not changing:
            return await next_step(context, draft, meeting)
        choices = [
            button(texts.followed(one, draft.follow_ups[str(one.id)]), "rp_again", draft.number, one.id)
            for one in open_
        ]
        text = f"{texts.title(meeting)}\n\n{texts.FOLLOWED}"
    else:
        choices = [
            button(label, "rp_out", draft.number, wanted.id, outcome) for outcome, label in texts.OUTCOMES.items()
        ]
        done = len(open_) - len(draft.follow_ups)
        text = f"{texts.title(meeting)}\n\n{texts.follow_up(wanted, names, done)}"
    return Screen(text, (*one_a_row(choices), *out_of(draft, "follow")), Action.of("rp_change", draft.number, "follow"))


@feature.action("rp_out")
async def keep_outcome(context: Context, number: int, decision: int, outcome: Outcome) -> Screen:
    """Keep what became of a decision."""
    draft = ReportDraft.of(context, number)
    draft.follow_ups[str(decision)] = outcome
    draft.seen = [one for one in draft.seen if one != "follow"]
    draft.keep(context)
    return await ask_follow_up(context, draft, await led(context, number))


@feature.action("rp_again")
async def say_again(context: Context, number: int, decision: int) -> Screen:
    """Say anew what became of a decision."""
    draft = ReportDraft.of(context, number)
    draft.follow_ups.pop(str(decision), None)
    draft.keep(context)
    return await ask_follow_up(context, draft, await led(context, number))


@step("decisions")
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
    draft = ReportDraft.of(context, number)
    draft.see("decisions")
    draft.keep(context)
    return await next_step(context, draft, await led(context, number))


@feature.action("rp_what")
async def choose_what(context: Context, number: int) -> Screen:
    """Choose what was decided, from the closed list."""
    ReportDraft.of(context, number)
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
    draft = ReportDraft.of(context, number)
    meeting = await led(context, number)
    due = day_written(day, meeting.day)
    if due is None:
        return (await choose_due(context, number, what, owner)).headed(NO_SUCH_DAY).noticed(NO_SUCH_DAY)
    if meeting.participant(owner) is None or len(draft.decisions) >= MOST_DECISIONS:
        raise Stale
    if due < meeting.day:
        why = REFUSALS[ReportRefusal.DUE_BEFORE]
        return (await choose_due(context, number, what, owner)).headed(why).noticed(why)
    draft.decisions.append([str(what), due.isoformat(), owner])
    draft.keep(context)
    return await ask_decisions(context, draft, meeting)


@feature.action("rp_undecide")
async def take_off(context: Context, number: int, place: int, day: str) -> Screen:
    """Take a decision off."""
    draft = ReportDraft.of(context, number)
    if place >= len(draft.decisions) or draft.decisions[place][1].replace("-", "") != day:
        raise Stale
    del draft.decisions[place]
    draft.keep(context)
    return await ask_decisions(context, draft, await led(context, number))


def _choosing(meeting: Meeting, question: str, choices: list[Button], view: Action) -> Screen:
    rows = (*one_a_row(choices), (button(texts.BACK, "rp_change", meeting.id, "decisions"),))
    return Screen(f"{texts.title(meeting)}\n\n{question}", rows, view)
