"""What somebody wishes of their reminders; who put theirs off; how far a dispositif's job coaches are. All the SQL."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission, holders
from models.accounts.queries import names_dispositif, of_dispositifs, of_persons, one_of
from models.accounts.tables import Account, RoleGrant
from models.base.columns import Moment
from models.base.database import insert_or_replace
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.events.queries import ACCOUNT, CAMPAIGN_ID, ENTERED, EXPECTED
from models.events.tables import Event
from models.notifications.tables import OutboxMessage
from models.persons.tables import Person
from models.reference.scopes import Level, Scope
from models.reminders.snapshot import subject_of
from models.reminders.tables import ReminderWish

_account = table(Account)
_grant = table(RoleGrant)
_dispositif = table(Dispositif)
_person = table(Person)
_event = table(Event)
_wish = table(ReminderWish)
_message = table(OutboxMessage)


@dataclass(frozen=True)
class Wish:
    """The wishes of one account; whoever never wished for anything has the first of each."""

    hour: int | None = None
    digests_paused: bool = False
    absent_from: date | None = None
    absent_until: date | None = None
    snoozed_until: date | None = None
    snoozed_in: int | None = None

    def facts(self) -> Mapping[str, Any]:
        """Return what the audit keeps of them."""
        return asdict(self)


@dataclass(frozen=True)
class Coordinated:
    """A dispositif that the actor coordinates, and the département whose clock and holidays it has."""

    id: int
    reference: str
    departement: str | None


@dataclass(frozen=True)
class PutOff:
    """Somebody else who enters in a dispositif and whose reminders wait: until when, and since when they are absent."""

    coach: str
    dispositif: str
    snoozed_until: date | None
    absent_from: date | None
    absent_until: date | None


class CoachLoad(NamedTuple):
    """The persons of a job coach, none for those without one: asked about, entered, entered since a moment."""

    coach: str | None
    expected: int
    entered: int
    recent: int


class Followed(NamedTuple):
    """How many persons somebody follows and is asked about, and how many of them are entered."""

    expected: int
    entered: int


class _Notified(NamedTuple):
    kind: str
    period: str


class _Own(NamedTuple):
    wishes: int | None
    wish: Wish
    named: str | None
    followed_in: str | None


_WISHES = tuple(_wish.c[name] for name in Wish.__dataclass_fields__)

_OWN = Query(
    _Own,
    select(
        _wish.c.account_id,
        *_WISHES,
        select(_dispositif.c.departement_no)
        .where(_dispositif.c.reference == bindparam("named", type_=String))
        .scalar_subquery(),
        select(_dispositif.c.departement_no)
        .join(_person, _person.c.dispositif_id == _dispositif.c.id)
        .where(_person.c.coach_id == ACCOUNT, of_persons(Permission.EVENT_ENTER))
        .order_by(_dispositif.c.reference)
        .limit(1)
        .scalar_subquery(),
    )
    .select_from(_account)
    .outerjoin(_wish, _wish.c.account_id == _account.c.id)
    .where(_account.c.id == ACCOUNT),
)

_FOLLOWED = Query(
    Followed,
    select(func.count(), func.coalesce(func.sum(case((ENTERED, 1), else_=0)), 0)).where(
        of_persons(Permission.EVENT_ENTER), _person.c.coach_id == ACCOUNT, or_(EXPECTED, ENTERED)
    ),
)

_NOTIFIED = Query(
    _Notified,
    select(_message.c.kind, _message.c.period).where(
        _message.c.account_id == ACCOUNT, _message.c.subject == bindparam("subject", type_=String)
    ),
)

_COORDINATED = Query(
    Coordinated,
    select(_dispositif.c.id, _dispositif.c.reference, _dispositif.c.departement_no)
    .where(of_dispositifs(Permission.REMINDERS_FORECAST))
    .order_by(_dispositif.c.reference),
)

_snoozed = and_(
    _wish.c.snoozed_in == CAMPAIGN_ID,
    _wish.c.snoozed_until > bindparam("today"),
)
_absent = _wish.c.absent_until >= bindparam("today")
_PUT_OFF = Query(
    PutOff,
    select(
        _account.c.email,
        _dispositif.c.reference,
        case((_snoozed, _wish.c.snoozed_until)),
        case((_absent, _wish.c.absent_from)),
        case((_absent, _wish.c.absent_until)),
    )
    .select_from(_wish)
    .join(_account, _account.c.id == _wish.c.account_id)
    .join(
        _grant,
        and_(_grant.c.account_id == _account.c.id, one_of(holders(Permission.EVENT_ENTER))),
    )
    .join(_dispositif, names_dispositif(_grant.c.scope, _dispositif.c.reference))
    .where(of_dispositifs(Permission.REMINDERS_FORECAST), _account.c.id != ACCOUNT, or_(_snoozed, _absent))
    .distinct()
    .order_by(_dispositif.c.reference, _account.c.email),
)

_coach = _account.alias("coach")
_held = _event.alias("held")


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


_LOADS = Query(
    CoachLoad,
    select(
        _coach.c.email,
        func.count(),
        _number(_held.c.id.is_not(None)),
        _number(_held.c.created_at >= bindparam("since", type_=Moment)),
    )
    .select_from(_person)
    .outerjoin(_held, and_(_held.c.person_id == _person.c.id, _held.c.campaign_id == CAMPAIGN_ID))
    .outerjoin(_coach, _coach.c.id == _person.c.coach_id)
    .where(
        of_persons(Permission.REMINDERS_FORECAST),
        _person.c.dispositif_id == bindparam("dispositif", type_=Integer),
        or_(EXPECTED, _held.c.id.is_not(None)),
    )
    .group_by(_coach.c.email),
)


async def own_wish(session: AsyncSession, actor: Actor) -> tuple[Wish, str | None]:
    """Return the actor's own wishes, and the département they work in; none for whoever works for the whole country."""
    scope = _scope_of(actor)
    bounds = {**actor.scope, "named": scope.dispositif}
    own = await _OWN.one(session, bounds)
    wish = own.wish if own.wishes else Wish()
    return wish, own.followed_in or (scope.code if scope.level is Level.DEPARTEMENT else own.named)


