"""Typing instead of tapping works wherever the text fits one choice."""

import pytest

from handlers.features import COMMANDS, TYPED
from handlers.understanding import action_of
from models.accounts.tables import Account
from models.nomenclature import Niveau
from models.screens import Action
from tests import factories
from tests.conversation.house import ON_SQLITE, House
from tests.factories import USUAL

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


async def test_a_person_is_entered_without_a_single_tap(house: House, coach: Account) -> None:
    async with house.database.transaction() as session:
        await factories.person(session, 1, coach, past=USUAL)
    phone = await house.phone().send("/saisir")

    for text in ("saisir la suivante", "soutien", "regulier", "enregistrer"):
        await phone.send(text)

    assert "1 personne sur 1 saisie" in phone.text
    assert (await house.entered())[1].niveau_soutien == Niveau.REGULIER
    assert phone.taps == 0


@ON_SQLITE
async def test_a_day_is_typed_for_the_exit_date(house: House, coach: Account) -> None:
    async with house.database.transaction() as session:
        await factories.person(session, 1, coach, past=USUAL)
    phone = await house.phone().send("/saisir")

    for text in ("saisir", "statut", "suivi termine", "12"):
        await phone.send(text)

    assert "Date de sortie : 12 décembre 2026" in phone.text


@ON_SQLITE
async def test_what_fits_two_choices_is_not_understood_and_changes_nothing(house: House, coach: Account) -> None:
    async with house.database.transaction() as session:
        await factories.person(session, 1, coach)
    phone = await house.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    before = await house.everything()

    await phone.send("suivi")

    assert phone.text.startswith("Je n'ai pas compris.")
    assert "Question 1 sur 6" in phone.text
    assert await house.everything() == before
