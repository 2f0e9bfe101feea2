"""The steps of a report, in their order: the first one that was not answered comes next, then the recapitulation."""

from collections.abc import Awaitable, Callable

from handlers.context import Context
from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import ReportDraft
from models.base.screens import Row, Screen, button
from models.meetings.repository import Meeting
from models.meetings.states import Prescriber

Asking = Callable[[Context, ReportDraft, Meeting], Awaitable[Screen]]
_asking: dict[str, Asking] = {}


def step(name: str) -> Callable[[Asking], Asking]:
    """Declare what asks for a step of the report."""

    def declare(asking: Asking) -> Asking:
        _asking[name] = asking
        return asking

    return declare


def missing(draft: ReportDraft) -> str | None:
    """Return the first step that was not answered; an addendum has them all."""
    if draft.correcting:
        return None
    point = draft.is_point
    unanswered = {
        "present": "present" not in draft.seen,
        "examined": point and uncounted(draft) is not None,
        "own": point and draft.examined.get(Prescriber.CAP_EMPLOI, 0) > 0 and "own" not in draft.seen,
        "subsidiarity": point and draft.subsidiarity is None,
        "follow": "follow" not in draft.seen,
        "decisions": "decisions" not in draft.seen,
    }
    return next((name for name, open_ in unanswered.items() if open_), None)


def uncounted(draft: ReportDraft) -> Prescriber | None:
    """Return the first prescriber whose prescriptions were not counted."""
    return next((one for one in Prescriber if one not in draft.examined), None)


async def next_step(context: Context, draft: ReportDraft, meeting: Meeting) -> Screen:
    """Return the screen of the next step of a meeting's report."""
    return await ask(context, draft, meeting, missing(draft) or "recap")


async def ask(context: Context, draft: ReportDraft, meeting: Meeting, name: str) -> Screen:
    """Return the screen of a step."""
    return await _asking[name](context, draft, meeting)


def out_of(draft: ReportDraft, name: str = "") -> tuple[Row, ...]:
    """Return the ways out of a step: to the question before, or out; what was said stays."""
    if missing(draft) is None:
        return ((button(texts.BACK, "rp_recap", draft.number),),)
    later = (button(texts.GO_ON_LATER, "mt", draft.number),)
    before = _before(draft, name)
    return (later,) if before is None else ((button(texts.BACK, *before),), later)


def _before(draft: ReportDraft, name: str) -> tuple[str, int, str] | None:
    """Return the verb and the arguments that ask the question before a step again, if there is one."""
    if name not in _BACK:
        return None
    if not draft.is_point:
        return "rp_change", draft.number, "present"
    if name == "subsidiarity" and draft.examined.get(Prescriber.CAP_EMPLOI):
        return "rp_change", draft.number, "own"
    if name in {"own", "subsidiarity"}:
        return "rp_count", draft.number, list(Prescriber)[-1]
    return "rp_change", draft.number, "subsidiarity"


_BACK = {"own", "subsidiarity", "follow", "decisions"}
"""The steps that have a question before them; numbers have their own way back."""
