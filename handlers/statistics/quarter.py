"""« Votre trimestre »: a job coach's own progress and what changed, by the ends of the codes."""

from datetime import date

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.statistics import texts
from handlers.statistics.conversation import feature
from models.base.paging import pages_in, turning
from models.base.screens import Action, Button, Screen, button
from models.campaigns.repository import campaign_of
from models.statistics.choices import begun, usual_day
from models.statistics.quarter import service as own


@feature.action("quarter")
async def quarter(context: Context) -> Screen:
    """Show the actor's quarter: the campaign under way, or the last one."""
    day = await usual_day(context.session, context.today, live=True)
    if day is None:
        return Screen(texts.NO_CAMPAIGN, ((button(texts.HOME, "start", ""),),), Action("quarter"))
    return await quarter_at(context, day.isoformat())


@feature.action("quarter_at")
async def quarter_at(context: Context, day: str) -> Screen:
    """Show the actor's quarter at a campaign, and the ways to the one before and the one after."""
    return await quarter_page(context, day, 0)


@feature.action("quarter_page")
async def quarter_page(context: Context, day: str, number: int) -> Screen:
    """Show a page of what changed in the actor's quarter; the first one begins with the progress."""
    try:
        campaign = await campaign_of(context.session, date.fromisoformat(day))
    except ValueError as error:
        raise InvalidAction from error
    if campaign is None or campaign.opens > context.today:
        raise InvalidAction
    seen = await own.quarter(context.session, context.actor, campaign)
    rows: list[tuple[Button, ...]] = []
    if campaign.is_open(context.today) and seen.entered < seen.total:
        rows.append((button(texts.ENTER, "next"),))
    if number >= pages_in(len(seen.shifts), texts.MOST_SHIFTS):
        raise InvalidAction

    def at(page: int) -> Action:
        return Action.of("quarter_page", day, page)

    ways = (texts.PREVIOUS, texts.OTHER_CHANGES)
    rows += turning(number, len(seen.shifts), at, size=texts.MOST_SHIFTS, ways=ways)
    opened = [one.date for one in await begun(context.session, context.today)]
    before, after = [one for one in opened if one < campaign.date], [one for one in opened if one > campaign.date]
    if before:
        rows.append((button(texts.BEFORE, "quarter_at", before[0].isoformat()),))
    if after:
        rows.append((button(texts.AFTER, "quarter_at", after[-1].isoformat()),))
    rows += [(button(texts.FIGURES, "stats"),), (button(texts.HOME, "start", ""),)]
    return Screen(texts.quarter(seen, campaign.date, number), tuple(rows), at(number))
