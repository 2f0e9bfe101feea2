"""Campaigns: opened and closed by an administrator, never two at the same moment."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.tables import Role
from models.audit.tables import Audit
from models.base.database import Database
from models.campaigns.repository import all_campaigns, campaign_of, open_campaign
from models.campaigns.service import CampaignRefused, close, open_new, state
from models.campaigns.tables import Campaign

NOW = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
TODAY = date(2026, 12, 1)  # it is past midnight in Paris
DECEMBER, MARCH = date(2026, 12, 31), date(2027, 3, 31)


async def opened(database: Database, day: date, opens: date | None = None, closes: date | None = None) -> Campaign:
    async with database.transaction() as session:
        return await open_new(session, COMMAND_LINE, NOW, day, opens=opens, closes=closes)


async def closed(database: Database, day: date) -> Campaign:
    async with database.transaction() as session:
        return await close(session, COMMAND_LINE, NOW, day)


async def test_it_opens_today_and_its_end_may_stay_unfixed(database: Database) -> None:
    campaign = await opened(database, DECEMBER)
    assert (campaign.opens, campaign.closes, campaign.closed_at) == (TODAY, None, None)
    assert state(campaign, TODAY) == "open"
    async with database.transaction() as session:
        found = await open_campaign(session, TODAY)
        assert found is not None
        assert found.date == DECEMBER
        assert (await session.scalars(select(Audit.action))).all() == ["campaign_open"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 11, 30), False),
        (TODAY, True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
    ],
)
async def test_it_takes_entries_from_its_first_day_to_its_last(today: date, found: bool, database: Database) -> None:
    await opened(database, DECEMBER, closes=date(2027, 1, 31))
    async with database.transaction() as session:
        assert (await open_campaign(session, today) is not None) is found


async def test_closing_it_ends_it(database: Database) -> None:
    await opened(database, DECEMBER)
    campaign = await closed(database, DECEMBER)
    assert campaign.closed_at == NOW
    assert state(campaign, TODAY) == "over"
    async with database.transaction() as session:
        assert await open_campaign(session, TODAY) is None
        assert await campaign_of(session, DECEMBER) is not None


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((None, None), (None, None), True),
        ((None, date(2027, 1, 31)), (date(2027, 1, 31), None), True),
        ((None, date(2027, 1, 31)), (date(2027, 2, 1), None), False),
        ((date(2027, 3, 1), None), (TODAY, date(2027, 2, 28)), False),
        ((date(2026, 10, 1), date(2026, 11, 15)), (date(2026, 11, 1), date(2026, 11, 20)), False),  # both past
        ((date(2026, 10, 1), date(2026, 11, 15)), (date(2026, 11, 1), None), False),
    ],
)
async def test_two_are_never_open_at_the_same_moment(
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    meet: bool,
    database: Database,
) -> None:
    await opened(database, DECEMBER, *first)
    if not meet:
        await opened(database, MARCH, *second)
        return
    with pytest.raises(CampaignRefused, match=r"31/12/2026 .* clôturez-la d’abord"):
        await opened(database, MARCH, *second)
    await closed(database, DECEMBER)
    await opened(database, MARCH, *second)


async def test_a_date_has_one_campaign(database: Database) -> None:
    await opened(database, DECEMBER)
    with pytest.raises(CampaignRefused, match="31/12/2026 existe déjà"):
        await opened(database, DECEMBER)


async def test_a_closed_one_is_not_reopened(database: Database) -> None:
    await opened(database, DECEMBER)
    await closed(database, DECEMBER)
    with pytest.raises(CampaignRefused, match="ne se rouvre pas"):
        await opened(database, DECEMBER)
    with pytest.raises(CampaignRefused, match="déjà close"):
        await closed(database, DECEMBER)


async def test_an_unknown_one_is_not_closed(database: Database) -> None:
    with pytest.raises(CampaignRefused, match="Aucune campagne au 31/12/2026"):
        await closed(database, DECEMBER)


async def test_it_does_not_end_before_it_begins(database: Database) -> None:
    with pytest.raises(CampaignRefused, match="précède"):
        await opened(database, DECEMBER, closes=date(2026, 11, 30))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
async def test_only_an_administrator_may(role: Role, database: Database) -> None:
    actor = Actor(None, (Grant(role, "dispositif:ABC01"),))
    async with database.transaction() as session:
        with pytest.raises(CampaignRefused, match="Seul un administrateur"):
            await open_new(session, actor, NOW, DECEMBER)
        with pytest.raises(CampaignRefused, match="Seul un administrateur"):
            await close(session, actor, NOW, DECEMBER)
        assert await all_campaigns(session) == []
