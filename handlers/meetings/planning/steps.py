"""The steps of a planning, in their order: the first one without an answer comes next, then the recapitulation."""

from collections.abc import Awaitable, Callable

from handlers.context import Context
from handlers.meetings import texts
from handlers.meetings.planning.draft import MeetingDraft, Purpose
from models.base.screens import Row, Screen, button

ORDER = ("day", "hour", "minutes", "place", "people")
_UNWRITTEN = {"hour": "pl_hour_unwritten", "minutes": "pl_length_unwritten", "place": "pl_place_unwritten"}
"""The way back of a screen that takes what is written: it is by this button that the screen is known to."""

Asking = Callable[..., Awaitable[Screen]]
_asking: dict[str, Asking] = {}


def step(name: str) -> Callable[[Asking], Asking]:
    """Declare what asks for a step of the planning."""

    def declare(asking: Asking) -> Asking:
        _asking[name] = asking
        return asking

    return declare


def missing(draft: MeetingDraft) -> str | None:
    """Return the first step that has no answer yet."""
    known = {
        "day": draft.day,
        "hour": draft.hour,
        "minutes": draft.minutes,
        "place": draft.place or draft.link,
        "people": draft.people,
    }
    return next((name for name in ORDER if not known[name]), None)


async def next_step(context: Context, draft: MeetingDraft, otherwise: str | None = None) -> Screen:
    """Return the screen of the next step: the recapitulation once all is known, else `otherwise` or what is missing."""
    wanted = missing(draft)
    return await ask(context, draft, "recap" if wanted is None else otherwise or wanted)


async def ask(context: Context, draft: MeetingDraft, name: str) -> Screen:
    """Return the screen of a step."""
    if name == "day":
        return await _asking[name](context, (draft.day or f"{context.today}")[:7])
    return await _asking[name](context)


def back_of(draft: MeetingDraft, name: str) -> Row:
    """Return the way back from a step: the recapitulation where all is known, else the step before, else out."""
    if name in _UNWRITTEN:
        return (button(texts.BACK, _UNWRITTEN[name]),)
    if missing(draft) is None and draft.purpose != Purpose.PEOPLE:
        return (button(texts.BACK, "pl_recap"),)
    if name == "people" and draft.purpose != Purpose.PEOPLE:
        return (button(texts.BACK, "pl_where"),)
    return (button(texts.DROP, "pl_drop"),)
