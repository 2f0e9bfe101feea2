"""The hour of the day and an absence, in a few taps, and taken back in one."""

from datetime import UTC, date, datetime

import pytest

from tests.harness.application import ON_SQLITE, Application
from tests.reminders.monday import history, opened, wish


async def test_the_hour_is_chosen_and_taken_back(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Changer l'heure")
    assert [label for label in phone.labels if label != "Retour"] == [
        f"{hour} h (actuel)" if hour == 9 else f"{hour} h" for hour in range(8, 19)
    ]

    await phone.tap("14 h")

    assert phone.text.startswith("Vos rappels viendront à 14 h, heure de Paris.")
    assert "jeudi 17 décembre, 14 h" in phone.text
    assert (await wish(busy))["hour"] == 14
    await phone.tap("Revenir à 9 h")
    assert (await wish(busy))["hour"] == 9
    assert await history(busy) == ["reminder_hour", "reminder_hour"]


async def test_an_absence_takes_two_taps_and_one_to_be_back(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")
    assert "13" not in phone.labels, "yesterday is past"

    await phone.tap("16")
    assert phone.text.startswith("Absence à partir du mercredi 16 décembre. Quel en est le dernier jour ?")
    await phone.tap("22")

    assert "Absence prévue : du 16 décembre au 22 décembre 2026." in phone.text
    assert "Prochain rappel : mercredi 23 décembre, 9 h (dans 9 jours)\nÀ votre retour." in phone.text
    assert await wish(busy) == {
        "digests_paused": False,
        "absent_from": date(2026, 12, 16),
        "absent_until": date(2026, 12, 22),
    }
    busy.now = datetime(2026, 12, 18, 9, tzinfo=UTC)
    await phone.send("/rappels")
    assert "Absence en cours" in phone.text
    await phone.tap("Je suis de retour")

    assert phone.text.startswith("Votre absence est terminée")
    assert (await wish(busy))["absent_until"] == date(2026, 12, 17)
    assert await history(busy) == ["reminder_absence", "reminder_absence"]


@ON_SQLITE
async def test_an_absence_to_come_is_cancelled(busy: Application) -> None:
    phone = await opened(busy)
    for label in ("Indiquer une absence", "16", "16"):
        await phone.tap(label)
    assert "Absence prévue : le 16 décembre." in phone.text

    await phone.tap("Annuler l'absence")

    assert await wish(busy) == {"digests_paused": False}


@ON_SQLITE
async def test_the_days_of_an_absence_may_be_typed(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")

    await phone.send("18/12/2026")
    await phone.send("04/01/2027")

    assert "Absence prévue : du 18 décembre au 4 janvier 2027." in phone.text


@ON_SQLITE
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("13/12/2026",), "Une absence commence aujourd'hui ou plus tard."),
        (("18/12/2026", "17/12/2026"), "Une absence ne finit pas avant d'avoir commencé."),
        (("18/12/2026", "15/12/2027"), "Une absence se note pour douze mois au plus."),
    ],
)
async def test_days_that_cannot_be_are_said(busy: Application, typed: tuple[str, ...], said: str) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")

    for text in typed:
        await phone.send(text)

    assert phone.text.startswith(said)
    assert await wish(busy) == {}


@ON_SQLITE
async def test_a_last_day_before_the_first_one_is_asked_for_again_and_the_first_one_kept(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")
    await phone.tap("26")
    await phone.send("25/12/2026")

    assert phone.text.startswith("Une absence ne finit pas avant d'avoir commencé.")
    assert "Absence à partir du samedi 26 décembre. Quel en est le dernier jour ?" in phone.text
    await phone.send("04/01/2027")
    assert "Absence prévue : du 26 décembre au 4 janvier 2027." in phone.text


@ON_SQLITE
async def test_what_is_no_day_is_answered_by_how_to_write_one(busy: Application) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")
    await phone.send("la semaine prochaine")

    assert phone.text.startswith(
        "Je n'ai pas compris. Touchez un bouton, ou écrivez un jour, par exemple « 15/06/2026 »."
    )
    assert "Quel est votre premier jour d'absence ?" in phone.text
