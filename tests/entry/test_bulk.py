"""Nothing changed, for several: who is carried over, who is left aside and why, who is taken out."""

from models.accounts.tables import Account
from models.events.tables import EventHistory, Origin
from models.reference.nomenclature import Emploi, Niveau, Statut
from tests.harness import factories
from tests.harness.application import COORDINATOR, ON_SQLITE, Application
from tests.harness.factories import JUNE, MARCH, SEPTEMBER, USUAL

CDD = USUAL.changed(emploi_date=Emploi.CDD, emploi_mois=Emploi.CDD)


async def test_those_who_need_a_look_are_left_aside_with_the_reason(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.person(session, 1, coach, past=USUAL.changed(emploi_mois=Emploi.SANS_EMPLOI))
        await factories.person(session, 2, coach)
        long_cdd = await factories.person(session, 3, coach, past=CDD)
        for day in (JUNE, MARCH):
            await factories.event(session, long_cdd, CDD, day)
        watched = USUAL.changed(statut=Statut.VEILLE_TOTALE, niveau_soutien=Niveau.VEILLE)
        await factories.person(session, 4, coach, past=watched)
        missed = await factories.person(session, 5, coach)
        await factories.event(session, missed, USUAL, JUNE)
        pmsmp = USUAL.changed(emploi_date=Emploi.PMSMP, emploi_mois=Emploi.PMSMP)
        await factories.person(session, 6, coach, past=pmsmp)
        await factories.person(session, 7, coach, past=USUAL, exit_date=SEPTEMBER)
        await factories.person(session, 8, coach, past=USUAL)
        short_cdd = await factories.person(session, 9, coach, past=CDD)
        await factories.event(session, short_cdd, CDD, JUNE)
    phone = await app.phone().send("/personnes")
    await phone.tap("…0008")
    await phone.tap("Soutien")
    await phone.tap("Régulier")
    await phone.send("/saisir")
    assert "Saisie commencée, à reprendre : …0008." in phone.text

    await phone.tap("Rien n'a changé pour 2 personnes")

    assert phone.text == (
        "Reconduire 2 personnes sans changement ?\n…0001 · …0009\n\n"
        "Laissées de côté, à regarder : …0002 (sans historique), …0003 (CDD depuis trois trimestres), "
        "…0004 (veille totale), …0005 (rien à la dernière remontée), "
        "…0006 (déjà en PMSMP à la dernière remontée), …0007 (réponses à confirmer), …0008 (saisie commencée)."
    )
    await phone.tap("Oui, rien n'a changé pour ces 2 personnes")
    assert phone.text.startswith("2 personnes enregistrées sans changement.")
    entered = await app.entered()
    assert entered.keys() == {1, 9}
    assert entered[1].emploi_mois == Emploi.CDI, "the rule of a single carry-over holds for many"
    assert {line.origin for line in await app.rows(EventHistory)} == {Origin.BULK}


async def test_someone_taken_out_is_not_carried_over_and_may_be_put_back(app: Application, coach: Account) -> None:
    await app.given(4, USUAL)
    phone = await app.phone().send("/saisir")
    await phone.tap("Rien n'a changé pour 4 personnes")
    await phone.tap("En retirer")
    await phone.tap("…0002")
    await phone.tap("…0003")
    assert "2 personnes à reconduire." in phone.text
    await phone.tap("…0003 (retirée)")
    await phone.tap("Retour")
    assert "Retirées par vous : …0002" in phone.text

    await phone.tap("Oui, rien n'a changé pour ces 3 personnes")

    assert (await app.entered()).keys() == {1, 3, 4}


async def test_whoever_was_entered_in_between_is_left_aside_and_nobody_else_is_added(
    app: Application, coach: Account
) -> None:
    await app.given(2, USUAL)
    phone = await app.phone().send("/saisir")
    await phone.tap("Rien n'a changé pour 2 personnes")
    coordinator = await app.phone(COORDINATOR).send("/personnes")
    await coordinator.tap("…0002")
    await coordinator.tap("Sa situation du trimestre")
    for label in ("Soutien", "Régulier", "Enregistrer"):
        await coordinator.tap(label)
    await app.given([3], USUAL)

    await phone.tap("Oui, rien n'a changé pour ces 2 personnes")

    assert phone.text.startswith("1 personne enregistrée sans changement.")
    entered = await app.entered()
    assert entered.keys() == {1, 2}
    assert entered[2].niveau_soutien == Niveau.REGULIER


@ON_SQLITE
async def test_a_preview_of_a_thousand_persons_fits_in_one_message(app: Application) -> None:
    aside = [USUAL.changed(statut=Statut.VEILLE_TOTALE, niveau_soutien=Niveau.VEILLE), None]
    aside += [USUAL.changed(emploi_date=Emploi.PMSMP), USUAL.changed(emploi_date=Emploi.ALTERNANCE), USUAL]
    async with app.database.transaction() as session:
        for number in range(1000):
            await factories.person(session, number, None, past=aside[number % len(aside)])
    phone = await app.phone(COORDINATOR).send("/saisir")

    await phone.tap("Rien n'a changé pour 200 personnes")

    assert phone.text.startswith("Reconduire 200 personnes sans changement ?")
    assert len(phone.text) <= 4096


@ON_SQLITE
async def test_everybody_taken_out_leaves_nobody_to_carry_over(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await app.phone().send("/saisir")
    await phone.tap("Rien n'a changé pour 1 personne")
    await phone.tap("En retirer")
    await phone.tap("…0001")

    await phone.tap("Retour")

    assert phone.text.startswith("Personne à reconduire pour l'instant.")
    assert phone.labels == ["En retirer", "Retour"]
