"""« Votre trimestre »: a job coach's own progress and what changed, by the ends of the codes."""

from datetime import date

from handlers.feature import Forged
from handlers.pages import pages_in, turning
from handlers.statistics import texts
from handlers.statistics.conversation import feature
from handlers.turn import Turn
from models.campaigns.repository import campaign_of
from models.screens import Action, Button, Screen, button
from models.statistics import quarter as own
from models.statistics.choices import begun, usual_day


@feature.action("quarter")
async def quarter(turn: Turn) -> Screen:
    """Show the asker's quarter: the campaign under way, or the last one."""
    day = await usual_day(turn.session, turn.today, live=True)
    if day is None:
        return Screen(texts.NO_CAMPAIGN, ((button(texts.HOME, "start", ""),),), Action("quarter"))
    return await quarter_at(turn, day.isoformat())


@feature.action("quarter_at")
async def quarter_at(turn: Turn, day: str) -> Screen:
    """Show the asker's quarter at a campaign, and the ways to the one before and the one after."""
    return await quarter_page(turn, day, 0)


@feature.action("quarter_page")
async def quarter_page(turn: Turn, day: str, number: int) -> Screen:
    """Show a page of what changed in the asker's quarter; the first one begins with the progress."""
    try:
        campaign = await campaign_of(turn.session, date.fromisoformat(day))
    except ValueError as error:
        raise Forged from error
    if campaign is None or campaign.opens > turn.today:
        raise Forged
    seen = await own.quarter(turn.session, turn.asker, campaign)
    rows: list[tuple[Button, ...]] = []
    if campaign.is_open(turn.today) and seen.entered < seen.total:
        rows.append((button(texts.ENTER, "next"),))
    if number >= pages_in(len(seen.shifts), texts.MOST_SHIFTS):
        raise Forged

    def at(page: int) -> Action:
        return Action.of("quarter_page", day, page)

    ways = (texts.PREVIOUS, texts.OTHER_CHANGES)
    rows += turning(number, len(seen.shifts), at, size=texts.MOST_SHIFTS, ways=ways)
    opened = [one.date for one in await begun(turn.session, turn.today)]
    before, after = [one for one in opened if one < campaign.date], [one for one in opened if one > campaign.date]
    if before:
        rows.append((button(texts.BEFORE, "quarter_at", before[0].isoformat()),))
    if after:
        rows.append((button(texts.AFTER, "quarter_at", after[-1].isoformat()),))
    rows += [(button(texts.FIGURES, "stats"),), (button(texts.HOME, "start", ""),)]
    return Screen(texts.quarter(seen, campaign.date, number), tuple(rows), at(number))
