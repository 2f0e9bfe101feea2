"""A second channel takes nothing but a package that reads and shows: a coach enters a caseload at a console."""

import pytest
from sqlalchemy import select
from sqlmodel import col

from handlers.conversation import Conversation
from models.accounts.tables import Account
from models.base.channels import LEAST
from models.base.database import Database
from models.events.tables import Event, EventHistory, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Emploi, Niveau
from tasks.telegram import limits
from tests.harness import console, factories
from tests.harness.application import COACH, ON_SQLITE, STRANGER
from tests.harness.console import Console
from tests.harness.factories import NOW, SEPTEMBER, USUAL

NEW_PERSON = ("Suivi par le dispositif", "Suivi : de 2 à 8 h", "CDD", "Sans objet", "CDD", "Sans objet")
"""The six answers of somebody without history."""


@pytest.fixture
async def coach(database: Database) -> Account:
    """A coach with an open campaign."""
    async with database.transaction() as session:
        await factories.campaign(session)
        await factories.campaign(session, SEPTEMBER, closed=True)
        await factories.dispositif(session)
        return await factories.account(session, COACH)


@pytest.fixture
def at_console(database: Database, coach: Account) -> Console:
    """That coach at a console."""
    assert coach.channel_address is not None
    return Console(Conversation(database, lambda: NOW), coach.channel_address)


async def entered(database: Database) -> dict[int, Event]:
    """Return what is entered, by the number at the end of the person's code."""
    async with database.transaction() as session:
        rows = await session.execute(
            select(col(Person.reference), Event)
            .join(Event, col(Event.person_id) == col(Person.id))
            .where(col(Event.changed_by).is_not(None))
        )
        return {int(reference[5:]): event for reference, event in rows}


async def test_a_caseload_is_entered_at_a_console(database: Database, coach: Account, at_console: Console) -> None:
    async with database.transaction() as session:
        for number in range(1, 6):
            await factories.person(session, number, coach, past=None if number == 3 else USUAL)

    await at_console.enter("/saisir")
    assert at_console.screen == (
        "*Remontée du 31 décembre 2026*\n"
        "À rendre avant le jeudi 31 décembre (dans 12 jours), fermeture le 15 janvier.\n\n"
        "0 personne sur 5 saisie. Il en reste 5.\n"
        "1. Saisir la suivante\n2. Rien n'a changé pour 4 personnes\n3. Voir la liste"
    )
    await at_console.enter("1")
    assert at_console.screen.startswith("Personne 1 sur 5 · ABC0100000*0001*\n")

    await at_console.choose("Rien n'a changé")
    assert at_console.screen.startswith("Enregistré : …0001.\n"), "told in passing, here above the screen"
    assert (await entered(database)).keys() == {1}

    await at_console.choose("Soutien")
    await at_console.enter("régulier")
    await at_console.choose("Enregistrer")
    assert (await entered(database))[2].niveau_soutien == Niveau.REGULIER

    for answer in NEW_PERSON:
        await at_console.choose(answer)
    await at_console.choose("Enregistrer")
    assert (await entered(database))[3].emploi_date == Emploi.CDD

    await at_console.choose("Annuler")
    assert (await entered(database)).keys() == {1, 2}

    await at_console.enter("/saisir")
    await at_console.choose("Rien n'a changé pour 2 personnes")
    await at_console.choose("Oui, rien n'a changé pour ces 2 personnes")
    assert at_console.screen.startswith("2 personnes enregistrées sans changement.")
    assert (await entered(database)).keys() == {1, 2, 4, 5}
    async with database.transaction() as session:
        lines = await session.scalars(select(EventHistory).order_by(col(EventHistory.id)))
        assert [line.origin for line in lines][-2:] == [Origin.BULK, Origin.BULK]


@ON_SQLITE
async def test_a_choice_of_a_former_screen_shows_where_one_is(
    database: Database, coach: Account, at_console: Console
) -> None:
    async with database.transaction() as session:
        for number in (1, 2):
            await factories.person(session, number, coach, past=USUAL)
    await at_console.enter("/saisir")
    await at_console.choose("Saisir la suivante")
    before = at_console.choices
    await at_console.choose("Rien n'a changé")
    at_console.choices = before

    await at_console.choose("Rien n'a changé")

    assert at_console.screen.startswith(
        "Ce bouton datait d'un écran précédent : voici où vous en êtes.\nPersonne 2 sur 2"
    )
    assert (await entered(database)).keys() == {1}


@ON_SQLITE
async def test_whoever_is_not_invited_gets_no_further(database: Database) -> None:
    stranger = Console(Conversation(database, lambda: NOW), STRANGER)

    assert (await stranger.enter("/saisir")).startswith("*Jalon* s'ouvre sur invitation.")
    assert stranger.choices == []


@pytest.mark.parametrize("room", [limits.ROOM, console.ROOM])
def test_every_channel_takes_what_a_message_may_count_on(room: tuple[int, ...]) -> None:
    assert all(mine >= least for mine, least in zip(room, LEAST, strict=True))
