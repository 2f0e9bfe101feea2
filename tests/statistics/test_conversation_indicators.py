"""« Les indicateurs » in the chat: each under its number, with what it is published with; and any campaign."""

from datetime import date

import pytest

from models.accounts.tables import Role
from tests.harness import factories
from tests.harness.application import ON_SQLITE
from tests.harness.fixtures import redis_url
from tests.statistics.sample_data import village
from tests.statistics.test_conversation_stats import CHIEF, COORDINATOR, Gallery, gallery

__all__ = ["gallery", "redis_url"]


@ON_SQLITE
async def test_the_indicators_are_listed_by_number_with_their_values(gallery: Gallery) -> None:
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap("Les indicateurs")
    assert phone.text.startswith("Les indicateurs · Rhône (69)\nRemontée du 30 septembre 2026.")
    assert "F01 · Personnes accompagnées : 12" in phone.text
    assert "F09 · Emplois privés et publics : –" in phone.text
    assert phone.labels[0] == "F01 · Personnes accompagnées"
    assert phone.labels[-3:] == ["Suite", "Retour", "Accueil"]
    numbers = [label[:3] for label in phone.labels if label.startswith("F")]
    for _ in range(2):
        await phone.tap("Suite")
        numbers += [label[:3] for label in phone.labels if label.startswith("F")]
    assert numbers == [f"F{n:02d}" for n in (1, *range(4, 25))]
    assert phone.labels[-3:] == ["Page précédente", "Retour", "Accueil"]
    await phone.tap("Retour")
    assert phone.text.startswith("Les chiffres · Rhône (69)")


@ON_SQLITE
@pytest.mark.parametrize(
    ("number", "told"),
    [
        (
            "F17",
            [
                "Valeur : 58 %, sur 12 personnes",
                "Définition : Personnes restées sans emploi au cours du mois.",
                "Population : Personnes suivies par le dispositif",
                "Convention : Question « Emploi dans le dernier mois », et non à la date.",
                "Méthode : sans emploi dans le dernier mois, rapporté à F01",
            ],
        ),
        ("F20", ["Méthode B, classes d’années révolues : ", "Méthode : méthode A : moindres carrés ordinaires"]),
        ("F13", ["Valeur : –", "La V1 n’a pas ce champ : antécédent d’emploi"]),
        ("F05", ["Valeur : –", "Il manque la campagne du 30 septembre 2025."]),
        ("F23", ["Valeur : 12", "Évènements seuls : "]),
        ("F24", ["Valeur : 3", "Définition : Nombre de remontées dans l’année civile."]),
    ],
)
async def test_an_indicator_is_shown_with_what_it_is_published_with(
    gallery: Gallery, number: str, told: list[str]
) -> None:
    phone = await gallery.app.phone(COORDINATOR).send("/stats")
    await phone.tap("Les indicateurs")
    for _ in range(2):
        if not any(label.startswith(number) for label in phone.labels):
            await phone.tap("Suite")
    page = phone.text
    await phone.tap(number)
    assert phone.text.startswith(f"{number} · ")
    for said in told:
        assert said in phone.text.replace("\u00a0", " ")
    await phone.tap("Retour")
    assert phone.text == page


@ON_SQLITE
async def test_what_is_masked_for_a_reader_is_small_for_whoever_holds_the_data(gallery: Gallery) -> None:
    async with gallery.app.database.transaction() as session:
        await factories.account(session, 1021, Role.COORDINATOR, "dispositif:SML01")
        await factories.account(session, 1022, Role.READER, "national")
        await factories.dispositif(session, "SML01", "Le Port")
        await village(session, "SML01")
    reader = await gallery.app.phone(1022).send("/stats")
    await reader.tap(data="stats_one:F18:dispositif.SML01:0")
    assert "Valeur : masqué" in reader.text
    assert "moins de 5 personnes, ou un chiffre qui permettrait d'en déduire un." in reader.text
    assert "non masqués" not in reader.text
    holder = await gallery.app.phone(1021).send("/stats")
    await holder.tap(data="stats_one:F18:dispositif.SML01:0")
    assert "Valeur : 36 %, sur 11 personnes" in holder.text
    assert "Petits nombres non masqués" in holder.text
    await holder.tap(data="stats_one:F01:dispositif.SML01:0")
    assert "non masqués" not in holder.text


@ON_SQLITE
async def test_any_campaign_can_be_chosen_page_by_page(gallery: Gallery) -> None:
    async with gallery.app.database.transaction() as session:
        for year in range(2020, 2026):
            for month, last in ((3, 31), (6, 30)):
                await factories.campaign(session, date(year, month, last), closed=True)
    phone = await gallery.app.phone(CHIEF).send("/stats")
    await phone.tap("Autre remontée")
    assert len(phone.labels) == 10
    await phone.tap("Remontées plus anciennes")
    assert phone.labels[-3:] == ["31 mars 2020", "Remontées plus récentes", "Retour"]
    await phone.tap("31 mars 2020")
    assert "Remontée du 31 mars 2020." in phone.text


@ON_SQLITE
async def test_the_advance_by_coach_is_offered_to_whoever_holds_the_data(gallery: Gallery) -> None:
    phone = await gallery.app.phone(COORDINATOR).send("/stats")
    await phone.tap("D'autres chiffres")
    await phone.tap("Avancement par job coach")
    await gallery.photo(phone)
    assert phone.text.startswith("Avancement de la remontée par job coach · Dispositif ABC01 · 31 décembre 2026.")
    assert "Évolution" not in phone.labels
    chief = await gallery.app.phone(CHIEF).send("/stats")
    await chief.tap("D'autres chiffres")
    assert "Avancement par job coach" not in chief.labels
