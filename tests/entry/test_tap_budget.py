"""The tap budget of the design, counted on whole caseloads: typed /saisir is no tap, everything touched is one."""

import pytest

from models.accounts.tables import Account
from models.events.form import Answers
from models.events.tables import Event, EventHistory, Origin
from models.reference.nomenclature import Emploi, Formation, Niveau, Statut
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone

CDD = USUAL.changed(emploi_date=Emploi.CDD, emploi_mois=Emploi.CDD)
NEW_PERSON = (
    "Suivi par le dispositif",
    "Suivi : de 2 à 8 h",
    "CDD",
    "Sans objet",
    "CDD",
    "Sans objet",
)


async def twenty(app: Application, coach: Account) -> None:
    """Write 16 persons whose situation does not change, 3 with one change, 1 without history, mixed."""
    async with app.database.transaction() as session:
        for number in range(1, 21):
            past = None if number == 7 else CDD if number in {3, 11, 20} else USUAL
            await factories.person(session, number, coach, past=past)


async def enter(phone: Phone) -> None:
    """Enter whoever is on the screen: a change of job, a new person, or nothing changed."""
    if "Question 1 sur 6" in phone.text:
        for answer in NEW_PERSON:
            await phone.tap(answer)
        await phone.tap("Enregistrer")
    elif "Emploi : CDD" in phone.text:
        await phone.tap("Emploi")
        await phone.tap("CDI")
        await phone.tap("Déjà en CDI le mois dernier")
    else:
        await phone.tap("Rien n'a changé")


async def test_twenty_persons_take_at_most_forty_taps(app: Application, coach: Account) -> None:
    await twenty(app, coach)
    phone = await app.phone().send("/saisir")
    assert "0 personne sur 20" in phone.text

    await phone.tap("Saisir la suivante")
    while "Personne " in phone.text or "Question " in phone.text:
        before = phone.taps
        bound = 7 if "Question " in phone.text else 3 if "Emploi : CDD" in phone.text else 1
        await enter(phone)
        assert phone.taps - before <= bound

    assert "20 personnes sur 20 saisies" in phone.text
    assert phone.taps <= 40
    await everybody_is_entered(app)


async def test_twenty_persons_take_at_most_twenty_four_taps_with_bulk(app: Application, coach: Account) -> None:
    await twenty(app, coach)
    phone = await app.phone().send("/saisir")

    await phone.tap("Rien n'a changé pour 19 personnes")
    await phone.tap("En retirer")
    for number in (3, 11, 20):
        await phone.tap(f"…{number:04d}")
    await phone.tap("Retour")
    await phone.tap("Oui, rien n'a changé pour ces 16 personnes")
    assert "16 personnes enregistrées sans changement." in phone.text
    await phone.tap("Saisir la suivante")
    while "Personne " in phone.text or "Question " in phone.text:
        await enter(phone)

    assert "20 personnes sur 20 saisies" in phone.text
    assert phone.taps <= 24
    await everybody_is_entered(app)
    assert [row.origin for row in await app.rows(EventHistory)].count(Origin.BULK) == 16


async def everybody_is_entered(app: Application) -> None:
    """Check the twenty events, and what each kind of entry made of them."""
    entered = {row.person_id: row for row in await app.rows(Event) if row.state == "entered"}
    assert len(entered) == 20
    by_job = [row.emploi_date for row in entered.values()]
    assert by_job.count(Emploi.CDI) == 19
    assert by_job.count(Emploi.CDD) == 1
    assert all(row.emploi_mois == row.emploi_date for row in entered.values())


async def test_a_person_without_history_takes_at_most_eight_taps(app: Application, coach: Account) -> None:
    await app.given([533])
    phone = await app.phone().send("/saisir")

    await phone.tap("Saisir la suivante")
    await enter(phone)

    assert "1 personne sur 1 saisie" in phone.text
    assert phone.taps <= 8


@pytest.mark.parametrize(
    ("line", "choice", "changed"),
    [
        ("Soutien", "Régulier", {"niveau_soutien": Niveau.REGULIER}),
        ("Formation", "Formation", {"formation_date": Formation.FORMATION}),
        ("Emploi", "Sans emploi", {"emploi_date": Emploi.SANS_EMPLOI}),
        ("Statut", "Veille totale", {"statut": Statut.VEILLE_TOTALE}),
    ],
)
async def test_one_change_takes_three_taps_whatever_the_line(
    app: Application, coach: Account, line: str, choice: str, changed: dict[str, str]
) -> None:
    low = USUAL.changed(niveau_soutien=Niveau.VEILLE) if line == "Statut" else USUAL
    await app.given(1, low)
    phone = await app.phone().send("/saisir")
    await phone.tap("Saisir la suivante")
    phone.taps = 0

    await phone.tap(line)
    await phone.tap(choice)
    await phone.tap("Enregistrer")

    assert phone.taps == 3
    (entered,) = [row for row in await app.rows(Event) if row.state == "entered"]
    assert Answers.from_codes({**low.codes(), **changed}) == Answers.from_codes(entered.model_dump())
