"""Scenarios on virtual time: set the clock, enter, let the days pass, expect these messages and no other."""

from datetime import datetime, timedelta

from models.base.clock import PARIS
from models.notifications.tables import Delivery, OutboxMessage
from models.reminders.tables import ReminderWish
from tasks.scheduler import Scheduler
from tests.harness.application import COACH, COORDINATOR, ON_SQLITE
from tests.harness.wired import WIRED, over_http
from tests.reminders.conftest import ADMIN, CHEF, Days

pytestmark = WIRED


def paris(month: int, day: int, hour: int = 12, year: int = 2026) -> datetime:
    """Return a moment by the clock of Paris."""
    return datetime(year, month, day, hour, tzinfo=PARIS)


OPEN = "La remontée du 31 décembre est ouverte : 6 personnes à saisir."
LEFT = "Il vous reste 6 personnes sur 6 pour la remontée du 31 décembre."
DIGEST = "Remontée du 31 décembre 2026 : où vous en êtes"
PASSED = "La date de la remontée du 31 décembre est passée."


async def test_a_month_in_which_nobody_enters_anything(days: Days) -> None:
    assert await days.pass_until(paris(12, 1, 8)) == []
    assert await days.pass_until(paris(12, 6)) == [("12-01 09", COACH, OPEN), ("12-01 09", COORDINATOR, DIGEST)]
    assert await days.pass_until(paris(12, 26)) == [
        ("12-07 09", COORDINATOR, DIGEST),
        ("12-14 09", COORDINATOR, DIGEST),
        ("12-17 09", COACH, LEFT),
        ("12-21 09", COORDINATOR, DIGEST),
        ("12-24 09", COACH, LEFT),
    ]
    assert await days.pass_until(paris(1, 6, year=2027)) == [
        ("12-28 09", COORDINATOR, DIGEST),
        ("12-29 09", COACH, LEFT),
        ("12-31 09", COACH, "La remontée du 31 décembre se rend aujourd'hui. Il vous reste 6 personnes sur 6."),
        ("01-04 09", COORDINATOR, PASSED),
        ("01-04 09", CHEF, PASSED),
        ("01-04 09", ADMIN, PASSED),
        ("01-05 09", COACH, "La date de la remontée du 31 décembre est passée. Il vous reste 6 personnes sur 6."),
    ]
    late = await days.pass_until(paris(1, 20, year=2027))
    assert [(when, who) for when, who, _ in late] == [
        ("01-07 09", COACH),
        ("01-11 09", COACH),
        ("01-11 09", COORDINATOR),
        ("01-13 09", COACH),
        ("01-15 09", COACH),
    ]


async def test_what_a_reminder_offers_is_typed_as_well_as_tapped(days: Days) -> None:
    await days.jump_to(paris(12, 17, 8))
    await days.pass_until(paris(12, 17))
    phone = await days.app.phone(COACH).look()
    assert phone.labels == ["Saisir la suivante", "Me le rappeler demain", "Plus tard…"]

    await phone.send("plus tard")
    await phone.send("lundi")
    assert phone.text.startswith("Prochain rappel : lundi 21 décembre, 9 h.")
    await phone.send("annuler le report")
    assert "Me le rappeler demain" in phone.labels, "this is the 18th, and the one that comes next means another day"
    await days.jump_to(paris(12, 29, 8))
    assert ("12-29 09", COACH, LEFT) in await days.pass_until(paris(12, 29))
    await phone.send("Demain")
    assert phone.text.startswith("Prochain rappel : mercredi 30 décembre, 9 h.")


@ON_SQLITE
async def test_once_another_screen_is_open_what_is_typed_is_about_that_one(days: Days) -> None:
    await days.jump_to(paris(12, 17, 8))
    await days.pass_until(paris(12, 17))
    phone = await days.app.phone(COACH).send("/saisir")
    await phone.send("demain")
    assert await days.app.rows(ReminderWish) == []
    assert "Prochain rappel" not in phone.text


@ON_SQLITE
async def test_the_button_opens_what_is_missing_and_whoever_has_finished_hears_no_more(days: Days) -> None:
    await days.pass_until(paris(12, 18))
    phone = await days.app.phone(COACH).look()
    assert phone.labels[0] == "Saisir la suivante"
    await phone.tap("Saisir la suivante")
    assert "Personne 1 sur 6" in phone.text
    for _ in range(5):
        await phone.tap("Rien n'a changé")
    days._read.clear()
    await days._read_phones()
    assert [told for told in await days.pass_until(paris(12, 26)) if told[1] == COACH] == [
        ("12-24 09", COACH, "Il vous reste 1 personne sur 6 pour la remontée du 31 décembre.")
    ]
    await (await phone.look()).tap("Saisir la suivante")
    await phone.tap("Rien n'a changé")
    assert "Tout est fait" in phone.text
    days._read.clear()
    await days._read_phones()
    after = await days.pass_until(paris(1, 20, year=2027))
    assert [who for _, who, _ in after] == [COORDINATOR] * 3  # what is left to validate, three Mondays


@ON_SQLITE
async def test_the_machine_was_off_until_j_6_one_late_message(days: Days) -> None:
    await days.pass_until(paris(12, 18))
    await days.jump_to(paris(12, 25, 6))
    assert await days.pass_until(paris(12, 25, 23)) == []  # Christmas
    told = await days.pass_until(paris(12, 28))
    assert told == [("12-28 09", COACH, LEFT), ("12-28 09", COORDINATOR, DIGEST)]
    assert await days.pass_until(paris(12, 29, 8)) == []


@ON_SQLITE
async def test_started_again_in_the_middle_of_a_day_the_scheduler_repeats_nothing(days: Days) -> None:
    assert len(await days.pass_until(paris(12, 1, 9))) == 2
    days.schedulers = [
        Scheduler(days.app.database, lambda: days.app.now, days.schedulers[0]._enqueue) for _ in range(3)
    ]
    days.app.now += timedelta(minutes=1)
    await days.tick()
    assert await days.pass_until(paris(12, 2)) == []


@ON_SQLITE
async def test_whoever_finishes_while_the_message_waits_is_not_disturbed(days: Days) -> None:
    await days.pass_until(paris(12, 24, 8))
    await over_http(days.app).fault(method="sendMessage", error_code=502, chat_id=COACH)
    assert await days.pass_until(paris(12, 24, 9)) == []
    (_, *_, waiting) = await days.app.rows(OutboxMessage)
    assert (waiting.kind, waiting.state) == ("reminder", Delivery.PENDING)
    phone = await days.app.phone(COACH).send("/saisir")
    await phone.tap("Saisir la suivante")
    for _ in range(6):
        await phone.tap("Rien n'a changé")
    days._read.clear()
    await days._read_phones()
    assert [told for told in await days.pass_until(paris(12, 24, 18)) if told[1] == COACH] == []
    assert [row.period for row in await days.app.rows(OutboxMessage) if row.kind == "reminder"] == [
        "ouverture",
        "J-14",
    ]
