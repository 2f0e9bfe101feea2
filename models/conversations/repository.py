"""Who speaks, where their conversation stands, and which updates were already handled: a query each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Account, RoleGrant
from models.base.channels import Address, MessageRef
from models.base.columns import Moment
from models.base.database import insert_or_ignore, insert_or_replace
from models.base.metadata import table
from models.base.screens import Action, Screen
from models.campaigns.tables import Campaign
from models.conversations.tables import Conversation, SeenUpdate

KEPT = timedelta(hours=48)
"""How long a handled update is remembered: Telegram itself delivers for 24 h at most."""

_account = table(Account)
_grant = table(RoleGrant)
_conversation = table(Conversation)
_campaign = table(Campaign)
_seen = table(SeenUpdate)

_TODAY = bindparam("today", type_=Date)
_NOW = bindparam("now", type_=Moment)
_MARK = (
    postgresql.insert(_seen)
    .values(update_id=bindparam("update_id"), seen_at=bindparam("seen_at", type_=Moment))
    .on_conflict_do_nothing()
    .returning(_seen.c.update_id)
    .cte("mark")
)

_KEEP_MESSAGE = (
    update(_conversation)
    .where(_conversation.c.account_id == bindparam("of_account"))
    .values(message_ref=bindparam("message"))
)


@dataclass
class ConversationState:
    """Where a conversation stands: what the person has before them, and what the screen keeps to itself."""

    message_ref: MessageRef | None = None
    view: str = ""
    buttons: list[list[str]] = field(default_factory=list)
    memo: dict[str, Any] = field(default_factory=dict)

    def shows(self, screen: Screen) -> None:
        """Take over what a screen shows; a screen without a view leaves what was there."""
        if screen.view is not None:
            self.view = screen.view.pack()
            self.buttons = [[b.label, b.action.pack()] for row in screen.rows for b in row]

    @property
    def showing(self) -> Action | None:
        """The action that shows the present screen again."""
        return Action.unpack(self.view) if self.view else None


@dataclass(frozen=True)
class Visit:
    """Who speaks, with what rights, where they were, and the campaign that is open.

    `invited`: to a meeting to come, whatever their roles.
    """

    actor: Actor
    revoked: bool
    state: ConversationState
    campaign: Campaign | None
    invited: bool


Invited = Callable[[ColumnElement[str], ColumnElement[datetime]], ColumnElement[bool]]
"""Gives the clause that tells whether an address is invited to a meeting to come, at a moment."""


def _visit_query(invited: Invited) -> Select[Any]:
    return (
        select(
            _account.c.id,
            _account.c.revoked_at,
            _grant.c.role,
            _grant.c.scope,
            _conversation.c.message_ref.label("message_ref"),
            _conversation.c.view,
            _conversation.c.buttons,
            _conversation.c.memo,
            _campaign.c.id.label("campaign_id"),
            _campaign.c.date,
            _campaign.c.opens,
            _campaign.c.closes,
            invited(_account.c.email, _NOW).label("invited"),
        )
        .select_from(_account)
        .outerjoin(_grant, _grant.c.account_id == _account.c.id)
        .outerjoin(_conversation, _conversation.c.account_id == _account.c.id)
        .outerjoin(
            _campaign,
            and_(
                _campaign.c.closed_at.is_(None),
                _campaign.c.opens <= _TODAY,
                or_(_campaign.c.closes.is_(None), _campaign.c.closes >= _TODAY),
            ),
        )
        .where(_account.c.channel_address == bindparam("sender"))
        .order_by(_campaign.c.date)
    )


class Arrivals:
    """Reads who comes and records what they bring, in one way to the database and back.

    The meetings, a floor above, give the clause of `Visit.invited`.
    """

    def __init__(self, invited: Invited) -> None:
        self._query = _visit_query(invited)
        # Both at once; SQLite, which has no such statement, has no way to go either.
        fresh = select(func.count()).select_from(_MARK).scalar_subquery().label("fresh")
        self._mark_and_query = self._query.add_columns(fresh)

    async def arrive(
        self, session: AsyncSession, update_id: int, sender: Address, now: datetime, today: date
    ) -> tuple[Visit | None, bool]:
        """Record an update with its effect, in the same transaction; return who came, and whether it is the first time.

        Nobody comes from an address that is linked to nobody; what they send changes nothing a second time.
        """
        who = {"sender": sender, "today": today, "now": now}
        mark = {"update_id": update_id, "seen_at": now}
        if session.get_bind().dialect.name == "postgresql":
            rows = (await session.execute(self._mark_and_query, who | mark)).all()
            return (_visit(rows), bool(rows[0].fresh)) if rows else (None, True)
        marked: Any = await session.execute(insert_or_ignore(session, _seen), mark)
        rows = (await session.execute(self._query, who)).all()
        return _visit(rows) if rows else None, bool(marked.rowcount)


def _visit(rows: Sequence[Row[Any]]) -> Visit:
    first = rows[0]
    grants = dict.fromkeys(Grant(row.role, row.scope) for row in rows if row.role is not None)
    campaign = None
    if first.campaign_id is not None:
        campaign = _campaign_of(first.campaign_id, first.date, first.opens, first.closes)
    state = ConversationState()
    if first.view is not None:
        state = ConversationState(first.message_ref, first.view, first.buttons, first.memo)
    return Visit(Actor(first.id, tuple(grants)), first.revoked_at is not None, state, campaign, bool(first.invited))


@lru_cache(maxsize=4)
def _campaign_of(number: int, day: date, opens: date, closes: date | None) -> Campaign:
    """Return the campaign, the same for everybody: building one is slow, and it is only read."""
    return Campaign(id=number, date=day, opens=opens, closes=closes)


async def keep_state(session: AsyncSession, actor: Actor, state: ConversationState) -> None:
    """Keep where the conversation stands."""
    await session.execute(
        insert_or_replace(session, _conversation, "account_id"),
        {
            "account_id": actor.account_id,
            "message_ref": state.message_ref,
            "view": state.view,
            "buttons": state.buttons,
            "memo": state.memo,
        },
    )


async def keep_message(session: AsyncSession, account_id: int, message: MessageRef) -> None:
    """Keep the reference of the message that now bears the conversation's buttons."""
    await session.execute(_KEEP_MESSAGE, {"of_account": account_id, "message": message})


async def forget_seen(session: AsyncSession, now: datetime) -> None:
    """Forget updates too old to be delivered again."""
    await session.execute(delete(_seen).where(_seen.c.seen_at < now - KEPT))
