"""The meeting pack: what those who meet look at, for who leads. Codes, counts and closed reasons, no personal data."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.clock import local_day
from models.campaigns.repository import open_campaign
from models.campaigns.tables import Campaign
from models.entry.service import Unknown
from models.meetings import agenda, repository
from models.meetings.packs import repository as stored
from models.meetings.packs.cases import Case, cases
from models.meetings.permissions import meeting_permissions
from models.meetings.repository import Meeting
from models.meetings.territories import Territory, territory
from models.reference.nomenclature import Orientation, Statut

MOST_CASES = 20


@dataclass(frozen=True)
class Completeness:
    """How far a campaign is on the platform: persons asked about, entered, validated."""

    campaign: Campaign
    expected: int
    entered: int
    validated: int


@dataclass(frozen=True)
class Pack:
    """What is looked at. `since` is the last point that took place, if any did: entries count from the day after.

    `states`: persons in the process by their last status; none: nothing entered of them yet. `waiting` and `dropped`
    are of `figures_day`. `cases` are the first ones, of `cases_in_all`.
    """

    meeting: Meeting
    where: Territory
    today: date
    since: date | None
    entries: Mapping[Orientation | None, int]
    states: Mapping[Statut | None, int]
    waiting: int | None
    dropped: int | None
    figures_day: date | None
    completeness: Completeness | None
    cases: Sequence[Case]
    cases_in_all: int


async def pack(session: AsyncSession, actor: Actor, now: datetime, number: int) -> Pack:
    """Return the pack of a meeting that the actor leads; raises `Unknown` for any other."""
    meeting = await repository.one_led(session, await meeting_permissions(session, actor), number)
    there = None if meeting is None else await territory(session, meeting.scope)
    if meeting is None or there is None:
        raise Unknown
    today = local_day(now, meeting.zone)
    platform = await stored.dispositifs(session, there)
    before = await agenda.one_before(session, actor, meeting)
    campaign = await open_campaign(session, local_day(now))
    followed = await stored.followed(session, platform, today, campaign)
    waiting, dropped, figures_day = await stored.waiting(session, platform)
    found = cases(followed, today)
    return Pack(
        meeting,
        there,
        today,
        before.day if before else None,
        await stored.entries(session, platform, before.day if before else None, today),
        Counter(one.said[0].statut if one.said else None for one in followed),
        waiting,
        dropped,
        figures_day,
        Completeness(campaign, *await stored.completeness(session, platform, campaign)) if campaign else None,
        found[:MOST_CASES],
        len(found),
    )
