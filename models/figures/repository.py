"""All SQL of the figures, bounded by the dispositifs whose figures the actor answers for (E12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_dispositifs
from models.base.metadata import table
from models.base.revision import Stale, new_revision
from models.campaigns.tables import Campaign
from models.dispositifs.tables import FIGURES, Dispositif
from models.figures.rules import FiguresSnapshot
from models.figures.tables import DispositifFigures
from models.persons.tables import Person

_dispositif = table(Dispositif)
_figures = table(DispositifFigures)
_campaign = table(Campaign)
_person = table(Person)

_LATEST = tuple(_dispositif.c[field] for field in FIGURES)


@dataclass(frozen=True)
class CurrentValues:
    """A dispositif's figures as they stand: the latest known, and what was recorded for the campaign.

    `revision` is 0 where nothing was recorded for the campaign yet.
    """

    dispositif_id: int
    reference: str
    campaign_day: date
    latest: Mapping[str, float | None]
    followed: int
    revision: int = 0
    recorded_at: datetime | None = None
    last_day: date | None = None
    last_sans_suite: float | None = None

    def standing(self, values: Mapping[str, float]) -> FiguresSnapshot:
        """Return figures to be recorded with what the rules look at around them."""
        return FiguresSnapshot(values, self.campaign_day, self.followed, self.last_day, self.last_sans_suite)


async def held(session: AsyncSession, actor: Actor, campaign: Campaign, dispositif_id: int) -> CurrentValues | None:
    """Return what is known of a dispositif's figures; none if it does not exist for the actor."""
    day = literal(campaign.date)
    followed = (
        select(func.count())
        .where(
            _person.c.dispositif_id == _dispositif.c.id,
            or_(_person.c.entry_date.is_(None), _person.c.entry_date <= day),
            or_(_person.c.exit_date.is_(None), _person.c.exit_date > day),
        )
        .correlate(_dispositif)
        .scalar_subquery()
    )
    query = (
        select(
            _dispositif.c.id,
            _dispositif.c.reference,
            *_LATEST,
            followed.label("followed"),
            _campaign.c.date,
            _figures.c.revision,
            _figures.c.changed_at,
            _figures.c.sans_suite.label("sans_suite_then"),
        )
        .select_from(_dispositif)
        .outerjoin(_figures, _figures.c.dispositif_id == _dispositif.c.id)
        .outerjoin(_campaign, _campaign.c.id == _figures.c.campaign_id)
        .where(of_dispositifs(Permission.FIGURES), _dispositif.c.id == dispositif_id)
        .order_by(_campaign.c.date.desc())
    )
    rows = (await session.execute(query, actor.scope)).all()
    if not rows:
        return None
    first = rows[0]
    now = next((row for row in rows if row.date == campaign.date), None)
    before = next((row for row in rows if row.date is not None and row.date < campaign.date), None)
    return CurrentValues(
        first.id,
        first.reference,
        campaign.date,
        {field: getattr(first, field) for field in FIGURES},
        first.followed,
        now.revision if now else 0,
        now.changed_at if now else None,
        before.date if before else None,
        before.sans_suite_then if before else None,
    )


async def write(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    campaign: Campaign,
    of: CurrentValues,
    values: Mapping[str, float],
    confirmations: Mapping[str, str],
) -> None:
    """Record the figures for the campaign, and make them the latest known.

    Raises `Stale` if somebody else recorded them since `of` was read.
    """
    written: dict[str, Any] = {
        **values,
        "confirmations": dict(confirmations),
        "revision": new_revision(),
        "changed_at": now,
        "changed_by": actor.account_id,
    }
    if of.revision:
        guard = (_figures.c.dispositif_id == of.dispositif_id, _figures.c.campaign_id == campaign.id)
        statement = update(_figures).where(*guard, _figures.c.revision == of.revision).values(written)
        result: Any = await session.execute(statement)
        if result.rowcount != 1:
            raise Stale
    else:
        key = {"dispositif_id": of.dispositif_id, "campaign_id": campaign.id}
        try:
            await session.execute(insert(_figures), [key | written])
        except IntegrityError as error:  # one row for a dispositif and a campaign
            raise Stale from error
    await session.execute(update(_dispositif).where(_dispositif.c.id == of.dispositif_id).values(dict(values)))
