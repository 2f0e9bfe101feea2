"""`/stats`: a picture in at most three taps, of what the asker may see, with two lines of words and ways on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from models.accounts.tables import Role
from models.jobs.tables import Job
from tasks.worker import work
from tests import factories
from tests.conversation.fixtures import redis_url
from tests.conversation.house import ON_SQLITE, House, open_house
from tests.conversation.phone import PATIENCE_S, Phone
from tests.statistics.town import town

__all__ = ["redis_url"]

COACH, CHIEF, READER, ADMIN, COORDINATOR, ELSEWHERE = 1001, 1003, 1005, 1004, 1002, 1006
PEOPLE = (
    (CHIEF, Role.CHEF_DE_FILE, "departement:69"),
    (READER, Role.READER, "region:84"),
    (ADMIN, Role.ADMIN, "national"),
    (COORDINATOR, Role.COORDINATOR, "dispositif:ABC01"),
    (ELSEWHERE, Role.READER, "departement:13"),
)


@dataclass
class Gallery:
    """A house with a worker that draws."""

    house: House

    async def photo(self, phone: Phone) -> dict[str, object]:
        """Wait for a picture, and return its message."""
        return await self._message(phone, "photo")

    async def document(self, phone: Phone) -> dict[str, object]:
        """Wait for a document, and return its message."""
        return await self._message(phone, "document")

    async def _message(self, phone: Phone, kind: str) -> dict[str, object]:
        with self.house.local.state.feed.watch(phone.user_id) as changes:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    while not (await phone.look()).screen.get(kind):
                        await changes.get()
            except TimeoutError:
                jobs = [(job.kind, job.state, job.error) for job in await self.house.rows(Job)]
                raise AssertionError(f"no {kind}: {phone.text!r}; jobs: {jobs}") from None
        return phone.screen


@pytest.fixture
async def gallery(database_url: str, redis_url: str, tmp_path: object) -> AsyncIterator[Gallery]:
    """A dispositif with twelve persons and three ended campaigns, a worker, and somebody in every role."""
    async with open_house(database_url, redis_url, tmp_path) as house:  # type: ignore[arg-type]
        async with house.database.transaction() as session:
            coach = await factories.account(session, COACH, email="coach@exemple.fr")
            await town(session, coach)
            await factories.campaign(session)
            for number, role, scope in PEOPLE:
                await factories.account(session, number, role, scope)
        await house.start()
        stop = asyncio.Event()
        working = asyncio.create_task(work(house.settings, lambda: house.now, stop))
        yield Gallery(house)
        stop.set()
        await working


@ON_SQLITE
async def test_a_reader_goes_from_start_to_a_picture_in_two_taps(gallery: Gallery) -> None:
    phone = await gallery.house.phone(READER).send("/start")
    assert "Rien ne vous est demandé" in phone.text
    await phone.tap("Les chiffres")
    assert phone.text.startswith("Les chiffres · Auvergne-Rhône-Alpes")
    assert "Remontée du 30 septembre 2026." in phone.text
    await phone.tap("Emploi dans le dernier mois")
    shown = await gallery.photo(phone)
    assert phone.taps == 2
    assert shown["photo"]["width"] == 800  # type: ignore[index]
    first, second = phone.text.splitlines()
    assert first == "Sans emploi : 58 % (7 sur 12)."
    assert second == "Personnes suivies avec au moins 2 h d’accompagnement dans le mois (F01)."
    assert phone.labels == ["Évolution", "Autre remontée", "Ailleurs", "Autres chiffres"]
