"""Wishes on virtual time: put off, be absent, change the hour, announce; then let the days pass."""

from tests.harness.application import COACH, COORDINATOR, ON_SQLITE
from tests.harness.wired import WIRED
from tests.reminders.conftest import ADMIN, Days, Told
from tests.reminders.test_scenarios import LEFT, paris

pytestmark = WIRED


def only(told: list[Told], *who: int) -> list[Told]:
    """Return what those phones were told."""
    return [one for one in told if one[1] in who]


@ON_SQLITE
async def test_the_button_of_a_reminder_puts_it_off_and_the_next_ones_still_come(days: Days) -> None:
    await days.pass_until(paris(12, 17))
    phone = await days.app.phone(COACH).look()
    assert phone.labels == ["Saisir la suivante", "Me le rappeler demain", "Plus tard…"]

    await phone.tap("Plus tard…")
    assert phone.labels[:2] == ["Demain, vendredi 18 décembre", "Lundi 21 décembre"]
    await phone.tap("Lundi 21 décembre")
    assert phone.text.startswith("Prochain rappel : lundi 21 décembre, 9 h.")

    told = await days.pass_until(paris(12, 25))
    assert only(told, COACH) == [("12-21 09", COACH, LEFT), ("12-24 09", COACH, LEFT)]


@ON_SQLITE
async def test_during_an_absence_the_coordinator_is_told_instead(days: Days) -> None:
    await days.pass_until(paris(12, 16))
    phone = await days.app.phone(COACH).send("/rappels")
    for label in ("Indiquer une absence", "17", "22"):
        await phone.tap(label)
    await days._read_phones()

    told = await days.pass_until(paris(12, 25))

    assert only(told, COACH)[0][0] == "12-23 09", "on the return"
    assert ("12-17 09", COORDINATOR) in [(when, who) for when, who, _ in told]


@ON_SQLITE
async def test_a_reminder_comes_at_the_hour_that_was_chosen(days: Days) -> None:
    await days.pass_until(paris(12, 16))
    phone = await days.app.phone(COACH).send("/rappels")
    await phone.tap("Changer l'heure")
    await phone.tap("14 h")
    await days._read_phones()

    assert only(await days.pass_until(paris(12, 18)), COACH) == [("12-17 14", COACH, LEFT)]


@ON_SQLITE
async def test_an_announcement_of_a_friday_evening_arrives_once_on_monday(days: Days) -> None:
    await days.pass_until(paris(12, 11, 20))
    phone = await days.app.phone(ADMIN).send("/annonce")
    for label in ("Tous les rôles", "France entière"):
        await phone.tap(label)
    await phone.send("Bonjour à toutes et à tous.")
    assert "4 personnes : tenu jusqu'à lundi 9 h, heure locale." in phone.text
    await phone.tap("Envoyer à 4 personnes")
    await days._read_phones()

    told = [one for one in await days.pass_until(paris(12, 16)) if one[2] == "Annonce"]

    assert sorted(told, key=lambda one: one[1]) == [("12-14 09", who, "Annonce") for who in sorted(days.phones)]
    await phone.send("/annonce")
    await phone.tap("Dernières annonces")
    assert "4 messages : 4 arrivés." in phone.text