async def keep_wish(session: AsyncSession, actor: Actor, now: datetime, wish: Wish) -> None:
    """Keep the actor's wishes."""
    values = {"account_id": actor.account_id, **asdict(wish), "changed_at": now}
    await session.execute(insert_or_replace(session, _wish, "account_id"), values)


async def followed(session: AsyncSession, actor: Actor, campaign: Campaign) -> Followed:
    """Return how many persons the actor follows as a job coach and is asked about, and how many of them are entered."""
    bounds = {**actor.scope, "campaign_id": campaign.id, "day": campaign.date}
    return await _FOLLOWED.one(session, bounds)


async def told(session: AsyncSession, actor: Actor, campaign: Campaign) -> frozenset[tuple[str, str]]:
    """Return what the actor was told of a campaign: kinds and steps."""
    return frozenset(await _NOTIFIED.all(session, {**actor.scope, "subject": subject_of(campaign)}))


async def coordinated(session: AsyncSession, actor: Actor) -> list[Coordinated]:
    """Return the dispositifs that the actor coordinates, by reference."""
    return await _COORDINATED.all(session, actor.scope)


async def put_off(session: AsyncSession, actor: Actor, campaign: Campaign | None, today: date) -> list[PutOff]:
    """Return who, among the job coaches of the dispositifs that the actor coordinates, put reminders off or is absent.

    Without a campaign only absences count; those to come are there too.
    """
    bounds = {**actor.scope, "campaign_id": campaign and campaign.id, "today": today}
    return await _PUT_OFF.all(session, bounds)


async def loads(
    session: AsyncSession, actor: Actor, campaign: Campaign, dispositif: int, since: datetime
) -> list[CoachLoad]:
    """Return a row for each job coach of a dispositif, none for whoever has none: e-mail address, persons asked about,
    entered, entered since that moment. Nothing for a dispositif that the actor does not coordinate.
    """
    bounds = {
        **actor.scope,
        "campaign_id": campaign.id,
        "day": campaign.date,
        "dispositif": dispositif,
        "since": since,
    }
    return await _LOADS.all(session, bounds)


def _scope_of(actor: Actor) -> Scope:
    """Where the actor holds the first role that has a place: for whoever follows nobody, as planned for them."""
    held = (Scope.parse(grant.scope) for grant in actor.grants)
    return next((one for one in held if one.level in {Level.DISPOSITIF, Level.DEPARTEMENT}), Scope(Level.NATIONAL))
