"""The list of persons: filters, pages, and the way to somebody."""

from models.accounts.tables import Account
from models.reference.nomenclature import Statut
from tests.harness import factories
from tests.harness.application import COORDINATOR, ON_SQLITE, Application
from tests.harness.factories import USUAL


@ON_SQLITE
async def test_filters_sort_who_is_to_enter_who_is_entered_and_who_is_not_expected(
    app: Application, coach: Account
) -> None:
    async with app.database.transaction() as session:
        await factories.person(session, 1, coach, past=USUAL)
        done = await factories.person(session, 2, coach, past=USUAL)
        await factories.event(session, done)
        await factories.person(session, 3, coach, past=USUAL.changed(statut=Statut.TERMINE))
    phone = await app.phone().send("/saisir")

    await phone.tap("Voir la liste")
    assert phone.text == "À saisir : 1 personne"
    assert phone.labels == ["…0001 · Les Tilleuls", "Saisies", "Toutes", "Retour"]
    await phone.tap("Saisies")
    assert phone.text == "Saisies : 1 personne"
    assert phone.labels[0] == "…0002 · Les Tilleuls"
    await phone.tap("Toutes")
    assert phone.labels[:3] == [
        "…0001 · Les Tilleuls · à saisir",
        "…0002 · Les Tilleuls · saisie",
        "…0003 · Les Tilleuls · non attendue",
    ]
    await phone.tap("Retour")
    assert phone.text.startswith("Remontée du 31 décembre 2026")


@ON_SQLITE
async def test_pages_lead_through_a_long_list_and_a_person_is_opened_from_any(app: Application, coach: Account) -> None:
    await app.given(20, USUAL)
    phone = await app.phone().send("/personnes")
    assert phone.text == "Toutes : 20 personnes · page 1 sur 3"
    assert "Page précédente" not in phone.labels

    await phone.tap("Page suivante")
    await phone.tap("Page suivante")
    assert phone.text == "Toutes : 20 personnes · page 3 sur 3"
    assert "Page suivante" not in phone.labels
    await phone.tap("…0020")
    await phone.tap("Rien n'a changé")

    assert (await app.entered()).keys() == {20}


@ON_SQLITE
async def test_a_page_that_is_no_more_gives_way_to_the_first(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await app.phone().send("/saisir")

    await phone.tap(data="list:todo:7")

    assert phone.text == "À saisir : 1 personne"


@ON_SQLITE
async def test_nobody_left_to_enter(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL)
        await factories.event(session, person)
    phone = await app.phone().send("/saisir")
    assert phone.labels == ["Voir la liste"]

    await phone.tap(data="list:todo:0")

    assert phone.text == "Plus personne à saisir."


@ON_SQLITE
async def test_the_coordinator_sees_the_whole_dispositif_and_the_coach_their_persons(
    app: Application, coach: Account
) -> None:
    await app.given(1, USUAL)
    await app.given([2], USUAL, coach=None)

    assert (await app.phone().send("/personnes")).text == "Toutes : 1 personne"
    assert (await app.phone(COORDINATOR).send("/personnes")).text.startswith("2 personnes")
    assert (await app.phone(COORDINATOR).send("/saisir")).text.endswith("Il en reste 2.")
