"""Typing instead of tapping works wherever the text fits one choice."""

import pytest

from handlers.features import COMMANDS, TYPED
from handlers.input_parser import action_of
from models.accounts.tables import Account
from models.base.screens import Action
from models.reference.nomenclature import Niveau
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import USUAL

SCREEN = (
    ("Veille : moins de 2 h", "pick:1:2:veille:0-0"),
    ("Suivi : de 2 à 8 h (actuel)", "pick:1:2:suivi:0-0"),
    ("Régulier : 8 à 12 h", "pick:1:2:regulier:0-0"),
    ("Intensif : plus de 12 h", "pick:1:2:intensif:0-0"),
    ("Que compte-t-on ?", "what:1:2"),
    ("Retour", "card:1"),
    ("…4217 · Les Tilleuls", "card:7"),
)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Régulier : 8 à 12 h", "pick:1:2:regulier:0-0"),
        ("régulier", "pick:1:2:regulier:0-0"),
        ("REGULIER", "pick:1:2:regulier:0-0"),
        ("  regu ", "pick:1:2:regulier:0-0"),
        ("suivi", "pick:1:2:suivi:0-0"),
        ("actuel", "pick:1:2:suivi:0-0"),
        ("que compte-t-on", "what:1:2"),
        ("4217", "card:7"),
        ("tilleuls", "card:7"),
        ("r", None),
        ("8", None),
        ("", None),
        ("…", None),
        ("non", None),
        ("x" * 5000, None),
        ("retour" + " " * 200, None),
        ("/saisir", "home"),
        ("/SAISIR", "home"),
        ("/saisir@jalon_demo_bot", "home"),
        ("/aide", "help"),
        ("/start abc-DEF_1", "start:abc-DEF_1"),
        ("/start a:b", "start:"),
        ("/inconnue", None),
    ],
)
def test_a_text_is_compared_without_case_accents_or_marks(text: str, understood: str | None) -> None:
    expected = Action.unpack(understood) if understood is not None else None

    assert action_of(text, COMMANDS, TYPED, SCREEN) == expected


CANCELLING = (("Oui, annuler la réunion", "mt_cancelled:4:ab12"), ("La déplacer plutôt", "mt_change:4:move"))
REPORTING = (("Oui, faire le compte rendu", "mt_word:7:yes:cd34"), ("Non", "mt_word:7:no:cd34"))
ABSENCE = (("14", "absent_from:20261214"), ("21", "absent_from:20261221"), ("Retour", "reminders"))
PUTTING_OFF = (("Saisir la suivante", "next"), ("Me le rappeler lundi 21 décembre", "snooze:2026-12-21"))
TOMORROW = (("Me le rappeler demain", "snooze:2026-12-19"), ("Retour", "home"))
DAYS = (("8 lun.", "pl_day:20270208"), ("9 mar.", "pl_day:20270209"), ("Retour", "pl_back"))
HOURS = (("9 h", "pl_hour:0900"), ("14 h", "pl_hour:1400"), ("Retour", "pl_back"))
UNPLANNED = (
    ("Comme le mois dernier : mardi 9 février, 14 h", "point_same:2:69"),
    ("Choisir une date", "pl_begin:2:69"),
)
FILES = (("…4217 · Les Tilleuls", "file:7"), ("Retour", "people:0"))
ABOUT_ANOTHER = (("Ouvrir …4217", "card:9"), ("Retour à l'accueil", "home"))
Buttons = tuple[tuple[str, str], ...]


@pytest.mark.parametrize(
    ("text", "screen", "arrived", "understood"),
    [
        ("oui", CANCELLING, REPORTING, None),
        ("21 décembre", ABSENCE, PUTTING_OFF, "absent_from:20261221"),
        ("22 décembre", ABSENCE, (("Me le rappeler mardi 22 décembre", "snooze:2026-12-22"),), None),
        ("9 février", DAYS, UNPLANNED, "pl_day:0209"),
        ("14 h", HOURS, UNPLANNED, "pl_hour:1400"),
        ("oui, annuler", CANCELLING, REPORTING, "mt_cancelled:4:ab12"),
        ("oui, faire", CANCELLING, REPORTING, "mt_word:7:yes:cd34"),
        ("non", CANCELLING, REPORTING, "mt_word:7:no:cd34"),
        ("lundi", ABSENCE, PUTTING_OFF, "snooze:2026-12-21"),
        ("demain", TOMORROW, (("Me le rappeler demain", "snooze:2026-12-30"),), "snooze:2026-12-30"),
        ("rappeler", TOMORROW, PUTTING_OFF, None),
        ("présent", (("Présent", "mt_answer:4:0:present"),), (("Présent", "mt_answer:7:0:present"),), None),
        ("saisir", (("Saisir la suivante", "next"),), PUTTING_OFF, "next"),
        ("saisir", (("Saisir une autre", "card:2"),), PUTTING_OFF, None),
        ("regul", SCREEN, (("Régulièrement", "wish:often"),), None),
        ("heures", (("Heures par mois", "a"), ("Heures par an", "b")), (("Heures de rappel", "c"),), None),
        ("oui", CANCELLING, (("Oui", "mt_word:7:yes:cd34"),), None),
        ("oui", (("Oui", "pick:1:1:oui:0-0"), ("Non", "pick:1:1:non:0-0")), REPORTING, "pick:1:1:oui:0-0"),
        ("oui", (("Oui", "pick:1:1:oui:0-0"),), (("Oui", "mt_word:7:yes:cd34"),), None),
        ("retour", FILES, ABOUT_ANOTHER, "people:0"),
        ("4217", FILES, ABOUT_ANOTHER, None),
        ("4217", (("Retour", "file:1"),), ABOUT_ANOTHER, "card:9"),
        ("4218", FILES, ABOUT_ANOTHER, "find_file:4218"),
    ],
)
def test_what_arrived_is_typed_only_where_nothing_of_the_screen_fits(
    text: str, screen: Buttons, arrived: Buttons, understood: str | None
) -> None:
    """What fits a button of each is refused, unless it is the whole label of the screen's."""
    expected = Action.unpack(understood) if understood is not None else None

    assert action_of(text, COMMANDS, TYPED, screen, arrived) == expected


async def test_a_person_is_entered_without_a_single_tap(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await app.phone().send("/saisir")

    for text in ("saisir la suivante", "soutien", "regulier", "enregistrer"):
        await phone.send(text)

    assert "1 personne sur 1 saisie" in phone.text
    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER
    assert phone.taps == 0


@ON_SQLITE
async def test_a_day_is_typed_for_the_exit_date(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await app.phone().send("/saisir")

    for text in ("saisir", "statut", "suivi termine", "12"):
        await phone.send(text)

    assert "Date de sortie : 12 décembre 2026" in phone.text


@ON_SQLITE
async def test_what_fits_two_choices_is_not_understood_and_changes_nothing(app: Application, coach: Account) -> None:
    await app.given(1)
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    before = await app.everything()

    await phone.send("suivi")

    assert phone.text.startswith("Je n'ai pas compris.")
    assert "Question 1 sur 6" in phone.text
    assert await app.everything() == before
