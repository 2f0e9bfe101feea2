"""Where a meeting takes place: a place or a video link, written, or as the last time."""

from handlers.context import Context
from handlers.meetings import texts
from handlers.meetings.feature import feature, place_led
from handlers.meetings.planning.draft import MeetingDraft
from handlers.meetings.planning.steps import back_of, next_step, step
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings import texts as domain
from models.meetings.planning.checks import LONGEST_LINK, LONGEST_PLACE, is_link

_SCHEME = ("http://", "https://", "www.")


@step("place")
@feature.action("pl_where")
async def whereabouts(context: Context) -> Screen:
    """Ask for the place or the link; each takes the place of the one before of its sort."""
    draft = MeetingDraft.of(context)
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
    draft = MeetingDraft.of(context)
    said = " ".join(written.split())
    if said.lower().startswith(_SCHEME):
        if not is_link(said):
            why = domain.BAD_LINK.format(most=LONGEST_LINK)
            return (await whereabouts(context)).headed(why)
        draft.link = said
    elif not said or len(said) > LONGEST_PLACE:
        return (await whereabouts(context)).headed(domain.LONG_PLACE.format(most=LONGEST_PLACE))
    else:
        draft.place = said
    draft.keep(context)
    return await next_step(context, draft)


@feature.action("pl_where_without")
async def without(context: Context, which: str) -> Screen:
    """Leave the place or the link out; the other one stays."""
    draft = MeetingDraft.of(context)
    if draft.place and draft.link:
        draft.place, draft.link = ("", draft.link) if which == "place" else (draft.place, "")
        draft.keep(context)
    return await next_step(context, draft)


@feature.action("pl_place_unwritten")
async def leave(context: Context) -> Screen:
    """Write nothing; choose the length again, or leave what was."""
    return await next_step(context, MeetingDraft.of(context), otherwise="minutes")
