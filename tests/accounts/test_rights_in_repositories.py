"""Rights are checked where the data is read: for each role, what it may not see or write is tried and refused."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from models.accounts.service import AccountRefused, invite, revoke
from models.accounts.tables import Role
from models.base.database import Database
from models.base.revision import Stale, short
from models.campaigns.repository import campaign_of
from models.campaigns.service import CampaignRefused, close, open_new
from models.entry.lists import Filter
from models.entry.queries import EventReader
from models.entry.service import Entering, Unknown
from models.events.tables import Event
from tests.harness import factories
from tests.harness.actors import MAY_ENTER, ROLES, Somebody, somebody
from tests.harness.factories import DAY, NOW

EVERYBODY = sorted(ROLES)


@asynccontextmanager
async def asking(database: Database, who: Somebody) -> AsyncIterator[Entering]:
    """Ask in the name of somebody."""
    async with database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        yield Entering(EventReader(session, who.actor, campaign), NOW)


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_role_reads_its_persons_and_nobody_else(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    allowed = {holder.persons[number] for number in MAY_ENTER.get(who, set())}
    everybody = list(holder.persons.values())

    async with asking(somewhere, holder) as entering:
        reader = entering.reader
        seen = {person for person in everybody if await reader.card(person) is not None}
        assert seen == allowed
        assert (await reader.cards(everybody)).keys() == allowed
        assert {card.person_id for card in await reader.to_do()} == allowed
        assert await reader.progress() == (len(allowed), 0, 0)
        for which in (Filter.ALL, Filter.TO_DO):
            assert {line.person_id for line in (await reader.page(which, 0, 8)).lines} == allowed
        first = await reader.first_to_do()
        assert (first is not None) == bool(allowed)
        assert first is None or first.person_id in allowed
        for person in everybody:
            card, following = await reader.card_and_next(person)
            assert (card is not None) == (person in allowed)
            assert following is None or following.person_id in allowed
        found = [await reader.ending(f"000{number}") for number in holder.persons]
        assert {person for persons in found for person in persons} == allowed
        able, aside = await entering.sorted_out()
        assert {card.person_id for card in able} == allowed
        assert aside == []


GESTURES: dict[str, Callable[[Entering, int], Awaitable[Any]]] = {
    "card": lambda entering, person: entering.card(person),
    "carry": lambda entering, person: entering.carry(person, "0-0"),
    "answer": lambda entering, person: entering.answer(person, "statut", "termine", "0-0"),
    "exit date": lambda entering, person: entering.exit_on(person, date(2026, 12, 1), "0-0"),
    "save": lambda entering, person: entering.save(person, "0-0"),
    "confirm": lambda entering, person: entering.confirm(person, "W05", "dernier_mois_accompagnement", "0-0"),
    "settle": lambda entering, person: entering.settle(person, "emploi_mois", "cdi", "0-0"),
    "outcome": lambda entering, person: entering.outcome(person),
    "discard": lambda entering, person: entering.discard(person),
    "undo": lambda entering, person: entering.undo([(person, 1)]),
}


async def is_unknown(gesture: Awaitable[Any]) -> bool:
    """Whether the gesture finds that the person does not exist."""
    try:
        await gesture
    except Unknown:
        return True
    return False


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_role_writes_of_nobody_else(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    allowed = MAY_ENTER.get(who, set())
    forbidden = [person for number, person in holder.persons.items() if number not in allowed]

    for gesture, perform in GESTURES.items():
        for person in forbidden:
            async with asking(somewhere, holder) as entering:
                assert await is_unknown(perform(entering, person)), gesture
    async with asking(somewhere, holder) as entering:
        assert (await entering.carry_many(forbidden)).recorded == ()
    async with somewhere.transaction() as session:
        assert (await session.scalars(select(Event).where(col(Event.state) == "entered"))).all() == []


@pytest.mark.parametrize("who", sorted(MAY_ENTER))
async def test_who_may_enter_enters(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)

    for number in MAY_ENTER[who]:
        async with asking(somewhere, holder) as entering:
            await entering.carry(holder.persons[number], "0-0")

    async with somewhere.transaction() as session:
        entered = (await session.scalars(select(Event).where(col(Event.state) == "entered"))).all()
    assert {event.person_id for event in entered} == {holder.persons[number] for number in MAY_ENTER[who]}


async def test_nobody_undoes_somebody_elses_entry(somewhere: Database) -> None:
    holder = await somebody(somewhere, "coordinator")
    async with somewhere.transaction() as session:
        other = await factories.account(session, None, Role.COORDINATOR, email="autre@exemple.fr")
    person = holder.persons[1]
    assert other.id is not None
    colleague = Somebody(type(holder.actor)(other.id, holder.actor.grants), other, holder.persons)
    async with asking(somewhere, colleague) as entering:
        saved: Any = await entering.carry(person, "0-0")

    async with asking(somewhere, holder) as entering:
        assert (await entering.card(person)).revision == f"{short(saved.revision)}-0"
        with pytest.raises(Stale):
            await entering.undo([(person, saved.revision)])


SERVICES: dict[str, Callable[[Any, Somebody], Awaitable[Any]]] = {
    "invite": lambda session, who: invite(session, who.actor, NOW, "x@exemple.fr", Role.ADMIN),
    "revoke": lambda session, who: revoke(session, who.actor, NOW, "suivi@exemple.fr"),
    "open a campaign": lambda session, who: open_new(session, who.actor, NOW, date(2027, 3, 31)),
    "close a campaign": lambda session, who: close(session, who.actor, NOW, DAY),
}


@pytest.mark.parametrize("service", sorted(SERVICES))
@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "admin"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_accounts_and_campaigns_are_the_administrators(somewhere: Database, who: str, service: str) -> None:
    holder = await somebody(somewhere, who)

    async with somewhere.transaction() as session:
        with pytest.raises((AccountRefused, CampaignRefused), match="Seul un administrateur"):
            await SERVICES[service](session, holder)
        assert not session.new
