"""`jalon reminders --at`: what would go out, to whom and why, without sending anything."""

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from models.accounts.tables import Role
from models.base.database import Database
from models.notifications.tables import OutboxMessage
from tests.harness import factories
from tests.harness.application import COACH, COORDINATOR

Reminders = Callable[..., Result]


@pytest.fixture
def reminders(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reminders]:
    """Run the command on a dispositif whose coach has two persons to enter."""
    asyncio.run(_filled(database_url))
    monkeypatch.setenv("JALON_DATABASE_URL", database_url)
    monkeypatch.setenv("JALON_SECRET_KEY", "test")

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["reminders", *arguments])

    yield ran
    assert asyncio.run(_outbox(database_url)) == 0


async def _filled(url: str) -> None:
    database = Database(url)
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.kept_point(session, factories.DAY.replace(day=1))
        await factories.dispositif(session)
        coach = await factories.account(session, COACH, email="coach@exemple.fr")
        await factories.account(session, COORDINATOR, Role.COORDINATOR, email="coordination@exemple.fr")
        for number in (1, 2):
            await factories.person(session, number, coach)
    await database.dispose()


async def _outbox(url: str) -> int:
    from sqlalchemy import func, select

    database = Database(url)
    async with database.transaction() as session:
        number = await session.scalar(select(func.count()).select_from(OutboxMessage))
    await database.dispose()
    return number or 0


def test_what_goes_out_at_that_moment_as_json(reminders: Reminders) -> None:
    ran = reminders("--at", "2026-12-24T09:00:00+01:00", "--json")
    assert ran.exit_code == 0, ran.output
    coach, coordinator = json.loads(ran.stdout)
    assert coach == {
        "kind": "reminder",
        "recipient": "coach@exemple.fr",
        "role": "job_coach",
        "local_time": "2026-12-24T09:00:00+01:00",
        "reason": "J-7",
        "text": "Il vous reste 2 personnes sur 2 pour la remontée du 31 décembre.\n"
        "À rendre avant le jeudi 31 décembre (dans 7 jours), fermeture le 15 janvier.",
        "held_until": None,
    }
    assert (coordinator["kind"], coordinator["role"]) == ("reminder_digest", "coordinator")
    assert coordinator["reason"] == "bilan de la semaine du 21 décembre, en retard"


def test_what_waits_says_until_when(reminders: Reminders) -> None:
    coach, _ = json.loads(reminders("--at", "2026-12-25T18:00:00Z", "--json").stdout)
    assert coach["held_until"] == "2026-12-28T09:00:00+01:00"
    assert coach["reason"] == "J-7, tenu jusqu'à lundi 9 h"


def test_without_an_offset_it_is_the_time_of_paris_and_for_people_it_is_read(reminders: Reminders) -> None:
    shown = reminders("--at", "2026-12-31T09:00").stdout.replace("\u00a0", " ")
    assert "coach@exemple.fr (job coach, jeudi 31 décembre 2026, 9 h 00) : jour de la remontée\n" in shown
    assert "    La remontée du 31 décembre se rend aujourd'hui. Il vous reste 2 personnes sur 2." in shown


def test_nothing_to_send_and_a_moment_that_is_none(reminders: Reminders) -> None:
    assert reminders("--at", "2026-10-01T09:00").stdout.strip() == "Rien à envoyer à ce moment."
    assert json.loads(reminders("--at", "2026-10-01T09:00", "--json").stdout) == []
    wrong = reminders("--at", "demain")
    assert wrong.exit_code == 2
    assert "AAAA-MM-JJTHH:MM" in wrong.stderr


@pytest.mark.parametrize("moment", ["0001-01-01", "1500-01-01", "1999-12-31T23:59", "2101-01-01", "9999-12-31"])
def test_a_year_far_away_is_refused(reminders: Reminders, moment: str) -> None:
    wrong = reminders("--at", moment)
    assert wrong.exit_code == 2
    assert "année attendue : de 2000 à 2100" in " ".join(wrong.stderr.replace("│", " ").split())


@pytest.mark.parametrize("moment", ["2000-01-01T00:00+14:00", "2100-12-31T23:59-12:00"])
def test_the_first_and_the_last_moment_that_can_be_asked_about(reminders: Reminders, moment: str) -> None:
    assert reminders("--at", moment).exit_code == 0
