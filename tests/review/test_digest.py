"""Approvals are told in a digest at the end of the day, once; what one validated oneself is not news."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from models.accounts.tables import Account, Role
from models.base.database import Database
from models.base.revision import new_revision
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif
from models.events.tables import EventHistory, EventState, Origin
from models.notifications.tables import OutboxMessage
from models.reference.decent_hours import next_decent
from models.reference.working_days import place_of
from models.review.digest import is_time, write_digests
from models.review.messages import APPROVED
from tests.harness import factories
from tests.harness.factories import kept_screen

EVENING = datetime(2026, 12, 18, 17, 30, tzinfo=UTC)
NOW = EVENING - timedelta(hours=8)


@pytest.mark.parametrize(
    ("moment", "so"),
    [
        (datetime(2026, 12, 18, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 18, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 18, 17, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 18, 18, 0, tzinfo=UTC), False),  # the quiet hours have begun
        (datetime(2026, 7, 1, 15, 0, tzinfo=UTC), True),  # summer time
        (datetime(2026, 12, 19, 17, 0, tzinfo=UTC), False),  # a Saturday
        (datetime(2026, 12, 25, 17, 0, tzinfo=UTC), False),  # Christmas
    ],
)
def test_the_digest_is_of_the_evening_of_a_working_day(moment: datetime, *, so: bool) -> None:
    assert is_time(moment) is so


@pytest.mark.parametrize(
    ("departement", "due"),
    [
        ("69", EVENING),
        ("974", datetime(2026, 12, 21, 13, 0, tzinfo=UTC)),  # it is 21:30 on a Friday there: Monday, 17:00
        ("972", datetime(2026, 12, 18, 21, 0, tzinfo=UTC)),  # it is 13:30 there
        ("976", datetime(2026, 12, 21, 14, 0, tzinfo=UTC)),
    ],
)
async def test_it_comes_in_the_evening_of_ones_own_departement(
    dispositif: Database, departement: str, due: datetime
) -> None:
    async with dispositif.transaction() as session:
        (await session.execute(select(Dispositif))).scalar_one().departement_no = departement
    await approved(dispositif, range(1, 4), NOW)

    assert len(await told(dispositif, EVENING)) == 1
    async with dispositif.transaction() as session:
        (row,) = (await session.scalars(select(OutboxMessage))).all()
    assert (row.due_at, row.departement) == (due, departement)
    assert next_decent(due, place_of(departement)) == due


async def test_who_has_no_access_any_more_is_told_nothing(dispositif: Database) -> None:
    await approved(dispositif, range(1, 4), NOW)
    async with dispositif.transaction() as session:
        (await session.execute(select(Account).where(col(Account.id) == 1))).scalar_one().revoked_at = NOW
    assert await told(dispositif, EVENING) == []


async def approved(database: Database, numbers: range, at: datetime, *, by_themselves: bool = False) -> None:
    """Write entries of the coach's that somebody validated at that moment."""
    async with database.transaction() as session:
        coach = (await session.execute(select(Account).where(col(Account.id) == 1))).scalar_one()
        campaign = (await session.execute(select(Campaign))).scalar_one()
        for number in numbers:
            person = await factories.person(session, number, coach)
            event = await factories.event(session, person, state=EventState.VALIDATED)
            event.changed_by = 1
            assert person.id is not None
            assert campaign.id is not None
            session.add(
                EventHistory(
                    person_id=person.id,
                    campaign_id=campaign.id,
                    account_id=1 if by_themselves else 2,
                    at=at,
                    origin=Origin.VALIDATED,
                    before={},
                    after={},
                    revision=new_revision(),
                )
            )


@pytest.fixture
async def dispositif(database: Database) -> Database:
    """A coach and a coordinator, with an open campaign."""
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.dispositif(session)
        await factories.account(session, 1001)
        await factories.account(session, 1002, Role.COORDINATOR)
    return database


async def told(database: Database, now: datetime) -> list[str]:
    """Write the digests of that moment, and return every digest there is."""
    async with database.transaction() as session:
        await write_digests(session, now)
    async with database.transaction() as session:
        rows = await session.scalars(select(OutboxMessage).where(col(OutboxMessage.kind) == APPROVED.code))
        return [str(kept_screen(row)["text"]) for row in rows]


async def test_what_was_validated_is_told_once(dispositif: Database) -> None:
    await approved(dispositif, range(1, 4), NOW)

    expected = ["Votre coordination a validé 3 de vos saisies de la remontée du 31 décembre. Il n'y a rien à faire."]
    assert await told(dispositif, EVENING) == expected
    assert await told(dispositif, EVENING + timedelta(minutes=1)) == expected


async def test_the_next_evening_tells_only_what_is_new(dispositif: Database) -> None:
    await approved(dispositif, range(1, 4), NOW)
    await told(dispositif, EVENING)
    await approved(dispositif, range(4, 5), EVENING + timedelta(hours=15))

    _, second = await told(dispositif, EVENING + timedelta(days=1))

    assert "a validé une de vos saisies" in second


async def test_what_one_validated_oneself_is_not_told(dispositif: Database) -> None:
    await approved(dispositif, range(1, 3), NOW, by_themselves=True)

    assert await told(dispositif, EVENING) == []
