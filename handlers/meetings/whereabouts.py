"""Where a meeting takes place: a place or a video link, written, or as the last time."""

from handlers.meetings import texts
from handlers.meetings.draft import Draft
from handlers.meetings.feature import feature, place_led
from handlers.meetings.steps import back_of, next_step, step
from handlers.turn import Turn
from models.meetings import texts as domain
from models.meetings.checks import LONGEST_LINK, LONGEST_PLACE, is_link
from models.screens import Action, Screen, button, one_a_row

_SCHEME = ("http://", "https://", "www.")


@step("place")
@feature.action("pl_where")
async def whereabouts(turn: Turn) -> Screen:
    """Ask for the place or the link; each takes the place of the one before of its sort."""
    draft = Draft.of(turn)
    there = await place_led(turn, draft.scope)
    off = [
        *([button(texts.NO_PLACE, "pl_where_without", "place")] if draft.place and draft.link else []),
        *([button(texts.NO_LINK, "pl_where_without", "link")] if draft.place and draft.link else []),
    ]
    text = f"{texts.heading(draft, there)}\n\n{texts.WHERE}"
    return Screen(text, (*one_a_row(off), back_of(draft, "place")), Action("pl_where"))


@feature.action("pl_place_text")
async def keep_written(turn: Turn, written: str) -> Screen:
    """Keep the place or the link that was written."""
    draft = Draft.of(turn)
    said = " ".join(written.split())
    if said.lower().startswith(_SCHEME):
        if not is_link(said):
            why = domain.BAD_LINK.format(most=LONGEST_LINK)
            return (await whereabouts(turn)).headed(why)
        draft.link = said
    elif not said or len(said) > LONGEST_PLACE:
        return (await whereabouts(turn)).headed(domain.LONG_PLACE.format(most=LONGEST_PLACE))
    else:
        draft.place = said
    draft.keep(turn)
    return await next_step(turn, draft)


@feature.action("pl_where_without")
async def without(turn: Turn, which: str) -> Screen:
    """Leave the place or the link out; the other one stays."""
    draft = Draft.of(turn)
    if draft.place and draft.link:
        draft.place, draft.link = ("", draft.link) if which == "place" else (draft.place, "")
        draft.keep(turn)
    return await next_step(turn, draft)


@feature.action("pl_place_unwritten")
async def leave(turn: Turn) -> Screen:
    """Write nothing; choose the length again, or leave what was."""
    return await next_step(turn, Draft.of(turn), otherwise="minutes")
