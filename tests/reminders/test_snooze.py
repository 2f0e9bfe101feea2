"""A reminder is put off to a day that is still good, from `/rappels` or under the reminder itself."""

from datetime import UTC, date, datetime

import pytest

from models.accounts.tables import Account
from tests.harness import factories
from tests.harness.application import COORDINATOR, ON_SQLITE, Application
from tests.harness.factories import USUAL
from tests.reminders.monday import history, opened, reading, wish


async def test_a_reminder_is_put_off_and_taken_back(busy: Application) -> None:
    phone = await opened(busy)

    await phone.tap("Me le rappeler lundi")

    assert phone.text.startswith("Prochain rappel : lundi 21 décembre, 9 h.\nRien n'est perdu : 14 personnes sur 20")
    assert phone.labels == ["Saisir la suivante", "Annuler le report", "Un autre jour…", "Vos rappels"]
    assert await wish(busy) == {"digests_paused": False, "snoozed_until": date(2026, 12, 21), "snoozed_in": 1}
    await phone.tap("Vos rappels")
    assert "Prochain rappel : lundi 21 décembre, 9 h (dans 7 jours)\nComme vous l'avez demandé." in phone.text
    assert "Reporté jusqu'au lundi 21 décembre. Votre coordination le voit." in phone.text
    assert "Me le rappeler lundi 21 décembre" not in phone.labels

    await phone.tap("Annuler le report")

    assert phone.text.startswith("Report annulé")
    assert "Prochain rappel : jeudi 17 décembre" in phone.text
    assert await wish(busy) == {"digests_paused": False}
    assert await history(busy) == ["reminder_snooze", "reminder_snooze"]


async def test_the_buttons_of_a_reminder_edit_that_message(busy: Application) -> None:
    phone = await opened(busy)
    reminder = phone.screen["message_id"]
    await phone.send("/saisir")

    await phone.tap(data="snooze_later", message_id=reminder)
    assert reading(phone, reminder).startswith("Il vous reste 6 personnes sur 20.\n\nQuand vous le rappeler")
    await phone.tap(data="snooze:2026-12-15", message_id=reminder)

    assert reading(phone, reminder).startswith("Prochain rappel : mardi 15 décembre")


async def test_choices_are_named_with_their_day(busy: Application) -> None:
    phone = await opened(busy)

    await phone.tap(data="snooze_later")

    assert phone.labels == [
        "Demain, mardi 15 décembre",
        "Dans 3 jours, jeudi 17 décembre",
        "Lundi 21 décembre",
        "Saisir la suivante",
        "Vos rappels",
    ]
    await phone.send("lundi")
    assert phone.text.startswith("Prochain rappel : lundi 21 décembre, 9 h.")


REFUSED = [
    ("2026-12-14", "Ce report n'est plus possible : il était pour le lundi 14 décembre."),
    ("2026-11-30", "Ce report n'est plus possible : il était pour le lundi 30 novembre."),
    ("2026-12-19", "Le 19 décembre est un samedi : choisissez un jour ouvré."),
    ("2026-12-25", "Le 25 décembre est férié : choisissez un jour ouvré."),
    ("2026-12-31", "Ce report n'est plus possible : le jour est trop proche de la date."),
    ("2027-03-30", "Ce report n'est plus possible : le jour est trop proche de la date."),
]


@pytest.mark.parametrize(("day", "why"), REFUSED)
async def test_a_day_that_is_past_too_late_or_not_worked_is_said(busy: Application, day: str, why: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=f"snooze:{day}")

    assert phone.text.startswith(why)
    assert "Demain, mardi 15 décembre" in phone.labels
    assert await wish(busy) == {}


@ON_SQLITE
async def test_tomorrow_of_a_friday_is_a_saturday(busy: Application) -> None:
    busy.now = datetime(2026, 12, 4, 9, tzinfo=UTC)
    phone = await opened(busy)

    await phone.tap(data="snooze:2026-12-05")

    assert phone.text.startswith("Demain est un samedi : choisissez un jour ouvré.")
    assert phone.labels[0] == "Lundi 7 décembre"
    assert await wish(busy) == {}


@ON_SQLITE
async def test_on_the_eve_nothing_is_put_off_any_more(busy: Application) -> None:
    busy.now = datetime(2026, 12, 30, 9, tzinfo=UTC)
    phone = await opened(busy)
    assert not [label for label in phone.labels if label.startswith("Me le rappeler")]

    await phone.tap(data="snooze_later")
    assert "ne se reporte pas au-delà de la veille" in phone.text
    await phone.tap(data="snooze:2026-12-31")

    assert await wish(busy) == {}


@ON_SQLITE
async def test_a_coordinator_who_follows_persons_may_put_a_reminder_off(app: Application) -> None:
    async with app.database.transaction() as session:
        (found,) = [one for one in await app.rows(Account) if one.channel_address == COORDINATOR]
        for number in range(1, 4):
            await factories.person(session, number, found, past=USUAL)
    phone = await app.phone(COORDINATOR).send("/rappels")
    assert "Prochain rappel : lundi 21 décembre, 9 h" in phone.text
    assert "Me le rappeler lundi 21 décembre" in phone.labels
    await phone.tap(data="snooze:2026-12-22")
    assert "mardi 22 décembre" in phone.text
    assert phone.labels[:2] == ["Saisir la suivante", "Annuler le report"]
