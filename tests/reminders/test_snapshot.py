"""Where everybody stands, read from the database: who is expected, who follows whom, what is told already."""

import random
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from models.accounts.permissions import COMMAND_LINE, Grant
from models.accounts.service import invite
from models.accounts.tables import Role, RoleGrant
from models.base.database import Database
from models.base.screens import Screen
from models.events.queries import EXPECTED, EXPECTED_OF_ALL
from models.events.tables import EventState
from models.notifications.repository import notify
from models.reference.nomenclature import Statut
from models.reminders.messages import REMINDER
from models.reminders.queries import finished, read_campaign
from models.tables import metadata
from tests.harness import factories
from tests.harness.factories import DAY, JUNE, MARCH, NOW, SEPTEMBER, USUAL


async def test_a_dispositif_and_its_coaches_as_they_stand(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, 1001)
        gone = await factories.account(session, 1002, None)
        gone.revoked_at = NOW
        for number in range(1, 6):
            followed = await factories.person(session, number, coach, past=USUAL)
            if number <= 3:
                states = {1: EventState.ENTERED, 2: EventState.SENT_BACK, 3: EventState.VALIDATED}
                await factories.event(session, followed, state=states[number])
        await factories.person(session, 6, gone)
        await factories.person(session, 7, None)
        await factories.person(session, 8, coach, entry_date=DAY + timedelta(days=1))
    async with database.snapshot() as session:
        standing = await read_campaign(session, NOW)
        assert standing is not None
        of = standing.dispositifs["ABC01"]
        assert (of.departement_no, of.figures_recorded, of.missing, of.total("expected")) == ("69", False, 4, 7)
        mine = standing.followed[coach.id or 0]["ABC01"]
        assert (mine.expected, mine.missing, mine.sent_back, mine.to_validate) == (5, 2, 1, 1)
        assert set(standing.followed) == {coach.id}
        assert set(standing.recipients) == {coach.id}
        assert await finished(session, standing.campaign, [coach.id or 0, gone.id or 0, 99]) == {99}


async def test_whoever_lost_their_role_is_reminded_of_nobody(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        coach = await factories.account(session, 1001, None)
        never_came = await factories.account(session, None, None, email="importe@exemple.fr")
        await factories.person(session, 1, coach)
        await factories.person(session, 2, never_came)
    async with database.snapshot() as session:
        standing = await read_campaign(session, NOW)
        assert standing is not None
        assert set(standing.followed) == {never_came.id}
    async with database.transaction() as session:
        session.add(RoleGrant(account_id=coach.id or 0, role=Role.JOB_COACH, scope="dispositif:ABC01", granted_at=NOW))
    async with database.snapshot() as session:
        standing = await read_campaign(session, NOW)
        assert standing is not None
        assert set(standing.followed) == {coach.id, never_came.id}
        assert standing.recipients[coach.id or 0].grants == (Grant(Role.JOB_COACH, "dispositif:ABC01"),)


async def test_an_invitation_counts_until_it_is_used_or_expires(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        await invite(session, COMMAND_LINE, NOW, "lou@exemple.fr", Role.JOB_COACH, "dispositif:ABC01")
    async with database.snapshot() as session:
        now_, later = await read_campaign(session, NOW), await read_campaign(session, NOW + timedelta(days=15))
    assert now_ is not None
    assert later is not None
    assert len(now_.invited) == 1
    assert later.invited == {}


async def test_what_is_told_of_this_campaign_is_known(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session)
        coach = await factories.account(session, 1001)
        await notify(session, NOW, REMINDER, coach.id or 0, "campaign:2026-12-31", "J-7", Screen("…"))
        await notify(session, NOW, REMINDER, coach.id or 0, "campaign:2026-09-30", "J-2", Screen("…"))
    async with database.snapshot() as session:
        standing = await read_campaign(session, NOW)
    assert standing is not None
    assert standing.notified == {("reminder", coach.id, "J-7"): NOW}


async def test_without_an_open_campaign_nobody_stands_anywhere(database: Database) -> None:
    async with database.transaction() as session:
        await factories.campaign(session, SEPTEMBER, closed=True)
    async with database.snapshot() as session:
        assert await read_campaign(session, NOW) is None


async def test_read_together_the_same_persons_are_expected_as_one_by_one(database: Database) -> None:
    """Forty lives drawn at random: ended, returned, missed, not come in yet, ended again after the date."""
    chance = random.Random(4)
    person = metadata.tables["person"]
    async with database.transaction() as session:
        campaign = await factories.campaign(session)
        await factories.dispositif(session)
        after = date(2027, 3, 31)
        for number in range(40):
            entry = chance.choice([None, date(2024, 1, 1), DAY, DAY + timedelta(days=1)])
            lived = await factories.person(session, number, None, entry_date=entry)
            for day in (MARCH, JUNE, SEPTEMBER, after):
                if chance.random() < 0.6:
                    statut = chance.choice([Statut.SUIVI, Statut.TERMINE])
                    await factories.event(session, lived, replace(USUAL, statut=statut), day)
        bounds = {"campaign_id": campaign.id, "day": campaign.date}
        one_by_one = set(await session.scalars(select(person.c.id).where(EXPECTED), bounds))
        together = set(await session.scalars(select(person.c.id).where(EXPECTED_OF_ALL), bounds))
    assert one_by_one == together
    assert 5 < len(together) < 35
