"""A coordinator keeps the persons' files: who follows whom, in which structure, who left and who came back."""

from datetime import date

import pytest

from models.accounts.tables import Account, Role
from models.audit.tables import Audit
from models.dispositifs.tables import Structure
from models.persons.tables import Person
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import USUAL
from tests.harness.phone import Phone

COLLEAGUE = 1055


async def caseload(app: Application, coach: Account, persons: int = 3) -> list[Person]:
    async with app.database.transaction() as session:
        await factories.account(session, COLLEAGUE, email="collegue@exemple.fr")
        people = [await factories.person(session, number, coach, past=USUAL) for number in range(1, persons + 1)]
        await factories.write(session, Structure(dispositif_id=1, name="Les Acacias"))
        return people


async def opened(app: Application, end: str = "0001") -> Phone:
    """Open a person's file from the list."""
    phone = await app.phone(COORDINATOR).send("/personnes")
    return await phone.tap(f"…{end}")


async def the(app: Application, number: int) -> Person:
    found = [row for row in await app.rows(Person) if row.reference.endswith(f"{number:04d}")]
    assert isinstance(found[0], Person)
    return found[0]


async def test_the_list_is_paged_and_a_file_is_found_by_the_end_of_its_code(app: Application, coach: Account) -> None:
    await caseload(app, coach, persons=10)
    phone = await app.phone(COORDINATOR).send("/personnes")
    assert phone.text.startswith("10 personnes · touchez une fiche")
    assert phone.labels[0] == "…0001 · Les Tilleuls · coach"

    await phone.tap("Page suivante")
    assert "…0009 · Les Tilleuls · coach" in phone.labels
    await phone.send("0003")

    assert phone.text.startswith("Fiche de ABC01000000003")
    assert "Suivie par : coach@exemple.fr" in phone.text


async def test_a_person_is_given_to_another_coach(app: Application, coach: Account) -> None:
    await caseload(app, coach)
    phone = await opened(app)

    await phone.tap("Confier à un job coach")
    assert "coach@exemple.fr (actuel)" in phone.labels
    await phone.tap("collegue@exemple.fr")

    assert phone.text.startswith("…0001 : confiée.")
    assert "Suivie par : collegue@exemple.fr" in phone.text
    colleague = await app.phone(COLLEAGUE).send("/saisir")
    assert "0 personne sur 1 saisie" in colleague.text
    (line,) = [row for row in await app.rows(Audit) if row.action == "person"]
    assert ("coach@exemple.fr" in line.before, "collegue@exemple.fr" in line.after) == (True, True)


async def test_a_person_moves_to_another_structure(app: Application, coach: Account) -> None:
    await caseload(app, coach)
    phone = await opened(app)

    await phone.tap("Changer de structure")
    await phone.tap("Les Acacias")

    assert "structure Les Acacias" in phone.text


async def test_an_exit_and_a_return(app: Application, coach: Account) -> None:
    await caseload(app, coach)
    phone = await opened(app)
    await phone.tap("Noter une sortie")
    await phone.tap("Novembre 2026")
    await phone.tap("12")
    assert phone.text.startswith("…0001 : sortie le 12 novembre.")
    assert (await the(app, 1)).exit_date == date(2026, 11, 12)

    await phone.tap("Corriger la date de sortie")
    await phone.send("14/11/2026")
    assert (await the(app, 1)).exit_date == date(2026, 11, 14)

    await phone.tap("Noter un retour")
    assert phone.text.startswith("…0001 : retour noté.")
    assert (await the(app, 1)).exit_date is None


async def test_an_exit_is_refused_before_the_entry_and_against_an_entry_of_the_quarter(
    app: Application, coach: Account
) -> None:
    first, second, _ = await caseload(app, coach)
    async with app.database.transaction() as session:
        await factories.event(session, second)
    phone = await opened(app)

    await phone.tap("Noter une sortie")
    await phone.send("01/03/2024")
    assert phone.text.startswith("La sortie ne peut pas être avant l'entrée.")
    await phone.send("/personnes")
    await phone.tap("…0002")
    await phone.tap("Noter une sortie")
    await phone.tap("12")

    assert phone.text.startswith("Une saisie dit la personne suivie au 31 décembre 2026")
    assert {(await the(app, n)).exit_date for n in (1, 2)} == {None}
    assert first.id is not None


async def test_two_changes_from_old_screens_overwrite_nothing_silently(app: Application, coach: Account) -> None:
    person, *_ = await caseload(app, coach)
    phone = await opened(app)
    await phone.tap("Noter une sortie")
    await phone.tap("12")

    await phone.tap(data=f"come_back:{person.id}:20261101")

    assert (await the(app, 1)).exit_date == date(2026, 12, 12)


@pytest.mark.parametrize(
    "data",
    ["file:{other}", "assign:{other}", "assign_to:{other}:1", "assign_to:{own}:{stranger}", "move_to:{own}:{elsewhere}",
     "leave:{own}:2026-13", "leave_on:{own}:0", "leave_on:{own}:hier", "come_back:{other}:20260101", "find_file:%"],
)  # fmt: skip
async def test_what_is_not_theirs_does_not_exist_and_nothing_forged_changes_anything(
    app: Application, coach: Account, data: str
) -> None:
    own, *_ = await caseload(app, coach)
    async with app.database.transaction() as session:
        await factories.dispositif(session, "XYZ02", "Ailleurs")
        other = await factories.person(session, 77, None, reference="XYZ02")
        stranger = await factories.account(session, 1066, scope="dispositif:XYZ02")
    phone = await opened(app)
    before = await app.everything()

    await phone.tap(data=data.format(own=own.id, other=other.id, stranger=stranger.id, elsewhere=other.structure_id))

    assert phone.toast
    assert "XYZ02" not in phone.text
    assert await app.everything() == before


@pytest.mark.parametrize("role", [Role.JOB_COACH, Role.CHEF_DE_FILE, Role.READER, Role.ADMIN])
async def test_nobody_else_opens_a_file(app: Application, coach: Account, role: Role) -> None:
    own, *_ = await caseload(app, coach)
    async with app.database.transaction() as session:
        await factories.account(session, 1077, role, "national" if role == Role.ADMIN else "dispositif:ABC01")
    phone = await app.phone(1077).send("/start")
    before = await app.everything()

    for data in (f"file:{own.id}", f"assign_to:{own.id}:1", f"leave_on:{own.id}:20261201"):
        await phone.tap(data=data)
        assert "Fiche de" not in phone.text

    assert await app.everything() == before
