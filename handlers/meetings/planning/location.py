"""Where a meeting takes place: a place or a video link, written, or as the last time."""

from handlers.context import Context
from handlers.meetings import texts
from handlers.meetings.feature import feature, place_led
from handlers.meetings.planning.draft import PLANNING
from handlers.meetings.planning.steps import back_of
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.planning.checks import LONGEST_LINK, LONGEST_PLACE, is_link
from models.meetings.texts import PlanningRefusal, why_not

_SCHEME = ("http://", "https://", "www.")


@PLANNING.step("place")
@feature.action("pl_where")
async def location(context: Context) -> Screen:
    """Ask for the place or the link; each takes the place of the one before of its sort."""
    draft = PLANNING.of(context)
    there = await place_led(context, draft.scope)
    off = [
        *([button(texts.NO_PLACE, "pl_where_without", "place")] if draft.place and draft.link else []),
        *([button(texts.NO_LINK, "pl_where_without", "link")] if draft.place and draft.link else []),
    ]
    text = f"{texts.heading(draft, there)}\n\n{texts.WHERE}"
    return Screen(text, (*one_a_row(off), back_of(draft, "place")), Action("pl_where"))


@feature.action("pl_place_text")
async def keep_written(context: Context, written: str) -> Screen:
    """Keep the place or the link that was written."""
    draft = PLANNING.of(context)
    said = " ".join(written.split())
    if said.lower().startswith(_SCHEME):
        if not is_link(said):
            why = why_not(PlanningRefusal.BAD_LINK, most=LONGEST_LINK)
            return (await location(context)).headed(why)
        draft = PLANNING.keep(context, draft, link=said)
    elif not said or len(said) > LONGEST_PLACE:
        return (await location(context)).headed(why_not(PlanningRefusal.LONG_PLACE, most=LONGEST_PLACE))
    else:
        draft = PLANNING.keep(context, draft, place=said)
    return await PLANNING.go_on(draft, context)


@feature.action("pl_where_without")
async def without(context: Context, which: str) -> Screen:
    """Leave the place or the link out; the other one stays."""
    draft = PLANNING.of(context)
    if draft.place and draft.link:
        draft = PLANNING.keep(context, draft, **{"place" if which == "place" else "link": ""})
    return await PLANNING.go_on(draft, context)


@feature.action("pl_place_unwritten")
async def leave(context: Context) -> Screen:
    """Write nothing; choose the length again, or leave what was."""
    return await PLANNING.go_on(PLANNING.of(context), context, otherwise="minutes")
