"""Announcements are an administrator's where the data is read, not only where a button is shown."""

from datetime import datetime

import pytest

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role
from models.announcements.repository import (
    Audience,
    announced,
    dispositifs_of,
    how_they_stand,
    last_announcements,
    recipients,
)
from models.announcements.service import AnnouncementRefused, Announcing
from models.announcements.tables import Announcement
from models.base.database import Database
from tests.harness import factories
from tests.harness.application import ON_SQLITE
from tests.harness.factories import NOW

EVERYBODY = Audience(None, "national")


def at_once(_departement: str) -> datetime:
    return NOW


@ON_SQLITE
@pytest.mark.parametrize("role", [None, Role.JOB_COACH, Role.COORDINATOR, Role.CHEF_DE_FILE, Role.READER])
async def test_nobody_else_reads_or_makes_any(database: Database, role: Role | None) -> None:
    async with database.transaction() as session:
        await factories.dispositif(session)
        admin = await factories.account(session, 1, Role.ADMIN, "national", "admin@exemple.fr")
        somebody = await factories.account(session, 2, role, "national", "quelquun@exemple.fr")
        by_admin = Actor(admin.id, (Grant(Role.ADMIN, "national"),))
        made = await Announcing(session, by_admin, NOW).announce(EVERYBODY, "Bonjour.", 7, at_once)
        # What they once held, or claim to hold, is nothing: the role is read anew.
        actor = Actor(somebody.id, (Grant(Role.ADMIN, "national"),))

        assert await recipients(session, actor, EVERYBODY) == []
        assert await announced(session, actor, 7) is None
        assert await last_announcements(session, actor, 5) == []
        assert await how_they_stand(session, actor, [made]) == {made.id: {}}
        assert await dispositifs_of(session, actor, "69") == []
        with pytest.raises(AnnouncementRefused):
            await Announcing(session, actor, NOW).announce(EVERYBODY, "Bonsoir.", 8, at_once)
        assert len(await last_announcements(session, by_admin, 5)) == 1


async def test_the_same_number_twice_is_the_same_announcement(database: Database) -> None:
    async with database.transaction() as session:
        admin = await factories.account(session, 1, Role.ADMIN, "national", "admin@exemple.fr")
        actor = Actor(admin.id, (Grant(Role.ADMIN, "national"),))
        first = await Announcing(session, actor, NOW).announce(EVERYBODY, "Bonjour.", 7, at_once)
    async with database.transaction() as session:
        second = await Announcing(session, actor, NOW).announce(EVERYBODY, "Autre chose.", 7, at_once)

    assert isinstance(second, Announcement)
    assert (second.id, second.text) == (first.id, "Bonjour.")
