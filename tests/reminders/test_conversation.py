"""`/rappels`: when the next reminder comes and why, and what somebody wishes of them."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.accounts.tables import Account, Role, RoleGrant
from models.audit.tables import Audit
from models.dispositifs.tables import Dispositif
from models.outbox.repository import tell
from models.reminders.tables import ReminderWish
from models.screens import Screen
from reminders.policy import OPENING, Kind
from tests import factories
from tests.conversation.house import COACH, COORDINATOR, ON_SQLITE, House
from tests.conversation.phone import Phone, plain
from tests.factories import USUAL

MONDAY = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris, seventeen days before the date: J-14 comes next."""


async def caseload(house: House, coach: Account, left: int = 6, done: int = 14, base: int = 0) -> None:
    """Give the coach that many persons, so many of them entered."""
    async with house.database.transaction() as session:
        for number in range(base, base + done + left):
            person = await factories.person(session, 1000 + number, coach, past=USUAL)
            if number < base + done:
                await factories.event(session, person)


async def opened(house: House, who: int = COACH) -> Phone:
    return await house.phone(who).send("/rappels")


def reading(phone: Phone, message_id: int) -> str:
    """Return what one message says now."""
    return plain(next(message["text"] for message in phone.messages if message["message_id"] == message_id))


async def wish(house: House) -> dict[str, Any]:
    """Return the one wish there is, without its moment; empty where there is none."""
    rows = await house.rows(ReminderWish)
    return rows[0].model_dump(exclude={"changed_at", "account_id"}, exclude_none=True) if rows else {}


async def history(house: House) -> list[str]:
    """Return what the audit holds of wishes."""
    return [row.action for row in await house.rows(Audit) if row.action.startswith("reminder_")]


@pytest.fixture
async def busy(house: House, coach: Account) -> House:
    """The house on a Monday in December, the coach with six persons of twenty left; everybody was told what came."""
    house.now = MONDAY
    await caseload(house, coach)
    accounts = {row.telegram_id: row.id for row in await house.rows(Account)}
    async with house.database.transaction() as session:
        subject, nothing = "campaign:2026-12-31", Screen("")
        await tell(session, MONDAY, Kind.REMINDER, accounts[COACH], subject, OPENING, nothing)
        await tell(session, MONDAY, Kind.DIGEST, accounts[COORDINATOR], subject, "2026-S51", nothing)
    return house


async def test_one_screen_says_when_the_next_reminder_comes_and_why(busy: House) -> None:
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
async def test_what_was_not_told_in_time_comes_at_the_next_decent_moment(house: House, coach: Account) -> None:
    house.now = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)  # a Saturday, four days after the opening
    await caseload(house, coach)

    phone = await opened(house)
    assert "Prochain rappel : lundi 7 décembre, 9 h (dans 2 jours)\nLa remontée est ouverte." in phone.text
    house.now = MONDAY
    await phone.send("/rappels")

    assert "Prochain rappel : dans un instant\nLa remontée est ouverte." in phone.text


async def test_a_reminder_is_put_off_and_taken_back(busy: House) -> None:
    phone = await opened(busy)

    await phone.tap("Me le rappeler lundi")

    assert phone.text.startswith("Prochain rappel : lundi 21 décembre, 9 h.\nRien n'est perdu : 14 personnes sur 20")
    assert phone.labels == ["Saisir la suivante", "Annuler le report", "Vos rappels"]
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


async def test_the_buttons_of_a_reminder_edit_that_message(busy: House) -> None:
    phone = await opened(busy)
    reminder = phone.screen["message_id"]
    await phone.send("/saisir")

    await phone.tap(data="snooze_later", message_id=reminder)
    assert reading(phone, reminder).startswith("Il vous reste 6 personnes sur 20.\n\nQuand vous le rappeler")
    await phone.tap(data="snooze:2026-12-15", message_id=reminder)

    assert reading(phone, reminder).startswith("Prochain rappel : mardi 15 décembre")


async def test_choices_are_named_with_their_day(busy: House) -> None:
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


@pytest.mark.parametrize("day", ["2026-12-14", "2026-11-30", "2026-12-25", "2026-12-31", "2027-03-30"])
async def test_a_day_that_is_past_too_late_or_of_another_campaign_is_said(busy: House, day: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=f"snooze:{day}")

    assert phone.text.startswith("Ce report n'est plus possible")
    assert "Demain, mardi 15 décembre" in phone.labels
    assert await wish(busy) == {}


@ON_SQLITE
async def test_on_the_eve_nothing_is_put_off_any_more(busy: House) -> None:
    busy.now = datetime(2026, 12, 30, 9, tzinfo=UTC)
    phone = await opened(busy)
    assert not [label for label in phone.labels if label.startswith("Me le rappeler")]

    await phone.tap(data="snooze_later")
    assert "ne se reporte pas au-delà de la veille" in phone.text
    await phone.tap(data="snooze:2026-12-31")

    assert await wish(busy) == {}


