"""An entry is left at any point and resumed where it was, also after everything was restarted."""

import pytest
from redis.asyncio import Redis

from models.accounts.tables import Account
from models.conversations.tables import Conversation
from models.reference.nomenclature import Niveau
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone

STEPS: tuple[tuple[str, ...], ...] = (
    (),
    ("Saisir la suivante",),
    ("Saisir la suivante", "Soutien"),
    ("Saisir la suivante", "Soutien", "Que compte-t-on ?"),
    ("Saisir la suivante", "Soutien", "Régulier"),
    ("Saisir la suivante", "Dernier mois"),
    ("Saisir la suivante", "Statut", "Suivi terminé"),
    ("Saisir la suivante", "Statut", "Suivi terminé", "Novembre 2026"),
    ("Saisir la suivante", "Emploi", "Alternance", "Enregistrer"),
    ("Rien n'a changé pour 2 personnes",),
    ("Rien n'a changé pour 2 personnes", "En retirer", "…0002"),
    ("Voir la liste", "Saisies"),
)


@pytest.mark.parametrize("steps", STEPS, ids=lambda steps: " > ".join(steps) or "home")
@ON_SQLITE
async def test_a_word_that_means_nothing_shows_the_same_screen_again(
    app: Application, coach: Account, steps: tuple[str, ...]
) -> None:
    phone = await begun(app, coach, *steps)
    text, labels = phone.text, phone.labels
    await app.restart()

    await phone.send("bonjour, où en étais-je ?")

    what = "un jour, par exemple « 15/06/2026 »" if "Suivi terminé" in steps else "le libellé d'un bouton"
    assert phone.text == f"Je n'ai pas compris. Touchez un bouton, ou écrivez {what}.\n\n{text}"
    assert phone.labels == labels


async def begun(app: Application, coach: Account, *steps: str) -> Phone:
    """Write two persons and go so far."""
    await app.given(2, USUAL)
    phone = await app.phone().send("/saisir")
    for label in steps:
        await phone.tap(label)
    return phone


async def test_the_buttons_of_before_a_restart_still_work(app: Application, coach: Account) -> None:
    phone = await begun(app, coach, "Saisir la suivante", "Soutien", "Régulier")

    await app.restart()
    await phone.tap("Enregistrer")

    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER


async def test_a_tap_made_while_the_bot_was_away_counts_once_it_is_back(app: Application, coach: Account) -> None:
    phone = await begun(app, coach, "Saisir la suivante")
    await app.stop()

    await phone.tap_without_waiting(phone.data("Rien n'a changé"))
    await app.start()
    await phone.answered()

    assert phone.text.startswith("Enregistré : …0001.")
    assert (await app.entered()).keys() == {1}


async def test_redis_holds_nothing_that_is_missed(app: Application, coach: Account, redis_url: str) -> None:
    phone = await begun(app, coach, "Saisir la suivante", "Soutien", "Régulier")

    async with Redis.from_url(redis_url) as redis:
        await redis.flushall()
    await phone.tap("Enregistrer")

    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER


@ON_SQLITE
async def test_home_names_the_entry_left_half_way_and_opens_it_first(app: Application, coach: Account) -> None:
    await begun(app, coach)
    await app.given([533])
    phone = await app.phone().send("/personnes")
    await phone.tap("…0533")
    for answer in ("Suivi par le dispositif", "Suivi : de 2 à 8 h"):
        await phone.tap(answer)
    await app.restart()

    await phone.send("/saisir")
    assert "Saisie commencée, à reprendre : …0533." in phone.text
    await phone.tap("Saisir la suivante")

    assert phone.text.startswith("…0533 · Question 3 sur 6")


@ON_SQLITE
async def test_a_correction_left_half_way_is_named_too(app: Application, coach: Account) -> None:
    phone = await begun(app, coach, "Saisir la suivante", "Rien n'a changé")
    await phone.send("/personnes")
    await phone.tap("…0001")
    await phone.tap("Soutien")
    await phone.tap("Régulier")

    await phone.send("/personnes")
    assert phone.labels[0] == "…0001 · Les Tilleuls · correction commencée"
    await phone.tap("…0001")
    assert "→ régulier" in phone.text


@ON_SQLITE
async def test_a_new_screen_takes_the_buttons_off_the_one_that_was_tapped_last(
    app: Application, coach: Account
) -> None:
    phone = await begun(app, coach, "Saisir la suivante")
    card = phone.screen["message_id"]

    await phone.send("/personnes")

    (old,) = [message for message in phone.messages if message["message_id"] == card]
    assert old["buttons"] == []
    assert phone.screen["message_id"] != card


async def test_when_the_campaign_closes_the_draft_stays(app: Application, coach: Account) -> None:
    phone = await begun(app, coach, "Saisir la suivante", "Soutien", "Régulier")
    app.now = app.now.replace(year=2027, month=1, day=16)

    await phone.tap("Enregistrer")

    assert phone.text == "Aucune remontée n'est ouverte en ce moment. Il n'y a rien à saisir."
    assert await app.entered() == {}
    app.now = app.now.replace(day=15)
    await phone.send("/saisir")
    assert "Saisie commencée, à reprendre : …0001." in phone.text
    (standing,) = await app.rows(Conversation)
    assert standing.view == "home"
