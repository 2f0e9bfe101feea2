"""A coordinator loads a workbook: sent by a link, checked, agreed to, loaded, taken back; or handed back annotated."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from models.accounts.tables import Account, Role
from models.dispositifs.tables import Structure
from models.events.tables import EventState
from models.jobs.kinds import JobKind
from models.jobs.repository import ask
from models.jobs.signals import noted
from models.persons.tables import Person
from models.reference.nomenclature import EVENEMENTS
from models.workbook.jobs import CHECK, IMPORT
from models.workbook.links.tables import ExchangeLink
from tests.harness import factories
from tests.harness.application import Application
from tests.harness.wired import WIRED, WiredApplication
from tests.workbook.chat.conftest import Exchange

pytestmark = WIRED

DEMO = Path(__file__).parents[2] / "data" / "demo.xlsx"
PERSONS = "Personnes accompagnées"


def workbook(**changes: object) -> bytes:
    """Return a workbook with one person of the demo, its cells changed by their label."""
    book: Any = load_workbook(DEMO)
    for title in book.sheetnames:
        if title != PERSONS:
            del book[title]
    sheet = book[PERSONS]
    sheet.delete_rows(3, sheet.max_row)
    labels = [cell.value for cell in sheet[1]]
    there = {"Dispositif accompagnant": "ABC01", "Structure accompagnante": "Les Tilleuls"}
    for label, value in (there | changes).items():
        sheet.cell(2, labels.index(label) + 1).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def events(person: str) -> bytes:
    """Return a workbook of one event alone, of the open campaign."""
    book: Any = load_workbook(DEMO)
    for title in book.sheetnames:
        if title != EVENEMENTS.title:
            del book[title]
    sheet = book[EVENEMENTS.title]
    sheet.delete_rows(3, sheet.max_row)
    answers = {f"evt_{field}": code for field, code in factories.USUAL.codes().items()}
    there = {"evt_personne": person, "evt_dispositif_concerne": "ABC01", "evt_date": factories.DAY}
    for place, indicator in enumerate(EVENEMENTS.indicators, start=1):
        value: Any = there.get(indicator.id)
        if indicator.id in answers and indicator.choices is not None:
            value = next(text for member, text in indicator.choices.items() if str(member) == answers[indicator.id])
        sheet.cell(2, place).value = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


async def test_sent_checked_agreed_loaded_and_taken_back(exchange: Exchange, app: Application, coach: Account) -> None:
    phone = exchange.phone
    await phone.send("/import")
    assert "et non dans la conversation" in phone.text

    await exchange.send(workbook())
    preview = await exchange.told("Votre classeur est prêt à être chargé")
    assert "Personnes : 1 à créer" in preview
    assert await app.rows(Person) == []
    await phone.tap("Charger")
    await exchange.told("Classeur chargé")
    assert len(await app.rows(Person)) == 1

    await phone.tap("Annuler cet import")
    assert phone.text.startswith("Import annulé : 1 ligne retirée")
    assert await app.rows(Person) == []


async def test_what_would_change_is_shown_old_beside_new(exchange: Exchange, app: Application, coach: Account) -> None:
    for structure in ("Les Tilleuls", "Les Acacias"):
        async with app.database.transaction() as session:
            if structure != "Les Tilleuls":
                await factories.write(session, Structure(dispositif_id=1, name=structure))
        await exchange.phone.send("/import")
        await exchange.send(workbook(**{"Structure accompagnante": structure}))
        preview = await exchange.told("Votre classeur est prêt à être chargé")
        if structure == "Les Tilleuls":
            await exchange.phone.tap("Charger")
            await exchange.told("Classeur chargé")

    assert "Personnes : 1 à modifier" in preview
    assert "Structure accompagnante : Les Tilleuls → Les Acacias" in preview


async def test_a_workbook_with_bad_cells_comes_back_annotated(
    exchange: Exchange, app: Application, coach: Account
) -> None:
    await exchange.phone.send("/import")

    await exchange.send(workbook(**{"Structure accompagnante": "Ailleurs"}))

    said = await exchange.told("1 cellule à corriger ; rien n'est écrit.")
    assert "ligne 2, Structure accompagnante" in said
    book = load_workbook(BytesIO(await exchange.fetch()))
    assert [cell.comment is not None for cell in book[PERSONS][2]].count(True) >= 1
    assert await app.rows(Person) == []


async def test_what_is_no_workbook_is_said(exchange: Exchange, app: Application, coach: Account) -> None:
    await exchange.phone.send("/import")

    await exchange.send(b"bonjour")

    await exchange.told("Ce classeur ne peut pas être lu ; rien n'est écrit.")
    assert not list((app.settings.data_dir / "exchange").iterdir())


async def test_an_hour_later_it_must_be_sent_again(exchange: Exchange, app: Application, coach: Account) -> None:
    await exchange.phone.send("/import")
    await exchange.send(workbook())
    await exchange.told("Votre classeur est prêt")
    app.now = app.now.replace(hour=app.now.hour + 1, minute=app.now.minute + 1)

    await exchange.phone.tap("Charger")

    assert "plus d'une heure" in exchange.phone.text
    assert await app.rows(Person) == []


async def test_somebody_elses_check_is_nobodys_to_load(exchange: Exchange, app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        await factories.account(session, 1066, Role.COORDINATOR, email="autre@exemple.fr")
    await exchange.phone.send("/import")
    await exchange.send(workbook())
    await exchange.told("Votre classeur est prêt")
    go = exchange.phone.data("Charger")
    other = await app.phone(1066).send("/start")

    await other.tap(data=go)

    assert other.toast
    assert await app.rows(Person) == []


async def test_events_sent_in_the_chat_are_checked_and_loaded(
    exchange: Exchange, app: Application, coach: Account
) -> None:
    await app.given(1, factories.USUAL)
    await exchange.phone.send("/start")

    await exchange.phone.send_file(name="evenements.xlsx", content=events("ABC01000000001"))

    preview = await exchange.told("Votre classeur est prêt à être chargé")
    assert "Évènements : 1 à créer" in preview
    await exchange.phone.tap("Charger")
    await exchange.told("Classeur chargé")
    assert (await app.entered())[1].state == EventState.VALIDATED


async def test_personal_data_sent_in_the_chat_are_refused_and_taken_off_it(
    exchange: Exchange, app: Application, coach: Account
) -> None:
    await exchange.phone.send("/start")

    await exchange.phone.send_file(name="personnes.xlsx", content=workbook())

    await exchange.told("Ce classeur contient des dates de naissance")
    assert not [message for message in exchange.phone.messages if message["document"]]
    assert await app.rows(Person) == []
    await exchange.send(workbook())
    await exchange.told("Votre classeur est prêt")


async def test_a_document_that_is_no_workbook_is_said(exchange: Exchange, app: Application, coach: Account) -> None:
    await exchange.phone.send("/start")

    await exchange.phone.send_file(name="notes.pdf", content=b"bonjour")

    await exchange.told("Ce classeur ne peut pas être lu ; rien n'est écrit.")


async def test_without_an_address_nothing_personal_is_exchanged_and_it_is_said(
    app: Application, coach: Account
) -> None:
    phone = await app.phone(1002).send("/import")

    assert "JALON_PUBLIC_URL" in phone.text
    assert await app.rows(ExchangeLink) == []


@pytest.mark.parametrize("kind", [CHECK, IMPORT])
async def test_a_workbook_that_went_with_a_dead_worker_is_told_of(
    exchange: Exchange, app: WiredApplication, coach: Account, kind: JobKind
) -> None:
    await exchange.phone.send("/start")
    async with app.database.transaction() as session:
        await ask(session, app.now, kind, 2, file="gone.xlsx")
    await app.service.enqueue(noted(session))

    await exchange.told("Ce classeur ne peut pas être lu ; rien n'est écrit.")
