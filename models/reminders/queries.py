"""Where everybody stands, and who may be told something: read for the reminders in a fixed number of statements.

This is the view of whoever sends, not of a person who asks: it is bounded by nobody's rights, and what is told of it
to somebody is what their roles cover. Only numbers are read of the persons accompanied.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Grant, Permission, Role, holders
from models.accounts.tables import Account, Invitation, RoleGrant
from models.base.channels import Address
from models.base.clock import local_day
from models.base.columns import Moment
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.repository import open_campaign
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.events.queries import ASKED_AGAIN, CAMPAIGN_ID, ENTERED, EXPECTED, EXPECTED_OF_ALL
from models.events.tables import Event, EventState
from models.figures.tables import DispositifFigures
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.scopes import Level
from models.reminders.recipients import Recipient, Recipients
from models.reminders.snapshot import CampaignSnapshot, Caseload, DispositifSnapshot, subject_of
from models.reminders.tables import ReminderWish

_account = table(Account)
_invitation = table(Invitation)
_person = table(Person)
_dispositif = table(Dispositif)
_event = table(Event)
_figures = table(DispositifFigures)
_message = table(OutboxMessage)
_grant = table(RoleGrant)


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
        {one.account_id: one.grant for one in await _INVITED.all(session, {"now": now})},
        await _notified(session, campaign),
    )


async def finished(session: AsyncSession, campaign: Campaign, account_ids: Sequence[int]) -> set[int]:
    """Return those of the accounts who have nothing left to enter or to look at again in a campaign."""
    missing = await session.scalars(_LEFT_TO, {**_bounds(campaign), "accounts": list(account_ids)})
    return set(account_ids) - set(missing)


async def read_recipients(session: AsyncSession, *among: ColumnElement[bool]) -> Recipients:
    """Return the live accounts, or those of them that satisfy conditions on `account`."""
    # Apart: few wish for anything, and a country's accounts are read faster without their empty columns.
    wishes = {wish.account_id: wish for wish in await session.scalars(select(ReminderWish))}
    accounts: dict[int, list[_Held]] = {}
    for held in await Query(_Held, _HELD.where(*among)).all(session):
        accounts.setdefault(held.account_id, []).append(held)
    return {
        account_id: Recipient(
            account_id,
            of_account[0].email,
            of_account[0].address is not None,
            tuple(Grant(held.role, held.scope) for held in of_account if held.role and held.scope),
            wishes.get(account_id),
        )
        for account_id, of_account in accounts.items()
    }


class _Held(NamedTuple):
    account_id: int
    email: str
    address: Address | None
    role: Role | None
    scope: str | None


_HELD = (
    select(_account.c.id, _account.c.email, _account.c.channel_address, _grant.c.role, _grant.c.scope)
    .outerjoin(_grant, _grant.c.account_id == _account.c.id)
    .where(_account.c.revoked_at.is_(None))
    .order_by(_account.c.id, _grant.c.id)
)


class _Invited(NamedTuple):
    account_id: int
    grant: Grant


_INVITED = Query(
    _Invited,
    select(_account.c.id, _invitation.c.role, _invitation.c.scope)
    .join(_invitation, _invitation.c.email == _account.c.email)
    .where(
        _account.c.channel_address.is_(None),
        _account.c.revoked_at.is_(None),
        _invitation.c.used_at.is_(None),
        _invitation.c.expires_at > bindparam("now", type_=Moment),
    )
    .order_by(_invitation.c.id),
)


class _Persons(NamedTuple):
    dispositif: int
    coach_id: int | None
    state: EventState | None
    persons: int


_CASELOADS = Query(
    _Persons,
    select(_person.c.dispositif_id, _person.c.coach_id, _event.c.state, func.count().label("persons"))
    .select_from(_person)
    .outerjoin(_event, and_(_event.c.person_id == _person.c.id, _event.c.campaign_id == CAMPAIGN_ID))
    .where(or_(EXPECTED_OF_ALL, _event.c.id.is_not(None)))
    .group_by(_person.c.dispositif_id, _person.c.coach_id, _event.c.state),
)

_LEFT_TO = (
    select(_person.c.coach_id)
    .where(
        _person.c.coach_id.in_(bindparam("accounts", expanding=True)),
        or_(and_(EXPECTED, ~ENTERED), ASKED_AGAIN),
    )
    .distinct()
)


class _Dispositif(NamedTuple):
    number: int
    reference: str
    departement_no: str | None
    figures_recorded: bool


_DISPOSITIFS = Query(
    _Dispositif,
    select(
        _dispositif.c.id,
        _dispositif.c.reference,
        _dispositif.c.departement_no,
        exists()
        .where(_figures.c.dispositif_id == _dispositif.c.id, _figures.c.campaign_id == CAMPAIGN_ID)
        .label("figures_recorded"),
    ),
)


class _Notified(NamedTuple):
    kind: str
    account_id: int
    period: str
    at: datetime


_NOTIFIED = Query(
    _Notified,
    select(_message.c.kind, _message.c.account_id, _message.c.period, _message.c.written_at).where(
        _message.c.subject == bindparam("subject")
    ),
)


async def _dispositifs(session: AsyncSession, campaign: Campaign) -> dict[str, DispositifSnapshot]:
    found = {one.number: DispositifSnapshot(*one) for one in await _DISPOSITIFS.all(session, _bounds(campaign))}
    for one in await _CASELOADS.all(session, _bounds(campaign)):
        found[one.dispositif].caseloads.setdefault(one.coach_id, Caseload()).add(one.state, one.persons)
    return {dispositif.reference: dispositif for dispositif in found.values()}


async def _notified(session: AsyncSession, campaign: Campaign) -> dict[tuple[str, int, str], datetime]:
    found = await _NOTIFIED.all(session, {"subject": subject_of(campaign)})
    return {(one.kind, one.account_id, one.period): one.at for one in found}


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
