"""« Votre trimestre »: a job coach's own progress and what changed, by the ends of the codes."""

from datetime import date

from handlers.feature import Forged
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
    """Show the asker's quarter at a campaign, and the way to the one before."""
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
    before = [one for one in await begun(turn.session, turn.today) if one.date < campaign.date]
    if before:
        rows.append((button(texts.BEFORE, "quarter_at", before[0].date.isoformat()),))
    rows += [(button(texts.FIGURES, "stats"),), (button(texts.HOME, "start", ""),)]
    return Screen(texts.quarter(seen, campaign.date), tuple(rows), Action.of("quarter_at", day))