@ON_SQLITE
async def test_who_has_finished_is_told_so(house: House, coach: Account) -> None:
    house.now = MONDAY
    await caseload(house, coach, left=0, done=3)
    phone = await opened(house)
    assert "Vous avez tout saisi : plus aucun rappel ne viendra." in phone.text

    await phone.tap(data="snooze:2026-12-15")

    assert phone.text.startswith("Vous avez tout saisi")
    assert await wish(house) == {}


async def test_the_hour_is_chosen_and_taken_back(busy: House) -> None:
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


@ON_SQLITE
async def test_an_hour_overseas_is_named(busy: House) -> None:
    async with busy.database.transaction() as session:
        (await session.get_one(Dispositif, 1)).departement_no = "974"

    phone = await opened(busy)

    assert "Heure : 9 h, heure locale (La Réunion)." in phone.text
    assert "jeudi 17 décembre, 9 h (dans 3 jours)" in phone.text


async def test_an_absence_takes_two_taps_and_one_to_be_back(busy: House) -> None:
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
async def test_an_absence_to_come_is_cancelled(busy: House) -> None:
    phone = await opened(busy)
    for label in ("Indiquer une absence", "16", "16"):
        await phone.tap(label)
    assert "Absence prévue : le 16 décembre." in phone.text

    await phone.tap("Annuler l'absence")

    assert await wish(busy) == {"digests_paused": False}


@ON_SQLITE
async def test_the_days_of_an_absence_may_be_typed(busy: House) -> None:
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
async def test_days_that_cannot_be_are_said(busy: House, typed: tuple[str, ...], said: str) -> None:
    phone = await opened(busy)
    await phone.tap("Indiquer une absence")

    for text in typed:
        await phone.send(text)

    assert phone.text.startswith(said)
    assert await wish(busy) == {}


@ON_SQLITE
async def test_without_a_campaign_hour_and_absence_are_still_chosen(house: House, coach: Account) -> None:
    house.now = datetime(2027, 2, 1, 9, tzinfo=UTC)

    phone = await opened(house)

    assert "Aucune remontée n'est ouverte" in phone.text
    assert phone.labels == ["Changer l'heure", "Indiquer une absence", "Accueil"]
    await phone.tap(data="snooze:2027-02-02")
    assert phone.text.startswith("Aucune remontée n'est ouverte")
    assert await wish(house) == {}


async def test_the_coordinator_pauses_the_digest_and_has_it_again(busy: House) -> None:
    phone = await opened(busy, COORDINATOR)
    assert "Prochain bilan : lundi 21 décembre, 9 h (dans 7 jours)" in phone.text

    await phone.tap("Suspendre le bilan du lundi")

    assert "Prochain bilan" not in phone.text
    assert (await wish(busy))["digests_paused"] is True
    await phone.tap("Reprendre le bilan du lundi")
    assert (await wish(busy))["digests_paused"] is False
    assert await history(busy) == ["reminder_digests", "reminder_digests"]


async def test_the_coordinator_sees_who_put_off_and_who_is_absent(busy: House) -> None:
    phone = await opened(busy)
    await phone.tap("Me le rappeler demain")
    for label in ("Vos rappels", "Indiquer une absence", "16", "22"):
        await phone.tap(label)

    theirs = await opened(busy, COORDINATOR)
    await theirs.tap("Qui a reporté ?")

    assert (
        "coach@exemple.fr : rappels reportés au mardi 15 décembre ; "
        "absence prévue : du 16 décembre au 22 décembre 2026." in theirs.text
    )


async def test_the_coordinator_has_a_forecast(busy: House, coach: Account) -> None:
    phone = await opened(busy, COORDINATOR)

    await phone.tap("Prévision")

    assert phone.text.startswith(
        "Remontée du 31 décembre 2026 · Dispositif ABC01\n\n14 personnes sur 20 saisies (70 %)."
    )
    assert "coach@exemple.fr : 6" in phone.text
    await phone.tap("Qui manque ?")
    assert "coach@exemple.fr" in phone.text


@ON_SQLITE
async def test_another_dispositif_does_not_exist(busy: House) -> None:
    async with busy.database.transaction() as session:
        other = await factories.dispositif(session, "XYZ02", "Ailleurs")
        colleague = await factories.account(session, 1011, scope="dispositif:XYZ02", email="ailleurs@exemple.fr")
        await factories.person(session, 5000, colleague, reference="XYZ02", past=USUAL)
    elsewhere = await opened(busy, 1011)
    await elsewhere.tap("Me le rappeler demain")

    phone = await opened(busy, COORDINATOR)
    await phone.tap("Qui a reporté ?")
    assert "Personne n'a reporté" in phone.text
    await phone.tap(data=f"forecast_of:{other.id}")
    assert "XYZ02" not in phone.text
    assert phone.toast


