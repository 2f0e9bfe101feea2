"""What `/rappels` says will come is what the planner then sends, whatever was wished."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.reference.working_days import place_of
from models.reminders.queries import read_campaign
from models.reminders.repository import told
from models.reminders.tables import ReminderWish
from reminders.planning import plan
from reminders.planning_context import PlanningContext
from reminders.steps import Away
from reminders.upcoming import Ahead, Wishes
from tests.harness import factories
from tests.harness.application import ON_SQLITE
from tests.harness.factories import NOW, USUAL

WISHES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "an hour": {"hour": 14},
    "a snooze": {"snoozed_until": date(2026, 12, 21), "snoozed_in": 1},
    "a snooze of another campaign": {"snoozed_until": date(2026, 12, 21), "snoozed_in": 2},
    "an absence": {"absent_from": date(2026, 12, 16), "absent_until": date(2026, 12, 27)},
    "no digests": {"digests_paused": True},
}


@ON_SQLITE
@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.COORDINATOR, Role.ADMIN])
@pytest.mark.parametrize("wished", WISHES.values(), ids=WISHES.keys())
async def test_what_is_said_is_what_is_planned(database: Database, role: Role, wished: dict[str, Any]) -> None:
    async with database.transaction() as session:
        campaign = await factories.campaign(session)
        await factories.campaign(session, date(2026, 9, 30), closed=True)
        await factories.dispositif(session)
        coach = await factories.account(session, 1, email="coach@exemple.fr")
        await factories.person(session, 1, coach, past=USUAL)
        scope = "national" if role == Role.ADMIN else "dispositif:ABC01"
        account = coach if role == Role.JOB_COACH else await factories.account(session, 2, role, scope)
        session.add(ReminderWish(account_id=account.id or 0, changed_at=NOW, **wished))
    moments = [datetime(2026, 12, 1, tzinfo=UTC) + timedelta(hours=hours) for hours in range(0, 45 * 24, 11)]

    found = 0
    for now in moments:
        found += await agreeing(database, account, Grant(role, scope), campaign.id, now)

    assert found, "nothing was planned at any moment"


async def agreeing(database: Database, account: Account, grant: Grant, campaign_id: int | None, now: datetime) -> int:
    """Hold what is planned for an account against what is said to it; return how much there was."""
    actor = Actor(account.id, (grant,))
    async with database.transaction() as session:
        standing = await read_campaign(session, now)
        assert standing is not None
        already = await told(session, actor, standing.campaign)
    wish = standing.recipients[account.id or 0].wish
    assert wish is not None
    away = Away(wish.absent_from, wish.absent_until) if wish.absent_from and wish.absent_until else None
    snoozed = wish.snoozed_until if wish.snoozed_in == campaign_id else None
    wishes = Wishes(wish.hour or 9, wish.digests_paused, snoozed, away)
    ahead = Ahead(PlanningContext(standing, now).course, place_of("69"), now, wishes, already)
    said = {(one.kind.code, one.step.code): one.at for one in ahead.coming([grant.role], missing=True)}
    planned = [one for one in plan(standing, now) if one.person.account_id == account.id]
    sent: dict[tuple[str, str], datetime] = {}
    for out in {one.held_until or now for one in planned}:  # what was held gives way to a step of the morning it goes
        of_then = [one for one in plan(standing, out) if one.person.account_id == account.id]
        sent |= {(one.kind.code, one.step.code): out for one in of_then if one.held_until is None}
    assert sent.items() <= said.items()
    assert len(sent) >= len({one.kind for one in planned})
    return len(planned)
