"""Open and close campaigns: dates are the CFEA's, entered by an administrator, never computed."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.audit import repository as audit
from models.base.clock import local_day
from models.campaigns import repository, texts
from models.campaigns.tables import Campaign


class CampaignRefused(Exception):
    """A campaign cannot be opened or closed; the message is a French sentence."""


async def open_new(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    day: date,
    *,
    opens: date | None = None,
    closes: date | None = None,
) -> Campaign:
    """Create the campaign of that date and return it; it opens today unless told otherwise.

    Its end may stay unfixed. Raises `CampaignRefused` where it exists already, where its dates are reversed,
    or where another campaign would be open at the same moment.
    """
    _check_right(actor)
    today = local_day(now)
    campaign = Campaign(date=day, opens=opens or today, closes=closes)
    if campaign.closes is not None and campaign.closes < campaign.opens:
        raise CampaignRefused(
            texts.DATES_REVERSED.format(closes=texts.day(campaign.closes), opens=texts.day(campaign.opens))
        )
    for other in await repository.all_campaigns(session):
        if other.date == day:
            known = texts.ALREADY_CLOSED if other.is_over(today) else texts.EXISTS
            raise CampaignRefused(known.format(date=texts.day(day)))
        if _meet(campaign, other, today):
            raise CampaignRefused(
                texts.ANOTHER_IS_OPEN.format(other=texts.day(other.date), other_iso=other.date.isoformat())
            )
    session.add(campaign)
    await session.flush()
    audit.record(session, actor, now, "campaign_open", f"campaign:{day}", after=_facts(campaign))
    return campaign


async def close(session: AsyncSession, actor: Actor, now: datetime, day: date) -> Campaign:
    """Mark the campaign of that date as closed and return it; its events stay as they are.

    Raises `CampaignRefused` where there is none or it is over already.
    """
    _check_right(actor)
    campaign = await repository.campaign_of(session, day)
    if campaign is None:
        raise CampaignRefused(texts.UNKNOWN.format(date=texts.day(day)))
    if campaign.closed_at is not None:
        raise CampaignRefused(texts.ALREADY_CLOSED.format(date=texts.day(day)))
    before = _facts(campaign)
    campaign.closed_at = now
    audit.record(session, actor, now, "campaign_close", f"campaign:{day}", before, _facts(campaign))
    return campaign


def state(campaign: Campaign, today: date) -> str:
    """Return `open`, `over` or `to_come`."""
    if campaign.is_open(today):
        return "open"
    return "over" if campaign.is_over(today) else "to_come"


def _check_right(actor: Actor) -> None:
    if not actor.may(Permission.CAMPAIGNS):
        raise CampaignRefused(texts.NOT_ALLOWED)


def _meet(new: Campaign, other: Campaign, today: date) -> bool:
    """Whether both would take entries on some day from today on: what is past disturbs nobody."""
    if other.closed_at is not None:
        return False
    last_days = [closes for closes in (new.closes, other.closes) if closes is not None]
    first = max(new.opens, other.opens, today)
    return not last_days or first <= min(last_days)


def _facts(campaign: Campaign) -> dict[str, object]:
    return {"opens": campaign.opens, "closes": campaign.closes, "closed_at": campaign.closed_at}