@ON_SQLITE
async def test_who_coordinates_several_dispositifs_chooses_one(busy: House) -> None:
    accounts = {row.telegram_id: row.id for row in await busy.rows(Account)}
    async with busy.database.transaction() as session:
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        scope = "dispositif:XYZ02"
        await factories.write(
            session,
            RoleGrant(account_id=accounts[COORDINATOR], role=Role.COORDINATOR, scope=scope, granted_at=MONDAY),
        )
    phone = await opened(busy, COORDINATOR)

    await phone.tap("Prévision")
    assert phone.labels == ["Dispositif ABC01", "Dispositif XYZ02", "Retour"]
    await phone.tap("Dispositif XYZ02")
    assert phone.text.endswith("Aucune personne n'est attendue pour cette remontée.")
    await phone.tap("Un autre dispositif")
    await phone.tap("Dispositif ABC01")

    assert "14 personnes sur 20 saisies (70 %)." in phone.text


@ON_SQLITE
async def test_a_chef_de_file_sees_when_they_would_be_told(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1014, Role.CHEF_DE_FILE, "departement:974", "chef@exemple.fr")

    phone = await opened(busy, 1014)

    assert "Point sur les retards : lundi 4 janvier, 9 h (dans 21 jours)" in phone.text
    assert "Heure : 9 h, heure locale (La Réunion)." in phone.text
    assert phone.labels == ["Changer l'heure", "Indiquer une absence", "Accueil"]


FORGED = ("forecast", "forecast_of:1", "put_off", "digests:1", "reminders_preview:0")


@ON_SQLITE
@pytest.mark.parametrize("data", FORGED)
async def test_a_coach_has_no_coordinators_nor_administrators_screens(busy: House, data: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=data)

    assert phone.toast
    assert phone.text.startswith("Vos rappels")
    assert await wish(busy) == {}


@ON_SQLITE
@pytest.mark.parametrize(
    "data",
    ["snooze:hier", "snooze:", "snooze", "remind_at:7", "remind_at:19", "absent:2026-13", "absent_from:0", "digests:2"],
)
async def test_a_forged_button_changes_nothing(busy: House, data: str) -> None:
    phone = await opened(busy)

    await phone.tap(data=data)

    assert phone.toast
    assert await wish(busy) == {}


@ON_SQLITE
async def test_a_reader_is_not_reminded(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1012, Role.READER, "national", email="lecture@exemple.fr")
    phone = await busy.phone(1012).send("/start")

    await phone.send("/rappels")
    assert "Prochain rappel" not in phone.text
    await phone.tap(data="remind_at:10")

    assert await wish(busy) == {}


async def test_administrators_see_what_would_go_out_now(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1013, Role.ADMIN, "national", email="admin@exemple.fr")
    busy.now = datetime(2026, 12, 17, 6, 30, tzinfo=UTC)
    phone = await busy.phone(1013).send("/rappels aperçu")

    assert "0 message à envoyer maintenant, 1 en attente de leur heure.\n1 rappel." in phone.text
    assert (
        "Rappel, job coach : coach@exemple.fr\nIl est 7 h 30 · 14 jours avant la date, tenu jusqu'à aujourd'hui 9 h\n"
        "Il vous reste 6 personnes sur 20 pour la remontée du 31 décembre."
    ) in phone.text
    busy.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    await phone.tap("Actualiser")
    assert "1 message à envoyer maintenant, 0 en attente de leur heure." in phone.text
    assert await busy.rows(ReminderWish) == []


@ON_SQLITE
async def test_administrators_turn_the_pages_of_what_would_go_out(busy: House) -> None:
    async with busy.database.transaction() as session:
        await factories.account(session, 1013, Role.ADMIN, "national", email="admin@exemple.fr")
        for number in range(14):
            coach = await factories.account(session, 3000 + number, email=f"coach{number}@exemple.fr")
            await factories.person(session, 7000 + number, coach, past=USUAL)
    busy.now = datetime(2026, 12, 17, 8, 30, tzinfo=UTC)
    phone = await busy.phone(1013).send("/rappels apercu")
    first = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert (len(first), "et 5 autres messages." in phone.text) == (10, True)
    assert phone.labels == ["Suivants", "Actualiser", "Retour"]

    await phone.tap("Suivants")
    second = set(re.findall(r"Rappel, job coach : (\S+)", phone.text))
    assert first | second == {"coach@exemple.fr", *(f"coach{number}@exemple.fr" for number in range(14))}
    assert first & second == set()
    assert phone.labels == ["Précédents", "Actualiser", "Retour"]
    await phone.tap(data="reminders_preview:99")
    assert phone.labels == ["Précédents", "Actualiser", "Retour"]


@ON_SQLITE
async def test_the_word_means_nothing_to_anybody_else(busy: House) -> None:
    phone = await busy.phone().send("/rappels apercu")

    assert phone.text.startswith("Vos rappels")
