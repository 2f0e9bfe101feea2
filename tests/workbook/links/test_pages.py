"""A workbook is fetched and sent on the assistant's own address: once, within half an hour, with the six digits."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from bot.telegram.webhook import serving
from bot.workbook import pages as exchange
from bot.workbook.pages import Pages
from models.accounts.permissions import Actor
from models.accounts.tables import Account
from models.base.database import Database
from models.workbook.links.repository import TRIES
from models.workbook.links.service import VALIDITY, Given, make
from models.workbook.links.tables import ExchangeLink, Purpose
from tests.harness import factories
from tests.harness.factories import NOW

WORKBOOK = b"PK\x03\x04 un classeur"


@dataclass
class Address:
    """The assistant's own address, with what came in."""

    database: Database
    http: aiohttp.ClientSession
    folder: Path
    actor: Actor
    now: datetime = NOW
    received: list[str] = field(default_factory=list)

    async def link(self, purpose: Purpose) -> Given:
        """Give somebody a link; what there is to fetch lies in the folder."""
        file = None
        if purpose == Purpose.FETCH:
            file = "a-chercher.xlsx"
            self.folder.mkdir(exist_ok=True)
            (self.folder / file).write_bytes(WORKBOOK)
        async with self.database.transaction() as session:
            return await make(session, self.actor, self.now, purpose, file)

    async def get(self, token: str) -> tuple[int, str]:
        async with self.http.get(f"/classeurs/{token}") as answer:
            return answer.status, await answer.text()

    async def fetch(self, token: str, digits: str) -> tuple[int, bytes]:
        async with self.http.post(f"/classeurs/{token}", data={"digits": digits}) as answer:
            return answer.status, await answer.read()

    async def send(self, token: str, digits: str, content: bytes = WORKBOOK) -> tuple[int, str]:
        form = aiohttp.FormData()
        form.add_field("digits", digits)
        form.add_field("workbook", content, filename="mon classeur.xlsx")
        async with self.http.post(f"/classeurs/{token}", data=form) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def address(database: Database, tmp_path: Path) -> AsyncIterator[Address]:
    """The pages, served over HTTP, and an account that may be given links."""
    async with database.transaction() as session:
        account = await factories.account(session, 1)
    folder = tmp_path / "exchange"

    async def received(_session: AsyncSession, _now: datetime, _link: ExchangeLink, file: str) -> None:
        served.received.append(file)

    async def nobody(_wakeups: object) -> None:
        """Nobody is called: what came in is looked at here."""

    app = web.Application()
    app.add_routes(Pages(database, lambda: served.now, folder, received, nobody).routes())
    async with serving(app, 0) as port, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        served = Address(database, http, folder, Actor(account.id, ()))
        yield served


async def test_a_workbook_is_fetched_once_with_its_digits(address: Address) -> None:
    given = await address.link(Purpose.FETCH)
    status, page = await address.get(given.token)
    assert status == 200
    assert "Télécharger le classeur" in page
    assert given.digits not in page

    assert await address.fetch(given.token, f"{given.digits[:3]} {given.digits[3:]}") == (200, WORKBOOK)

    assert list(address.folder.iterdir()) == [], "nothing stays behind"
    assert (await address.fetch(given.token, given.digits))[0] == 404
    status, page = await address.get(given.token)
    assert (status, "Ce lien ne sert plus" in page) == (404, True)


async def test_a_workbook_is_sent_once_and_kept_for_its_owner_alone(address: Address) -> None:
    given = await address.link(Purpose.SEND)

    status, page = await address.send(given.token, given.digits)

    assert (status, "Classeur reçu" in page) == (200, True)
    (file,) = address.folder.iterdir()
    assert address.received == [file.name]
    assert file.read_bytes() == WORKBOOK
    assert file.stat().st_mode & 0o777 == 0o600
    assert (await address.send(given.token, given.digits))[0] == 404
    assert len(list(address.folder.iterdir())) == 1


@pytest.mark.parametrize("purpose", Purpose)
async def test_wrong_digits_are_counted_and_end_the_link(address: Address, purpose: Purpose) -> None:
    given = await address.link(purpose)
    wrong = "000000" if given.digits != "000000" else "111111"
    attempt = address.fetch if purpose == Purpose.FETCH else address.send

    answers = [await attempt(given.token, wrong) for _ in range(TRIES)]

    assert [status for status, _ in answers] == [403] * (TRIES - 1) + [404]
    assert (await attempt(given.token, given.digits))[0] == 404
    assert address.received == []


async def test_a_link_lasts_half_an_hour(address: Address) -> None:
    early, late = await address.link(Purpose.SEND), await address.link(Purpose.SEND)
    address.now = NOW + VALIDITY - timedelta(seconds=1)
    assert (await address.send(early.token, early.digits))[0] == 200

    address.now = NOW + VALIDITY
    assert (await address.send(late.token, late.digits))[0] == 404


async def test_who_was_revoked_fetches_nothing(address: Address) -> None:
    given = await address.link(Purpose.FETCH)
    async with address.database.transaction() as session:
        account = await session.get_one(Account, address.actor.account_id)
        account.revoked_at = NOW

    assert (await address.fetch(given.token, given.digits))[0] == 404


async def test_two_at_once_fetch_it_once(address: Address) -> None:
    given = await address.link(Purpose.FETCH)

    answers = await asyncio.gather(*(address.fetch(given.token, given.digits) for _ in range(4)))

    assert sorted(status for status, _ in answers) == [200, 404, 404, 404]


async def test_what_is_too_large_or_missing_is_said_and_leaves_the_link(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "LARGEST_WORKBOOK", 1000)
    given = await address.link(Purpose.SEND)

    assert (await address.send(given.token, given.digits, b"x" * 1001))[0] == 413
    async with address.http.post(f"/classeurs/{given.token}", data={"digits": given.digits}) as answer:
        without_file = answer.status
    assert without_file == 404
    assert list(address.folder.iterdir()) == []
    assert address.received == []


async def test_no_page_can_be_kept_framed_or_made_to_run_anything(address: Address) -> None:
    given = await address.link(Purpose.SEND)
    async with address.http.get(f"/classeurs/{given.token}") as answer:
        headers = answer.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
