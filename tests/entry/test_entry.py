"""A coach enters one person: the card, a line changed, six questions, an exit, a warning, a refusal."""

import json
from datetime import date

import pytest

from models.accounts.tables import Account
from models.audit.tables import Audit
from models.events.tables import Draft, EventHistory, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import JUNE, USUAL
from tests.harness.phone import Phone

CARRIED_FROM = USUAL.changed(emploi_date=Emploi.CDD, emploi_mois=Emploi.SANS_EMPLOI)
"""In September: hired in the last days of the month."""


async def opened(app: Application) -> Phone:
    """Open the first person to enter."""
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


@ON_SQLITE
async def test_the_home_card_says_what_is_due_when_and_how_far_one_is(app: Application, coach: Account) -> None:
    await app.given(2, USUAL)
    await app.given([3])

    phone = await app.phone().send("/saisir")

    assert phone.text == (
        "Remontée du 31 décembre 2026\n"
        "À rendre avant le jeudi 31 décembre (dans 12 jours), fermeture le 15 janvier.\n\n"
        "0 personne sur 3 saisie. Il en reste 3."
    )
    assert phone.labels == ["Saisir la suivante", "Rien n'a changé pour 2 personnes", "Voir la liste"]


@ON_SQLITE
async def test_the_card_helps_to_recognise_the_person_and_shows_last_quarter(app: Application, coach: Account) -> None:
    await app.given([4217], CARRIED_FROM)

    phone = await opened(app)

    assert phone.text == (
        "Personne 1 sur 1 · ABC01000004217\n"
        "Structure Les Tilleuls · entrée en mars 2024\n\n"
        "Au 30 septembre :\n"
        "Statut : suivi par le dispositif\n"
        "Soutien : suivi, de 2 à 8 h par mois\n"
        "Emploi : CDD · dans le dernier mois : sans emploi\n"
        "Formation : sans objet · dans le dernier mois : sans objet"
    )
    assert "<b>4217</b>" in phone.screen["html"]
    assert phone.labels[0] == "Rien n'a changé"


async def test_nothing_changed_carries_the_situation_at_the_date_into_the_last_month(
    app: Application, coach: Account
) -> None:
    await app.given(1, CARRIED_FROM)
    await app.given([2], USUAL)
    phone = await opened(app)

    await phone.tap("Rien n'a changé")

    assert phone.toast == "Enregistré : …0001."
    assert phone.text.startswith("Enregistré : …0001.\n\nPersonne 2 sur 2 · ABC01000000002")
    assert phone.labels[-1] == "Annuler"
    entered = (await app.entered())[1]
    assert (entered.emploi_date, entered.emploi_mois) == (Emploi.CDD, Emploi.CDD)
    assert entered.changed_by == coach.id
    (line,) = await app.rows(EventHistory)
    assert (line.origin, line.before, line.account_id) == (Origin.CARRIED, None, coach.id)
    assert line.after["emploi_mois"] == "cdd"


async def test_one_line_changed_shows_before_and_after_and_keeps_the_rest(app: Application, coach: Account) -> None:
    await app.given(1, CARRIED_FROM)
    phone = await opened(app)

    await phone.tap("Soutien")
    assert "Suivi : de 2 à 8 h (actuel)" in phone.labels
    await phone.tap("Régulier")
    assert "Soutien : suivi, de 2 à 8 h par mois → régulier, 8 à 12 h par mois" in phone.text
    assert phone.labels[0] == "Enregistrer"
    assert await app.entered() == {}
    await phone.tap("Enregistrer")

    entered = (await app.entered())[1]
    assert (entered.niveau_soutien, entered.emploi_mois) == (Niveau.REGULIER, Emploi.CDD)
    assert await app.rows(Draft) == []


