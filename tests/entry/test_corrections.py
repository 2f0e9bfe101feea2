"""What was entered may be corrected until it is validated, and the last entry taken back."""

from datetime import date

import pytest

from handlers.texts import LOCKED, STALE
from models.accounts.tables import Account
from models.audit.tables import Audit
from models.events.tables import Draft, EventHistory, EventState, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut
from tests.harness import factories
from tests.harness.application import ON_SQLITE, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone


async def caseload(app: Application, coach: Account, *numbers: int) -> Phone:
    """Write persons whose situation does not change, and open the first."""
    await app.given(numbers, USUAL)
    phone = await app.phone().send("/saisir")
    return await phone.tap("Saisir la suivante")


async def test_an_entered_event_is_corrected_and_its_history_kept(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Rien n'a changé")
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    assert "Saisie enregistrée, au 31 décembre :" in phone.text

    await phone.tap("Soutien")
    await phone.tap("Régulier")
    assert "Soutien : suivi, de 2 à 8 h par mois → régulier, 8 à 12 h par mois" in phone.text
    await phone.tap("Enregistrer")

    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER
    first, second = sorted(await app.rows(EventHistory), key=lambda line: line.id)
    assert (first.origin, second.origin) == (Origin.CARRIED, Origin.CORRECTED)
    assert second.before == first.after
    assert second.after["niveau_soutien"] == "regulier"


@pytest.mark.parametrize("state", [EventState.VALIDATED, EventState.SENT_UP])
async def test_what_is_validated_or_sent_up_is_shown_and_no_longer_changed(
    app: Application, coach: Account, state: EventState
) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL)
        event = await factories.event(session, person, state=state)
    before = await app.everything()
    phone = await app.phone().send("/personnes")

    await phone.tap("…0001")
    assert "ne se modifie plus ici" in phone.text
    assert phone.labels == ["Saisir la suivante", "Voir la liste"]
    for data in (
        f"ask:{person.id}:1",
        f"pick:{person.id}:1:termine:0-0",
        f"save:{person.id}:0-0",
        f"undo:{person.id}:{event.revision}",
    ):
        await phone.tap(data=data)
        assert phone.toast, data

    assert await app.everything() == before


