"""A coordinator adds a person by guided questions: code, structure, day of entry, orientation, and nothing else."""

from datetime import date

import pytest

from models.accounts.tables import Account
from models.persons.tables import Person
from models.reference.nomenclature import Orientation
from tests.harness.application import COORDINATOR, Application
from tests.harness.phone import Phone

CODE = "84ABC01NEW0533"


async def asked_for_the_code(app: Application) -> Phone:
    phone = await app.phone(COORDINATOR).send("/personnes")
    return await phone.tap("Nouvelle personne")


async def test_a_person_is_added_and_waits_for_a_coach(app: Application, coach: Account) -> None:
    phone = await asked_for_the_code(app)
    assert "N'écrivez jamais son nom." in phone.text

    await phone.send(CODE)
    await phone.tap("Les Tilleuls")
    await phone.send("03/11/2026")
    await phone.tap("Service Public de l’Emploi")
    assert "Structure Les Tilleuls · entrée le 3 novembre 2026" in phone.text
    assert await app.rows(Person) == []
    await phone.tap("Enregistrer")

    assert phone.text.startswith("Personne ajoutée : …0533. Confiez-la à un job coach.")
    (person,) = await app.rows(Person)
    assert (person.reference, person.entry_date, person.orientation) == (CODE, date(2026, 11, 3), Orientation.SPE)
    assert (person.coach_id, person.birth_date, person.sexe) == (None, None, None)
    await phone.tap("Confier à un job coach")
    await phone.tap("coach@exemple.fr")
    assert "Suivie par : coach@exemple.fr" in phone.text


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("TROPCOURT", "exactement 14 caractères"),
        (f"{CODE}X", "exactement 14 caractères"),
        ("ABC01000000009", "déjà prise"),
    ],
)
async def test_a_code_that_cannot_be_is_asked_again(app: Application, coach: Account, code: str, said: str) -> None:
    await app.given([9])
    phone = await asked_for_the_code(app)

    await phone.send(code)

    assert said in phone.text
    await phone.send(CODE)
    assert "Dans quelle structure ?" in phone.text


async def test_an_entry_to_come_is_asked_again_and_an_old_law_is_recalled(app: Application, coach: Account) -> None:
    phone = await asked_for_the_code(app)
    await phone.send(CODE)
    await phone.tap("Les Tilleuls")

    await phone.send("01/01/2027")
    assert "ne peut pas être à venir" in phone.text
    await phone.send("01/03/2019")
    await phone.tap("Service Public de l’Emploi")

    assert "avant la loi du 30 juillet 2020" in phone.text


async def test_left_half_way_it_adds_nobody(app: Application, coach: Account) -> None:
    phone = await asked_for_the_code(app)
    await phone.send(CODE)
    await phone.tap("Annuler")

    assert phone.text.startswith("Aucune personne")
    assert await app.rows(Person) == []


@pytest.mark.parametrize(
    "data", ["new_in:99", "new_code:x", "new_structure:1", "new_entry:1:20261101", "new_save:spe", "new_recap:moi"]
)
async def test_a_forged_step_adds_nobody(app: Application, coach: Account, data: str) -> None:
    phone = await app.phone(COORDINATOR).send("/personnes")

    await phone.tap(data=data)

    assert phone.toast
    assert await app.rows(Person) == []
