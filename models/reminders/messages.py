"""The kinds of message that remind of the open campaign. What builds each stands in `reminders`, under its name.

They are planned in the order in which they stand here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.tables import Role
from models.base.clock import local_day
from models.campaigns.repository import open_campaign
from models.notifications.delivery.repository import Claimed
from models.notifications.kinds import HoldsTrue, ReminderKind
from models.reminders.queries import finished
from models.reminders.snapshot import subject_of


class GivesWay(Enum):
    """How a kind of reminder stands beside the others that are due to the same person."""

    STANDS_FOR_OTHERS = "it says all: of several the last one is sent, and the others are not needed"
    ALWAYS = "not sent where one that stands for others was, since its day"
    WHERE_ALL_IS_SAID = "not sent there either, unless somebody has persons in dispositifs that one does not speak of"
    NEVER = "sent beside them"


@dataclass(frozen=True, eq=False, kw_only=True)
class CampaignReminder(ReminderKind):
    """A kind of reminder of the open campaign.

    `promised` and `promise` are what `/rappels` says of the next one: its title, and what it is about where its step
    does not say it. Without a title it is not spoken of ahead.
    """

    holds: HoldsTrue = HoldsTrue.UNTIL_EVENING
    gives_way: GivesWay
    promised: str = ""
    promise: str = ""


async def _over(session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
    """Return the messages of a campaign that is not open any more."""
    campaign = await open_campaign(session, local_day(now))
    subject = subject_of(campaign) if campaign is not None else None
    return {message.id for message in claimed if message.subject != subject}


async def _over_or_done(session: AsyncSession, now: datetime, claimed: Sequence[Claimed]) -> set[int]:
    """Return those messages too whose reader has nothing left to enter."""
    over = await _over(session, now, claimed)
    asked = [message for message in claimed if message.id not in over]
    campaign = await open_campaign(session, local_day(now)) if asked else None
    done = await finished(session, campaign, [message.account_id for message in asked]) if campaign else set()
    return over | {message.id for message in asked if message.account_id in done}


ESCALATION = CampaignReminder(
    "reminder_escalation",
    "point sur les retards",
    counted=("point sur les retards", "points sur les retards"),
    why="point sur les retards",
    to=frozenset({Role.COORDINATOR, Role.CHEF_DE_FILE, Role.ADMIN}),
    gives_way=GivesWay.STANDS_FOR_OTHERS,
    no_longer_relevant=_over,
    promised="Point sur les retards",
    promise="seulement s'il manque encore des saisies.",
)
DIGEST = CampaignReminder(
    "reminder_digest",
    "bilan",
    counted=("bilan", "bilans"),
    why="",
    to=frozenset({Role.COORDINATOR}),
    gives_way=GivesWay.STANDS_FOR_OTHERS,
    no_longer_relevant=_over,
    promised="Prochain bilan",
    promise="où en est votre dispositif, le premier jour ouvré de la semaine.",
)
REMINDER = CampaignReminder(
    "reminder",
    "rappel",
    counted=("rappel", "rappels"),
    why="",
    to=frozenset({Role.JOB_COACH}),
    gives_way=GivesWay.WHERE_ALL_IS_SAID,
    no_longer_relevant=_over_or_done,
    promised="Prochain rappel",
)
ABSENCE_RELAY = CampaignReminder(
    "reminder_relay",
    "relais d'absence",
    counted=("relais d'absence", "relais d'absence"),
    why="absence d'un job coach",
    to=frozenset({Role.COORDINATOR}),
    gives_way=GivesWay.ALWAYS,
    no_longer_relevant=_over,
)
UNUSED_INVITATION = CampaignReminder(
    "reminder_invitation",
    "invitation à ouvrir",
    counted=("invitation à ouvrir", "invitations à ouvrir"),
    why="invitation pas encore ouverte",
    to=frozenset(Role),
    gives_way=GivesWay.NEVER,
    no_longer_relevant=_over,
)
