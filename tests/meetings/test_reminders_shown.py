"""What an administrator sees beforehand, in the terminal and in the chat: meetings beside the campaign."""

import asyncio
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from bot.cli import app as jalon
from models.accounts.tables import Role
from models.base.database import Database
from models.meetings.invitations.sending import invite_all
from models.reference.scopes import NATIONAL
from models.tables import metadata
from reminders.due import due
from reminders.preview import preview
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.fixtures import app, redis_url
from tests.harness.phone import plain
from tests.meetings.platform import point, settle
from tests.meetings.test_reminders import at
from tests.reminders.conftest import ADMIN

__all__ = ["app", "redis_url"]


async def _filled(database: Database) -> None:
    """A point in the Rhône on 18 February, nothing elsewhere."""
    async with database.transaction() as session:
        people = await settle(session)
        await invite_all(session, at(2, 2), [await point(session, people, date(2027, 2, 18), now=at(2, 2))])


def test_the_command_tells_who_would_be_reminded_of_what_and_why(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def filled() -> None:
        database = Database(database_url)
        await _filled(database)
        await database.dispose()

    asyncio.run(filled())
    monkeypatch.setenv("JALON_DATABASE_URL", database_url)
    monkeypatch.setenv("JALON_SECRET_KEY", "test")
    ran = CliRunner().invoke(jalon, ["reminders", "--at", "2027-02-17T09:00", "--json"])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.stdout)
    assert {(one["kind"], one["role"]) for one in found} == {
        ("point_missing", "chef_de_file"),
        ("meeting_reminder", "participant"),
    }
    mdph = next(one for one in found if one["recipient"] == "referente@mdph.exemple.fr")
    assert mdph["reason"] == "réunion à venir, J-1, pour le 18 février"
    assert mdph["local_time"] == "2027-02-17T09:00:00+01:00"
    assert mdph["held_until"] is None
    assert plain(mdph["text"]).startswith("Demain : Point MDPH–SPE, Rhône.")
    isere = next(one for one in found if "Isère" in one["text"])
    assert isere["reason"] == "aucun point fixé, le 10 février, en retard"
    shown = CliRunner().invoke(jalon, ["reminders", "--at", "2027-02-17T09:00"])
    assert "referente@mdph.exemple.fr (participant, mercredi 17 février 2027, 9 h 00)" in shown.stdout
    assert json.loads(CliRunner().invoke(jalon, ["reminders", "--at", "2027-02-18T12:00", "--json"]).stdout)[-1][
        "kind"
    ] == ("meeting_soon")


@ON_SQLITE
async def test_the_preview_in_the_chat(app: Application) -> None:
    async with app.database.transaction() as session:
        for table in ("structure", "dispositif"):
            await session.execute(metadata.tables[table].delete())
        await factories.account(session, ADMIN, Role.ADMIN, NATIONAL, "admin@exemple.fr")
    await _filled(app.database)
    async with app.database.snapshot() as session:
        shown = preview(await due(session, at(2, 17, 9)), at(2, 17, 9), 0).plain()
    assert "3 réunions à venir" in shown
    assert "Réunion à venir, participant" in shown
    assert "réunion à venir, J-1, pour le 18 février" in shown
    assert "aucun point fixé, le 10 février" in shown