@ON_SQLITE
async def test_a_change_of_job_says_what_the_last_month_was_taken_from(app: Application, coach: Account) -> None:
    await app.given(1, CARRIED_FROM)
    phone = await opened(app)

    await phone.tap("Emploi")
    await phone.tap("CDI")

    assert "Emploi : CDD → CDI · dans le dernier mois : CDD" in phone.text
    assert "Le dernier mois est repris de votre réponse au 30 septembre." in phone.text


async def test_the_last_month_alone_may_be_changed(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await opened(app)

    await phone.tap("Dernier mois")
    assert "Emploi du dernier mois : CDI" in phone.text
    await phone.tap("Formation du dernier mois")
    await phone.tap("Stage ou équivalent")
    await phone.tap("Enregistrer")

    entered = (await app.entered())[1]
    assert (entered.formation_date, entered.formation_mois) == (Formation.SANS_OBJET, Formation.STAGE)


async def test_a_person_without_history_answers_six_questions_and_sees_a_recap(
    app: Application, coach: Account
) -> None:
    await app.given([533])
    phone = await opened(app)
    assert phone.text.startswith("…0533 · Question 1 sur 6\nQuel est le statut de la personne au 31 décembre ?")

    await phone.tap("Suivi par le dispositif")
    assert "Question 2 sur 6" in phone.text
    assert phone.labels[-2:] == ["Retour", "Annuler"]
    await phone.tap("Que compte-t-on ?")
    assert "Exactement 8 h" in phone.text
    assert "Que compte-t-on ?" not in phone.labels
    await phone.tap("Retour")
    assert "Question 1 sur 6" in phone.text
    await phone.tap("Suivi par le dispositif (actuel)")
    for answer in ("Suivi : de 2 à 8 h", "Alternance", "Formation", "Alternance", "Formation"):
        await phone.tap(answer)

    assert "Récapitulatif, au 31 décembre :" in phone.text
    assert "Emploi : alternance · dans le dernier mois : alternance" in phone.text
    assert await app.entered() == {}
    await phone.tap("Enregistrer")
    entered = (await app.entered())[533]
    assert (entered.emploi_date, entered.formation_mois) == (Emploi.ALTERNANCE, Formation.FORMATION)
    assert (await app.rows(EventHistory))[0].origin == Origin.ENTERED


@ON_SQLITE
async def test_every_question_unfolds_its_definition(app: Application, coach: Account) -> None:
    await app.given([533])
    phone = await opened(app)
    answers = ("Suivi par le dispositif", "Suivi : de 2 à 8 h", "CDI", "Sans objet", "CDI", "Sans objet")

    for number, answer in enumerate(answers, 1):
        short = phone.text
        assert f"Question {number} sur 6" in short
        (unfold,) = [label for label in phone.labels if label.endswith("?")]
        await phone.tap(unfold)
        assert phone.text.startswith(f"{short}\n\n")
        await phone.tap(answer)


async def test_suivi_termine_asks_for_the_exit_date_and_keeps_it(app: Application, coach: Account) -> None:
    await app.given(1, USUAL, entry_date=date(2026, 10, 14))
    phone = await opened(app)

    await phone.tap("Statut")
    await phone.tap("Suivi terminé")
    assert "Quel jour la personne est-elle sortie ?\nDécembre 2026 :" in phone.text
    await phone.tap("Novembre 2026")
    assert phone.labels[:30] == [str(number) for number in range(1, 31)]
    await phone.tap("Octobre 2026")
    assert phone.labels[0] == "14", "nobody leaves before they came"
    await phone.tap("Novembre 2026")
    await phone.tap("12")
    assert "Date de sortie : 12 novembre 2026" in phone.text
    await phone.tap("Enregistrer")
    assert "suivi terminé, avec un soutien « suivi, de 2 à 8 h par mois »" in phone.text
    await phone.tap("Oui")

    entered = (await app.entered())[1]
    assert entered.statut == Statut.TERMINE
    assert entered.confirmations == {"W05": "dernier_mois_accompagnement"}
    (person,) = await app.rows(Person)
    assert person.exit_date == date(2026, 11, 12)
    (line,) = await app.rows(Audit)
    assert (line.action, line.subject, line.account_id) == ("exit_date", "person:ABC01000000001", coach.id)
    assert json.loads(line.before) == {"exit_date": None}
    assert json.loads(line.after) == {"exit_date": "2026-11-12"}


async def test_an_unknown_exit_date_is_confirmed_with_its_reason(app: Application, coach: Account) -> None:
    await app.given(1, USUAL)
    phone = await opened(app)

    await phone.tap("Statut")
    await phone.tap("Suivi terminé")
    await phone.tap("La date n'est pas connue")
    await phone.tap("Enregistrer")
    await phone.tap("Oui")

    expected = {"W01": "date_inconnue", "W05": "dernier_mois_accompagnement"}
    assert (await app.entered())[1].confirmations == expected
    assert (await app.rows(EventHistory))[0].after["confirmations"] == expected
    assert (await app.rows(Person))[0].exit_date is None


JUST_HIRED = USUAL.changed(emploi_date=Emploi.SANS_EMPLOI, emploi_mois=Emploi.SANS_EMPLOI)


async def test_a_warning_is_confirmed_with_a_reason_that_is_kept(app: Application, coach: Account) -> None:
    await app.given(1, JUST_HIRED)
    phone = await opened(app)

    await phone.tap("Emploi")
    await phone.tap("CDI")
    await phone.tap("Enregistrer")
    assert phone.text == (
        "…0001 : en emploi à la date, mais « sans emploi » dans le dernier mois.\n"
        "C'est possible si la prise de poste est très récente."
    )
    assert await app.entered() == {}
    await phone.tap("Oui, prise de poste récente")

    entered = (await app.entered())[1]
    assert (entered.emploi_date, entered.emploi_mois) == (Emploi.CDI, Emploi.SANS_EMPLOI)
    assert entered.confirmations == {"W06": "prise_de_poste_recente"}
    assert (await app.rows(EventHistory))[0].after["confirmations"] == entered.confirmations


async def test_a_warning_may_be_answered_by_a_correction(app: Application, coach: Account) -> None:
    await app.given(1, JUST_HIRED)
    phone = await opened(app)
    await phone.tap("Emploi")
    await phone.tap("CDI")
    await phone.tap("Enregistrer")

    await phone.tap("Corriger le dernier mois")
    await phone.tap("CDI")
    await phone.tap("Enregistrer")

    entered = (await app.entered())[1]
    assert (entered.emploi_mois, entered.confirmations) == (Emploi.CDI, {})


async def test_a_confirmation_falls_when_an_answer_changes(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.person(
            session, 1, coach, past=JUST_HIRED.changed(statut=Statut.VEILLE_TOTALE, niveau_soutien=Niveau.VEILLE)
        )
    phone = await opened(app)
    await phone.tap("Emploi")
    await phone.tap("CDI")
    await phone.tap("Soutien")
    await phone.tap("Suivi : de 2 à 8 h")
    await phone.tap("Enregistrer")
    await phone.tap("Oui, démarches sans contact direct")
    assert "« sans emploi » dans le dernier mois" in phone.text

    await phone.tap("Corriger le dernier mois")
    await phone.tap("CDI")
    await phone.tap("Enregistrer")
    assert "veille totale, mais avec un soutien" in phone.text
    await phone.tap("Oui, démarches sans contact direct")

    assert (await app.entered())[1].confirmations == {"W04": "demarches_sans_contact"}


async def test_suivi_after_the_exit_date_is_refused(app: Application, coach: Account) -> None:
    await app.given(1, USUAL, exit_date=date(2026, 11, 2))
    phone = await opened(app)

    await phone.tap("Rien n'a changé")
    assert "la personne est sortie avant cette date : elle ne peut plus être « suivie par le dispositif »" in phone.text
    assert await app.entered() == {}
    await phone.tap("Effacer la date de sortie")
    assert "Date de sortie : effacée" in phone.text
    await phone.tap("Enregistrer")

    assert (await app.entered())[1].statut == Statut.SUIVI
    assert (await app.rows(Person))[0].exit_date is None


async def test_an_exit_before_the_entry_is_refused(app: Application, coach: Account) -> None:
    await app.given(1, USUAL, entry_date=date(2026, 12, 10))
    phone = await opened(app)
    await phone.tap("Statut")
    await phone.tap("Suivi terminé")

    forged = phone.data("12").replace("20261212", "20261203")
    await phone.tap(data=forged)
    await phone.tap("Enregistrer")

    assert "les dates d'entrée, de sortie et de remontée ne se suivent pas" in phone.text
    assert await app.entered() == {}
    assert (await app.rows(Person))[0].exit_date is None
    await phone.tap("Corriger la date de sortie")
    await phone.tap("12")
    await phone.tap("Enregistrer")
    await phone.tap("Oui")
    assert (await app.rows(Person))[0].exit_date == date(2026, 12, 12)


async def test_a_person_who_enters_after_the_date_is_not_asked_and_refused_if_opened(
    app: Application, coach: Account
) -> None:
    await app.given(1, USUAL, entry_date=date(2027, 1, 4))
    phone = await app.phone().send("/saisir")
    assert "Aucune personne ne vous est attribuée pour cette remontée" in phone.text

    await phone.send("/personnes")
    assert phone.labels[0] == "…0001 · Les Tilleuls · non attendue"
    await phone.tap("…0001")
    await phone.tap("Rien n'a changé")

    assert "les dates d'entrée, de sortie et de remontée ne se suivent pas" in phone.text
    assert "Cette date se corrige avec votre coordination" in phone.text
    assert await app.entered() == {}


async def test_whoever_has_left_is_not_asked_again(app: Application, coach: Account) -> None:
    left = USUAL.changed(statut=Statut.TERMINE)
    await app.given(1, left, exit_date=date(2026, 9, 1))
    await app.given([2], USUAL)

    phone = await app.phone().send("/saisir")

    assert "0 personne sur 1 saisie. Il en reste 1." in phone.text
    await phone.tap("Saisir la suivante")
    assert "ABC01000000002" in phone.text


async def test_whoever_comes_back_answers_anew_and_the_return_is_confirmed(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL.changed(statut=Statut.TERMINE))
        await factories.event(session, person, USUAL, JUNE)
    phone = await app.phone().send("/personnes")
    await phone.tap("…0001")
    assert "Suivi terminé au 30 septembre." in phone.text

    await phone.tap("L'accompagnement a repris")
    for answer in ("Suivi par le dispositif", "Suivi : de 2 à 8 h", "CDI", "Sans objet", "CDI", "Sans objet"):
        await phone.tap(answer)
    await phone.tap("Enregistrer")
    assert "de retour après un « Suivi terminé »" in phone.text
    await phone.tap("Oui, l'accompagnement a repris")

    assert (await app.entered())[1].confirmations == {"W17": "reprise"}


async def test_passing_over_a_person_leaves_them_to_enter(app: Application, coach: Account) -> None:
    await app.given(2, USUAL)
    phone = await opened(app)

    await phone.tap("Passer")
    assert "Personne 2 sur 2" in phone.text
    await phone.tap("Passer")
    assert "Personne 1 sur 2" in phone.text
    await phone.tap("Rien n'a changé")
    await phone.tap("Passer")

    assert phone.toast == "C'est la dernière personne à saisir."
    assert (await app.entered()).keys() == {1}


@pytest.mark.parametrize("where", ["Statut", "Dernier mois"])
@ON_SQLITE
async def test_retour_leads_back_to_the_card(app: Application, coach: Account, where: str) -> None:
    await app.given(1, USUAL)
    phone = await opened(app)
    card = phone.text

    await phone.tap(where)
    await phone.tap("Retour")

    assert phone.text == card
