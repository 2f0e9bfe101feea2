"""When the next reminder comes and why: the first thing `/rappels` says, to each as it concerns them."""

from datetime import UTC, datetime, timedelta

import pytest

from models.accounts.tables import Account, Role
from models.base.clock import PARIS
from models.dispositifs.tables import Dispositif
from models.notifications.tables import OutboxMessage
from models.reminders.messages import REMINDER
from tasks.enqueue import Enqueue
from tasks.scheduler import Scheduler
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.reminders.monday import MONDAY, caseload, opened, wish


async def test_one_screen_says_when_the_next_reminder_comes_and_why(busy: Application) -> None:
    phone = await opened(busy)

    assert "Prochain rappel : jeudi 17 décembre, 9 h (dans 3 jours)\n14 jours avant la date." in phone.text
    assert "Il vous reste 6 personnes sur 20." in phone.text
    assert "Heure : 9 h, heure de Paris." in phone.text
    assert phone.labels == [
        "Saisir la suivante",
        "Me le rappeler demain",
        "Me le rappeler dans 3 jours",
        "Me le rappeler lundi 21 décembre",
        "Changer l'heure",
        "Indiquer une absence",
        "Accueil",
    ]


@ON_SQLITE
async def test_what_was_not_told_in_time_comes_at_the_next_decent_moment(app: Application, coach: Account) -> None:
    app.now = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)  # a Saturday, four days after the opening
    await caseload(app, coach)

    phone = await opened(app)
    assert "Prochain rappel : lundi 7 décembre, 9 h (dans 2 jours)\nLa remontée est ouverte." in phone.text
    app.now = MONDAY
    await phone.send("/rappels")

    assert "Prochain rappel : dans un instant\nLa remontée est ouverte." in phone.text


TEN_PAST = [
    ("what is due now comes as the next hour begins", (14, 10), "lundi 14 décembre, 15 h (aujourd'hui)"),
    ("the last hour of the day is over: the next morning", (18, 10), "mardi 15 décembre, 14 h (demain)"),
]


@ON_SQLITE
@pytest.mark.parametrize(("clock", "when"), [case[1:] for case in TEN_PAST], ids=[case[0] for case in TEN_PAST])
async def test_what_is_promised_is_when_the_scheduler_looks(
    app: Application, coach: Account, clock: tuple[int, int], when: str
) -> None:
    """The opening was never told, and the hour wished for is two in the afternoon."""
    moment = datetime(2026, 12, 14, *clock, tzinfo=PARIS)
    scheduler = Scheduler(app.database, lambda: app.now, enqueue := Enqueue(app.settings))

    async def told() -> list[str]:
        await scheduler.tick()
        return [row.kind for row in await app.rows(OutboxMessage) if row.account_id == coach.id]

    app.now = moment.replace(minute=0)
    assert await told() == []  # they follow nobody yet
    app.now = moment
    await caseload(app, coach)
    phone = await opened(app)
    await phone.tap(data="remind_at:14")
    assert f"Prochain rappel : {when}\nLa remontée est ouverte." in phone.text

    app.now = moment + timedelta(minutes=1)
    assert await told() == []
    app.now = moment.replace(minute=0) + timedelta(hours=1)
    assert await told() == ([REMINDER.code] if clock[0] < 18 else [])
    enqueue.close()


@ON_SQLITE
async def test_who_has_finished_is_told_so(app: Application, coach: Account) -> None:
    app.now = MONDAY
    await caseload(app, coach, left=0, done=3)
    phone = await opened(app)
    assert "Vous avez tout saisi : plus aucun rappel ne viendra." in phone.text

    await phone.tap(data="snooze:2026-12-15")

    assert phone.text.startswith("Vous avez tout saisi")
    assert await wish(app) == {}


@ON_SQLITE
async def test_an_hour_overseas_is_named(busy: Application) -> None:
    async with busy.database.transaction() as session:
        (await session.get_one(Dispositif, 1)).departement_no = "974"

    phone = await opened(busy)

    assert "Heure : 9 h, heure locale (La Réunion)." in phone.text
    assert "jeudi 17 décembre, 9 h (dans 3 jours)" in phone.text


@ON_SQLITE
async def test_without_a_campaign_hour_and_absence_are_still_chosen(app: Application, coach: Account) -> None:
    app.now = datetime(2027, 2, 1, 9, tzinfo=UTC)

    phone = await opened(app)

    assert "Aucune remontée n'est ouverte" in phone.text
    assert phone.labels == ["Changer l'heure", "Indiquer une absence", "Accueil"]
    await phone.tap(data="snooze:2027-02-02")
    assert phone.text.startswith("Aucune remontée n'est ouverte")
    assert await wish(app) == {}


@ON_SQLITE
async def test_a_chef_de_file_sees_when_they_would_be_told(busy: Application) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1014, Role.CHEF_DE_FILE, "departement:974", "chef@exemple.fr")

    phone = await opened(busy, 1014)

    assert "Point sur les retards : lundi 4 janvier 2027, 9 h (dans 21 jours)" in phone.text
    assert "Heure : 9 h, heure locale (La Réunion)." in phone.text
    assert phone.labels == ["Changer l'heure", "Indiquer une absence", "Accueil"]


@ON_SQLITE
async def test_a_reader_is_not_reminded(busy: Application) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1012, Role.READER, "national", email="lecture@exemple.fr")
    phone = await busy.phone(1012).send("/start")

    await phone.send("/rappels")
    assert "Prochain rappel" not in phone.text
    await phone.tap(data="remind_at:10")

    assert await wish(busy) == {}
