"""Who speaks, where their conversation stands, and which updates were already handled: a query each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Row, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.rights import Asker, Grant
from models.campaigns.tables import Campaign
from models.columns import Moment
from models.database import insert_or_ignore, insert_or_replace
from models.meetings.repository import has_invitations
from models.screens import Action, Screen
from models.tables import metadata

KEPT = timedelta(hours=48)
"""How long a handled update is remembered: Telegram itself delivers for 24 h at most."""

_account = metadata.tables["account"]
_grant = metadata.tables["role_grant"]
_conversation = metadata.tables["conversation"]
_campaign = metadata.tables["campaign"]
_seen = metadata.tables["seen_update"]

_TODAY = bindparam("today", type_=Date)
_NOW = bindparam("now", type_=Moment)
_VISIT = (
    select(
        _account.c.id,
        _account.c.revoked_at,
        _grant.c.role,
        _grant.c.scope,
        _conversation.c.message_id,
        _conversation.c.view,
        _conversation.c.buttons,
        _conversation.c.memo,
        _campaign.c.id.label("campaign_id"),
        _campaign.c.date,
        _campaign.c.opens,
        _campaign.c.closes,
        has_invitations(_account.c.email, _NOW).label("invited"),
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
    .where(_account.c.telegram_id == bindparam("telegram_id"))
    .order_by(_campaign.c.date)
)

_MARK = (
    postgresql.insert(_seen)
    .values(update_id=bindparam("update_id"), seen_at=bindparam("seen_at", type_=Moment))
    .on_conflict_do_nothing()
    .returning(_seen.c.update_id)
    .cte("mark")
)
_MARK_AND_VISIT = _VISIT.add_columns(select(func.count()).select_from(_MARK).scalar_subquery().label("fresh"))
"""Both in one way to the server and back; SQLite, which has no such statement, has no way to go either."""

_KEEP_MESSAGE = (
    update(_conversation)
    .where(_conversation.c.account_id == bindparam("of_account"))
    .values(message_id=bindparam("message_id"))
)


@dataclass
class Standing:
    """Where a conversation stands: what the person has before them, and what the screen keeps to itself."""

    message_id: int | None = None
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

    asker: Asker
    revoked: bool
    standing: Standing
    campaign: Campaign | None
    invited: bool


async def arrive(
    session: AsyncSession, update_id: int, telegram_id: int, now: datetime, today: date
) -> tuple[Visit | None, bool]:
    """Record an update with its effect, in the same transaction; return who came, and whether it is the first time.

    Nobody comes with an account that is linked to nobody; what they send changes nothing a second time.
    """
    who = {"telegram_id": telegram_id, "today": today, "now": now}
    mark = {"update_id": update_id, "seen_at": now}
    if session.get_bind().dialect.name == "postgresql":
        rows = (await session.execute(_MARK_AND_VISIT, who | mark)).all()
        return (_visit(rows), bool(rows[0].fresh)) if rows else (None, True)
    marked: Any = await session.execute(insert_or_ignore(session, _seen), mark)
    rows = (await session.execute(_VISIT, who)).all()
    return _visit(rows) if rows else None, bool(marked.rowcount)


def _visit(rows: Sequence[Row[Any]]) -> Visit:
    first = rows[0]
    grants = dict.fromkeys(Grant(row.role, row.scope) for row in rows if row.role is not None)
    campaign = None
    if first.campaign_id is not None:
        campaign = _campaign_of(first.campaign_id, first.date, first.opens, first.closes)
    standing = Standing()
    if first.view is not None:
        standing = Standing(first.message_id, first.view, first.buttons, first.memo)
    return Visit(Asker(first.id, tuple(grants)), first.revoked_at is not None, standing, campaign, bool(first.invited))


@lru_cache(maxsize=4)
def _campaign_of(number: int, day: date, opens: date, closes: date | None) -> Campaign:
    """Return the campaign, the same for everybody: building one is slow, and it is only read."""
    return Campaign(id=number, date=day, opens=opens, closes=closes)


async def keep_standing(session: AsyncSession, asker: Asker, standing: Standing) -> None:
    """Keep where the conversation stands."""
    await session.execute(
        insert_or_replace(session, _conversation, "account_id"),
        {
            "account_id": asker.account_id,
            "message_id": standing.message_id,
            "view": standing.view,
            "buttons": standing.buttons,
            "memo": standing.memo,
        },
    )


async def keep_message(session: AsyncSession, account_id: int, message_id: int) -> None:
    """Keep the number of the message that now bears the conversation's buttons."""
    await session.execute(_KEEP_MESSAGE, {"of_account": account_id, "message_id": message_id})


async def forget_seen(session: AsyncSession, now: datetime) -> None:
    """Forget updates too old to be delivered again."""
    await session.execute(delete(_seen).where(_seen.c.seen_at < now - KEPT))