async def test_validation_comes_between_two_taps(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Rien n'a changé")
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    await phone.tap("Soutien")
    await phone.tap("Régulier")
    async with app.database.transaction() as session:
        event = (await app.entered())[1]
        event.state = EventState.VALIDATED
        await session.merge(event)
    before = await app.everything()

    await phone.tap("Enregistrer")

    assert phone.toast == LOCKED
    assert "Validée par votre coordination" in phone.text
    assert await app.everything() == before


async def test_annuler_takes_back_the_last_entry(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1, 2)
    await phone.tap("Rien n'a changé")

    await phone.tap("Annuler")

    assert phone.text.startswith("Annulé : …0001.\n\nPersonne 1 sur 2")
    assert await app.entered() == {}
    assert sorted(line.origin for line in await app.rows(EventHistory)) == [Origin.CARRIED, Origin.UNDONE]
    await phone.tap("Rien n'a changé")
    assert (await app.entered()).keys() == {1}


async def test_annuler_gives_the_answers_back_and_only_those(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    for label in ("Soutien", "Régulier", "Enregistrer", "Annuler"):
        await phone.tap(label)
    assert "→ régulier" in phone.text
    assert [draft.answers for draft in await app.rows(Draft)] == [{"niveau_soutien": "regulier"}]

    await phone.tap("Emploi")
    await phone.tap("Intérim")
    assert "Déjà en intérim le mois dernier" in phone.labels


async def test_annuler_takes_a_correction_back_to_what_was_entered(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Rien n'a changé")
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    await phone.tap("Soutien")
    await phone.tap("Régulier")
    await phone.tap("Enregistrer")

    await phone.tap("Annuler")

    assert phone.text.startswith("Annulé : …0001.")
    assert "Soutien : suivi, de 2 à 8 h par mois" in phone.text
    entered = (await app.entered())[1]
    assert (entered.niveau_soutien, entered.state) == (Niveau.SUIVI, EventState.ENTERED)


async def test_annuler_takes_the_exit_date_back_too(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    for label in ("Statut", "Suivi terminé", "12", "Enregistrer", "Oui"):
        await phone.tap(label)
    assert (await app.rows(Person))[0].exit_date == date(2026, 12, 12)

    await phone.tap("Annuler")

    assert (await app.rows(Person))[0].exit_date is None
    assert await app.entered() == {}
    assert len(await app.rows(Audit)) == 2


async def test_correcting_suivi_termine_takes_its_exit_date_away(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    for label in ("Statut", "Suivi terminé", "12", "Enregistrer", "Oui"):
        await phone.tap(label)
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    assert "Date de sortie : 12 décembre 2026" in phone.text

    for label in ("Statut", "Suivi par le dispositif"):
        await phone.tap(label)
    assert "Date de sortie : effacée" in phone.text
    await phone.tap("Enregistrer")

    assert (await app.entered())[1].statut == Statut.SUIVI
    assert (await app.rows(Person))[0].exit_date is None


async def test_an_entry_is_taken_back_once_only(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1, 2)
    await phone.tap("Rien n'a changé")
    undo = phone.data("Annuler")
    await phone.tap("Annuler")
    before = await app.everything()

    await phone.tap(data=undo)

    assert phone.toast == STALE
    assert await app.everything() == before


async def test_a_bulk_entry_is_taken_back_whole(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1, 2, 3)
    await phone.send("/saisir")
    await phone.tap("Rien n'a changé pour 3 personnes")
    await phone.tap("Oui, rien n'a changé pour ces 3 personnes")
    assert (await app.entered()).keys() == {1, 2, 3}

    await phone.tap("Annuler")

    assert phone.text.startswith("Annulé pour 3 personnes.")
    assert "0 personne sur 3 saisie" in phone.text
    assert await app.entered() == {}


async def test_a_bulk_entry_of_which_one_was_corrected_since_is_not_taken_back(
    app: Application, coach: Account
) -> None:
    phone = await caseload(app, coach, 1, 2)
    await phone.send("/saisir")
    await phone.tap("Rien n'a changé pour 2 personnes")
    await phone.tap("Oui, rien n'a changé")
    undo = phone.data("Annuler")
    await phone.tap("Voir la liste")
    await phone.tap("…0002")
    for label in ("Soutien", "Régulier", "Enregistrer"):
        await phone.tap(label)
    before = await app.everything()

    await phone.tap(data=undo)

    assert phone.toast == STALE
    assert await app.everything() == before


async def test_annuler_throws_away_the_entry_begun(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Soutien")
    await phone.tap("Régulier")

    await phone.send("/annuler")

    assert phone.text.startswith("Modification abandonnée : …0001.\n\nPersonne 1 sur 1")
    assert await app.rows(Draft) == []
    assert await app.entered() == {}
    await phone.send("/annuler")
    assert phone.text.startswith("Aucune saisie en cours.")


async def test_annuler_throws_away_a_correction_begun(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Rien n'a changé")
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    await phone.tap("Soutien")
    await phone.tap("Régulier")

    await phone.send("/annuler")

    assert phone.text.startswith("Modification abandonnée : …0001.")
    assert "Saisie enregistrée" in phone.text
    assert await app.rows(Draft) == []
    assert (await app.entered())[1].niveau_soutien == Niveau.SUIVI


async def test_annuler_throws_away_the_return_of_someone_begun(app: Application, coach: Account) -> None:
    await app.given(1, USUAL.changed(statut=Statut.TERMINE))
    phone = await app.phone().send("/personnes")
    await phone.tap("…0001")
    await phone.tap("L'accompagnement a repris")
    await phone.tap("Suivi par le dispositif")

    await phone.send("/annuler")

    assert phone.text.startswith("Saisie abandonnée : …0001.")
    assert await app.rows(Draft) == []


@ON_SQLITE
async def test_after_a_saving_one_annuler_only_is_shown(app: Application, coach: Account) -> None:
    """Two buttons of the same label would undo either the last entry or the one begun before."""
    await app.given(1, USUAL)
    await app.given([2])
    phone = await app.phone().send("/personnes")
    await phone.tap("…0002")
    await phone.tap("Suivi par le dispositif")
    await phone.send("/personnes")
    await phone.tap("…0001")

    await phone.tap("Rien n'a changé")

    assert "Question 2 sur 6" in phone.text
    assert phone.labels.count("Annuler") == 1
    await phone.send("annuler")
    assert phone.text.startswith("Annulé : …0001.")
    assert [draft.answers for draft in await app.rows(Draft)] == [{"statut": "suivi"}]


@ON_SQLITE
async def test_a_corrected_job_offers_the_last_month_in_the_same_tap(app: Application, coach: Account) -> None:
    phone = await caseload(app, coach, 1)
    await phone.tap("Rien n'a changé")
    await phone.tap("Voir la liste")
    await phone.tap("…0001")
    await phone.tap("Emploi")
    await phone.tap("Alternance")
    await phone.tap("Déjà en alternance le mois dernier")
    await phone.tap("Corriger la formation à la date")
    await phone.tap("Formation")
    await phone.tap("Enregistrer")

    entered = (await app.entered())[1]
    assert (entered.emploi_mois, entered.formation_date) == (Emploi.ALTERNANCE, Formation.FORMATION)
