"""The register asked for in the chat: made by a worker, sent as a workbook that names nobody accompanied."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from models.meetings.invitations.sending import invite_all
from tasks.worker import work
from tests.harness.application import ON_SQLITE
from tests.harness.phone import Phone
from tests.harness.wired import PATIENCE_S, WIRED, over_http
from tests.meetings.platform import NOW, point
from tests.meetings.story import Platform

pytestmark = WIRED


@pytest.fixture
async def working(platform: Platform) -> AsyncIterator[Platform]:
    """The platform with a point of the Rhône to come, and a worker at work."""
    async with platform.app.database.transaction() as session:
        await invite_all(session, NOW, [await point(session, platform.people)])
    stop = asyncio.Event()
    running = asyncio.create_task(work(platform.app.settings, lambda: platform.app.now, stop))
    yield platform
    stop.set()
    await running


async def told(platform: Platform, phone: Phone, beginning: str) -> dict[str, Any]:
    """Wait for a message that begins so, and return it."""
    with over_http(platform.app).local.state.feed.watch(phone.user_id) as changes:
        async with asyncio.timeout(PATIENCE_S):
            while not (await phone.look()).text.startswith(beginning):
                await changes.get()
    return phone.screen


async def rows(platform: Platform, message: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows of the workbook of a message."""
    async with over_http(platform.app).http.get(f"/sim/files/{message['document']['file_id']}") as answer:
        book = load_workbook(BytesIO(await answer.read()))
    return list(book.worksheets[0].iter_rows(values_only=True))


@ON_SQLITE
async def test_a_chef_de_file_receives_the_register_of_the_year(working: Platform) -> None:
    phone = await working.phone().send("/obligations")
    await phone.tap("Le registre, en classeur")

    message = await told(working, phone, "Registre des réunions obligatoires")

    header, *lines = await rows(working, message)
    assert header[:4] == ("Période", "Territoire", "Périmètre", "Réunion")
    of_january = next(line for line in lines if line[0] == "janvier 2027")
    assert of_january[9] == "Cap emploi, France Travail, MDPH"
    assert "1er janvier 2027 au 4 janvier 2027" in phone.text
    await phone.tap("Les obligations")
    assert phone.text.startswith("Les réunions obligatoires · Rhône")


@ON_SQLITE
async def test_a_reader_receives_dates_and_states_alone(working: Platform) -> None:
    phone = await working.phone("reader").send("/obligations")
    await phone.tap("Le registre, en classeur")

    message = await told(working, phone, "Registre des réunions obligatoires")

    lines = (await rows(working, message))[1:]
    assert {line[2] for line in lines} == {"departement:69"}, "what is still to come elsewhere has no line yet"
    assert {line[9] for line in lines} == {None}
