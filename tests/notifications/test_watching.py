"""`/taches`: administrators see what failed and have it done again; nobody else sees any of it."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Role
from models.base.database import Database
from models.base.screens import Screen
from models.jobs.repository import ask, cancel, job_counts, job_of, last_jobs, run_again
from models.jobs.tables import Job, JobState
from models.notifications.repository import last_undelivered, message_counts, notify
from models.notifications.stored import stored
from models.notifications.tables import Delivery, OutboxMessage
from models.reminders.messages import DIGEST
from models.workbook.jobs import EXPORT
from tests.harness import factories
from tests.harness.application import ON_SQLITE
from tests.harness.factories import NOW
from tests.harness.wired import WiredApplication, open_wired
from tests.harness.worker import ADMIN, COACH

QUEUE = "dramatiq:jobs"


@pytest.fixture
async def app(database_url: str, redis_url: str, tmp_path: Path) -> AsyncIterator[WiredApplication]:
    """A running bot, an administrator and a coach."""
    async with open_wired(database_url, redis_url, tmp_path) as opened:
        await _people(opened)
        await opened.start()
        yield opened


async def _people(app: WiredApplication) -> None:
    async with app.database.transaction() as session:
        await factories.dispositif(session)
        await factories.account(session, COACH, email="coach@exemple.fr")
        await factories.account(session, ADMIN, Role.ADMIN, "national", "admin@exemple.fr")


async def _dead_job(app: WiredApplication) -> None:
    async with app.database.transaction() as session:
        session.add(Job(kind="export", arguments={}, state=JobState.DEAD, attempts=5, asked_at=NOW, due_at=NOW))


async def test_an_administrator_sees_a_dead_job_and_runs_it_again(app: WiredApplication) -> None:
    async with app.database.transaction() as session:
        earlier = NOW - timedelta(minutes=12)
        session.add(
            Job(
                kind="export",
                arguments={},
                state=JobState.DEAD,
                attempts=5,
                asked_at=earlier,
                due_at=earlier,
                ended_at=NOW,
                error="K7Q2 LookupError",
            )
        )
        session.add(Job(kind="import", arguments={}, state=JobState.DONE, attempts=1, asked_at=NOW, due_at=NOW))
    phone = await app.phone(ADMIN).send("/taches")
    assert phone.text == (
        "Travaux et messages\nTravaux : 1 arrêté · 1 terminé.\nMessages : tout est parti.\n\n"
        "n° 1 export du classeur : arrêté, 5 essais, demandé il y a 12 min\nErreur K7Q2 LookupError\n\n"
        "n° 2 import d'un classeur : terminé, demandé à l'instant"
    )
    assert phone.labels == ["Relancer le n° 1", "Actualiser", "Accueil"]

    again = phone.data("Relancer le n° 1")
    await phone.tap("Relancer")
    assert phone.toast == "Travail n° 1 relancé."
    assert "n° 1 export du classeur : en attente, demandé il y a 12 min" in phone.text
    await phone.tap(data=again)
    assert phone.toast == "Ce travail n'est plus arrêté : rien à relancer."
    (job, _) = await app.rows(Job)
    assert (job.state, job.attempts) == (JobState.WAITING, 0)


async def test_what_did_not_arrive_is_shown_as_such(app: WiredApplication) -> None:
    async with app.database.transaction() as session:
        coach = (await factories.account(session, 1009, email="autre@exemple.fr")).id or 0
        for number, state in enumerate((Delivery.SENT, Delivery.FAILED, Delivery.UNCERTAIN, Delivery.UNCERTAIN)):
            session.add(
                OutboxMessage(
                    kind="note",
                    account_id=coach,
                    subject=f"{number}",
                    period="",
                    screen=stored(Screen("Bonjour")),
                    state=state,
                    written_at=NOW,
                    due_at=NOW,
                )
            )
    phone = await app.phone(ADMIN).send("/taches")
    assert "Messages : 1 échoué · 2 incertains." in phone.text


async def test_the_last_that_did_not_arrive_are_named_with_day_and_cause(app: WiredApplication) -> None:
    ended = (
        ("reminder", Delivery.SENT, None),
        ("sent_back", Delivery.UNREACHABLE, "BadRequest"),
        ("reminder", Delivery.FAILED, "SMTPConnectError"),
        ("announcement", Delivery.UNCERTAIN, "worker_killed"),
        ("meeting_soon", Delivery.REFUSED, "BadRequest"),
    )
    async with app.database.transaction() as session:
        lou = (await factories.account(session, 1009, email="lou@exemple.fr")).id or 0
        for number, (kind, state, cause) in enumerate(ended):
            session.add(_message(lou, number, kind, state, cause))
    phone = await app.phone(ADMIN).send("/taches")
    assert phone.text.split("\n\n")[-1].splitlines() == [
        "Derniers messages non remis ou incertains",
        "23 décembre, réunion dans deux heures à lou@exemple.fr : refusé (Telegram n'en a pas voulu)",
        "22 décembre, annonce à lou@exemple.fr : incertain (arrêt pendant l'envoi)",
        "21 décembre, rappel à lou@exemple.fr : échoué (SMTPConnectError)",
        "20 décembre, réponse à vérifier à lou@exemple.fr : non remis (conversation jamais ouverte)",
    ]

    async with app.database.transaction() as session:
        for number in range(5, 20):
            session.add(_message(lou, number, "reminder_relay", Delivery.UNCERTAIN, "HTTP 504"))
    await phone.tap("Actualiser")
    shown = phone.text.split("\n\n")[-1].splitlines()[1:]
    assert shown[0] == "7 janvier, relais d'absence à lou@exemple.fr : incertain (HTTP 504)"
    assert len(shown) == 10


def _message(account: int, number: int, kind: str, state: Delivery, cause: str | None) -> OutboxMessage:
    """Return a message that ended so many days later."""
    return OutboxMessage(
        kind=kind,
        account_id=account,
        subject=f"{number}",
        period="",
        screen=stored(Screen("Bonjour")),
        state=state,
        written_at=NOW,
        due_at=NOW,
        ended_at=NOW + timedelta(days=number),
        cause=cause,
    )


async def test_the_workers_are_called_after_the_tap_that_asked(app: WiredApplication) -> None:
    with Redis.from_url(app.settings.redis_url) as redis:
        redis.flushall()
        await _dead_job(app)
        phone = await app.phone(ADMIN).send("/taches")
        assert redis.llen(QUEUE) == 0
        await phone.tap("Relancer")
        assert redis.llen(QUEUE) == 1
        (message,) = redis.hvals(f"{QUEUE}.msgs")
    assert (json.loads(message)["actor_name"], json.loads(message)["args"]) == ("export", [1])


@ON_SQLITE
async def test_a_broker_that_is_away_fails_no_tap(database_url: str, tmp_path: Path) -> None:
    async with open_wired(database_url, "unix:///nowhere/redis.sock", tmp_path) as app:
        await _people(app)
        await app.start()
        await _dead_job(app)
        phone = await app.phone(ADMIN).send("/taches")
        await phone.tap("Relancer")
        assert phone.toast == "Travail n° 1 relancé."
        (job,) = await app.rows(Job)
        assert job.state == JobState.WAITING


async def test_nobody_else_sees_jobs_nor_runs_them(app: WiredApplication) -> None:
    await _dead_job(app)
    phone = await app.phone(COACH).send("/taches")
    assert "pas partie de votre accès" in phone.text
    await phone.tap(data="job_again:1")
    (job,) = await app.rows(Job)
    assert job.state == JobState.DEAD


async def test_the_repository_itself_refuses(database: Database) -> None:
    async with database.transaction() as session:
        await factories.dispositif(session)
        coach = (await factories.account(session, COACH)).id
        other = (await factories.account(session, 1002, Role.COORDINATOR)).id
        admin = (await factories.account(session, ADMIN, Role.ADMIN, "national")).id
        assert coach is not None
        number = await ask(session, NOW, EXPORT, coach)
        await notify(session, NOW, DIGEST, coach, "all", "2026", Screen("Bonjour"))
        session.add(_message(coach, 1, "reminder", Delivery.FAILED, None))

    # What an actor says of their roles counts for nothing: the role is read anew.
    pretending = Actor(other, (Grant(Role.ADMIN, "national"),))
    async with database.transaction() as session:
        for actor, sees in ((Actor(admin, ()), True), (Actor(coach, ()), False), (pretending, False)):
            assert bool(await last_jobs(session, actor, 10)) == sees
            assert bool(await job_counts(session, actor)) == sees
            assert bool(await message_counts(session, actor)) == sees
            assert bool(await last_undelivered(session, actor, 10)) == sees
            assert not await run_again(session, actor, NOW, number)
        assert await job_of(session, Actor(coach, ()), number) is not None
        assert await job_of(session, pretending, number) is None
        assert not await cancel(session, pretending, NOW, number)
        assert await cancel(session, Actor(coach, ()), NOW, number)
        assert not await cancel(session, Actor(coach, ()), NOW, number)
