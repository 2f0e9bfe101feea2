"""The ways out of the steps of a report."""

from handlers.meetings.reports import texts
from handlers.meetings.reports.draft import ReportDraft
from models.base.screens import Row, button
from models.meetings.states import Prescriber


def out_of(draft: ReportDraft, name: str = "") -> tuple[Row, ...]:
    """Return the ways out of a step: to the question before, or out; what was said stays."""
    if draft.missing is None:
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
    if name == "subsidiarity" and draft.by_cap_emploi:
        return "rp_change", draft.number, "own"
    if name in {"own", "subsidiarity"}:
        return "rp_count", draft.number, list(Prescriber)[-1]
    return "rp_change", draft.number, "subsidiarity"


_BACK = {"own", "subsidiarity", "follow", "decisions"}
"""The steps that have a question before them; numbers have their own way back."""
