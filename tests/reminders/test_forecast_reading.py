"""What a forecast is made from: the persons of each job coach, bounded by what the actor coordinates."""

from datetime import timedelta

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role
from models.base.database import Database
from models.reference.nomenclature import Statut
from models.reminders.repository import coordinated, loads
from tests.harness import factories
from tests.harness.factories import NOW, USUAL

SINCE = NOW - timedelta(days=7)


async def test_persons_are_counted_by_coach_and_the_window_by_when_they_were_entered(database: Database) -> None:
    async with database.transaction() as session:
        campaign = await factories.campaign(session)
        dispositif = await factories.dispositif(session)
        coach = await factories.account(session, 1, email="a@exemple.fr")
        for number in range(4):
            person = await factories.person(session, number, coach, past=USUAL)
            if number < 3:
                (await factories.event(session, person)).created_at = SINCE + timedelta(days=number - 1)
        await factories.person(session, 10, None, past=USUAL)
        await factories.person(session, 11, coach, past=USUAL.changed(statut=Statut.TERMINE))
        theirs = await factories.account(session, 2, Role.COORDINATOR, email="c@exemple.fr")
        actor = Actor(theirs.id, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))

    async with database.transaction() as session:
        (found,) = await coordinated(session, actor)
        rows = await loads(session, actor, campaign, found.id, SINCE)

    assert (found.id, found.reference, found.departement) == (dispositif.id, "ABC01", "69")
    assert {tuple(row) for row in rows} == {("a@exemple.fr", 4, 3, 2), (None, 1, 0, 0)}


async def test_another_dispositif_gives_nothing(database: Database) -> None:
    async with database.transaction() as session:
        campaign = await factories.campaign(session)
        await factories.dispositif(session)
        other = await factories.dispositif(session, "XYZ02")
        await factories.person(session, 1, None, reference="XYZ02", past=USUAL)
        theirs = await factories.account(session, 2, Role.COORDINATOR, email="c@exemple.fr")
        actor = Actor(theirs.id, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))
        assert other.id is not None

    async with database.transaction() as session:
        assert await loads(session, actor, campaign, other.id, SINCE) == []
        assert [one.reference for one in await coordinated(session, actor)] == ["ABC01"]
