"""Where everybody stands in the open campaign, read for the reminders: a fixed number of queries, whatever the number.

This is the view of whoever sends, not of a person who asks: it is bounded by nobody's rights, and what is told of it
to somebody is what their roles cover. Only numbers are read of the persons accompanied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Grant, Permission, holders
from models.accounts.tables import Account, Invitation
from models.base.clock import local_day
from models.base.columns import Moment
from models.base.metadata import table
from models.campaigns.repository import open_campaign
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.events.queries import ASKED_AGAIN, CAMPAIGN_ID, ENTERED, EXPECTED, EXPECTED_OF_ALL
from models.events.tables import Event, EventState
from models.figures.tables import DispositifFigures
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.scopes import Level
from models.reminders.recipients import Recipient, Recipients, read_recipients

_account = table(Account)
_invitation = table(Invitation)
_person = table(Person)
_dispositif = table(Dispositif)
_event = table(Event)
_figures = table(DispositifFigures)
_message = table(OutboxMessage)


@dataclass(slots=True)
class Caseload:
    """How many persons somebody is asked about in one dispositif, and how far they are."""

    expected: int = 0
    missing: int = 0
    sent_back: int = 0
    to_validate: int = 0

    def add(self, state: EventState | None, persons: int) -> None:
        """Count persons whose event is in that state; none is « no event »."""
        self.expected += persons
        self.missing += persons if state is None else 0
        self.sent_back += persons if state == EventState.SENT_BACK else 0
        self.to_validate += persons if state == EventState.ENTERED else 0

    def __add__(self, other: "Caseload") -> "Caseload":
        """Return both together."""
        return Caseload(
            self.expected + other.expected,
            self.missing + other.missing,
            self.sent_back + other.sent_back,
            self.to_validate + other.to_validate,
        )


@dataclass(frozen=True)
class DispositifSnapshot:
    """Where a dispositif stands: its caseloads by the coach's account, none for the persons nobody follows."""

    number: int
    reference: str
    departement_no: str | None
    figures_recorded: bool
    caseloads: dict[int | None, Caseload] = field(default_factory=dict)

    def total(self, of: str) -> int:
        """Return a field of the caseloads, summed."""
        return sum(getattr(caseload, of) for caseload in self.caseloads.values())

    @property
    def missing(self) -> int:
        """How many persons are still to be entered."""
        return self.total("missing")

    @property
    def something_left(self) -> bool:
        """Whether its coordinator still has something to do or to wait for."""
        left = self.missing + self.total("sent_back") + self.total("to_validate")
        return left > 0 or (bool(self.caseloads) and not self.figures_recorded)


@dataclass(frozen=True)
class CampaignSnapshot:
    """All that the reminders of a campaign are decided from.

    `followed`: each coach's caseloads by dispositif, those they may enter; those of a coach who has not come yet too.
    `invited`: who has an invitation to open still, and to what. `notified`: kind, account and period of what is told
    already, and when it was written.
    """

    campaign: Campaign
    dispositifs: Mapping[str, DispositifSnapshot]
    recipients: Mapping[int, Recipient]
    followed: Mapping[int, Mapping[str, Caseload]]
    invited: Mapping[int, Grant]
    notified: Mapping[tuple[str, int, str], datetime]


def subject_of(campaign: Campaign) -> str:
    """Return the subject under which a campaign's reminders stand in the outbox."""
    return f"campaign:{campaign.date}"


async def read_campaign(
    session: AsyncSession, now: datetime, everybody: Recipients | None = None
) -> CampaignSnapshot | None:
    """Return where everybody stands in the open campaign; none if no campaign is open.

    `everybody`: who may be told something, from whoever has read it already.
    """
    campaign = await open_campaign(session, local_day(now))
    if campaign is None:
        return None
    dispositifs = await _dispositifs(session, campaign)
    recipients = await read_recipients(session) if everybody is None else everybody
    return CampaignSnapshot(
        campaign,
        dispositifs,
        recipients,
        _followed(dispositifs, recipients),
        {row.id: Grant(row.role, row.scope) for row in await session.execute(_INVITED, {"now": now})},
        await _notified(session, campaign),
    )


async def finished(session: AsyncSession, campaign: Campaign, account_ids: Sequence[int]) -> set[int]:
    """Return those of the accounts who have nothing left to enter or to look at again in a campaign."""
    missing = await session.scalars(_LEFT_TO, {**_bounds(campaign), "accounts": list(account_ids)})
    return set(account_ids) - set(missing)


_INVITED = (
    select(_account.c.id, _invitation.c.role, _invitation.c.scope)
    .join(_invitation, _invitation.c.email == _account.c.email)
    .where(
        _account.c.channel_address.is_(None),
        _account.c.revoked_at.is_(None),
        _invitation.c.used_at.is_(None),
        _invitation.c.expires_at > bindparam("now", type_=Moment),
    )
    .order_by(_invitation.c.id)
)

_CASELOADS = (
    select(_person.c.dispositif_id, _person.c.coach_id, _event.c.state, func.count().label("persons"))
    .select_from(_person)
    .outerjoin(_event, and_(_event.c.person_id == _person.c.id, _event.c.campaign_id == CAMPAIGN_ID))
    .where(or_(EXPECTED_OF_ALL, _event.c.id.is_not(None)))
    .group_by(_person.c.dispositif_id, _person.c.coach_id, _event.c.state)
)

_LEFT_TO = (
    select(_person.c.coach_id)
    .where(
        _person.c.coach_id.in_(bindparam("accounts", expanding=True)),
        or_(and_(EXPECTED, ~ENTERED), ASKED_AGAIN),
    )
    .distinct()
)

_DISPOSITIFS = select(
    _dispositif.c.id,
    _dispositif.c.reference,
    _dispositif.c.departement_no,
    exists()
    .where(_figures.c.dispositif_id == _dispositif.c.id, _figures.c.campaign_id == CAMPAIGN_ID)
    .label("figures_recorded"),
)


async def _dispositifs(session: AsyncSession, campaign: Campaign) -> dict[str, DispositifSnapshot]:
    found = {row.id: DispositifSnapshot(*row) for row in await session.execute(_DISPOSITIFS, _bounds(campaign))}
    for number, coach_id, state, persons in await session.execute(_CASELOADS, _bounds(campaign)):
        found[number].caseloads.setdefault(coach_id, Caseload()).add(state, persons)
    return {dispositif.reference: dispositif for dispositif in found.values()}


async def _notified(session: AsyncSession, campaign: Campaign) -> dict[tuple[str, int, str], datetime]:
    query = select(_message.c.kind, _message.c.account_id, _message.c.period, _message.c.written_at)
    rows = await session.execute(query.where(_message.c.subject == subject_of(campaign)))
    return {(kind, account_id, period): at for kind, account_id, period, at in rows}


def _followed(
    dispositifs: Mapping[str, DispositifSnapshot], recipients: Mapping[int, Recipient]
) -> dict[int, dict[str, Caseload]]:
    followed: dict[int, dict[str, Caseload]] = {}
    for reference, dispositif in dispositifs.items():
        enter = {Grant(role, Level.DISPOSITIF.scope(reference)) for role in holders(Permission.EVENT_ENTER)}
        for account_id, caseload in dispositif.caseloads.items():
            coach = recipients.get(account_id) if account_id is not None else None
            if coach is not None and (not coach.linked or enter & set(coach.grants)):
                followed.setdefault(coach.account_id, {})[reference] = caseload
    return followed


def _bounds(campaign: Campaign) -> dict[str, object]:
    return {"campaign_id": campaign.id, "day": campaign.date}
