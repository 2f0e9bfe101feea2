"""The ways back from the steps of a planning."""

from handlers.meetings import texts
from handlers.meetings.planning.draft import MeetingDraft, Purpose
from models.base.screens import Row, button

_UNWRITTEN = {"hour": "pl_hour_unwritten", "minutes": "pl_length_unwritten", "place": "pl_place_unwritten"}
"""The way back of a screen that takes what is written: it is by this button that the screen is known to."""


def back_of(draft: MeetingDraft, name: str) -> Row:
    """Return the way back from a step: the recapitulation where all is known, else the step before, else out."""
    if name in _UNWRITTEN:
        return (button(texts.BACK, _UNWRITTEN[name]),)
    if draft.missing is None and draft.purpose != Purpose.PEOPLE:
        return (button(texts.BACK, "pl_recap"),)
    if name == "people" and draft.purpose != Purpose.PEOPLE:
        return (button(texts.BACK, "pl_where"),)
    return (button(texts.DROP, "pl_drop"),)
