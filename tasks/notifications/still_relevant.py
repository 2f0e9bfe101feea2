"""What has become pointless between its writing and its sending."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.base.clock import local_day
from models.campaigns.repository import open_campaign
from models.meetings.reminders.unplanned import Notice
from models.notifications.delivery import Claimed
from models.reminders.standing import finished, subject_of
from reminders.policy import ReminderKind

NoLongerRelevant = Callable[[AsyncSession, datetime, Sequence[Claimed]], Awaitable[set[int]]]
"""Gives the numbers of those claimed messages that are to be withdrawn instead of sent."""


async def irrelevant_reminders(session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
    """Return the messages of a campaign that closed, and the reminders of who has finished meanwhile."""
    about = [message for message in claimed if message.kind in set(ReminderKind)]
    if not about:
        return set()
    campaign = await open_campaign(session, local_day(now))
    if campaign is None:
        return {message.id for message in about}
    stale = {message.id for message in about if message.subject != subject_of(campaign)}
    reminded = [message for message in about if message.kind == ReminderKind.REMINDER and message.id not in stale]
    done = await finished(session, campaign, [message.account_id for message in reminded]) if reminded else set()
    return stale | {message.id for message in reminded if message.account_id in done}


async def irrelevant_meetings(session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
    """Return the reminders of meetings that moved, were cancelled or are settled, and of months that have a point."""
    about = {message.id: (message.kind, message.subject, message.period) for message in claimed}
    about = {number: what for number, what in about.items() if what[0] in set(Notice)}
    if not about:
        return set()
    # Imported here: a worker starts within a second, and few messages are about meetings.
    from models.meetings.reminders.standing import pointless  # noqa: PLC0415

    moot = await pointless(session, now, set(about.values()))
    return {number for number, what in about.items() if what in moot}
