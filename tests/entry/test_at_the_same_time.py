"""Two people at the same person at the same moment: PostgreSQL lets both read, and only one of them write.

SQLite has one writer, and takes the lock before it reads.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from models.accounts.permissions import Actor, Grant
from models.accounts.tables import Account, Role
from models.base.revision import Stale, short
from models.campaigns.repository import campaign_of
from models.entry.card import Card
from models.entry.queries import EventReader
from models.entry.service import Entering
from models.reference.nomenclature import Niveau
from tests.harness import factories
from tests.harness.application import COORDINATOR, Application
from tests.harness.factories import DAY, NOW, USUAL

ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

Gesture = Callable[[Entering, int], Awaitable[Any]]


@asynccontextmanager
async def asking(app: Application, account_id: int | None, role: Role) -> AsyncIterator[Entering]:
    """Ask in somebody's name, in a transaction of their own."""
    async with app.database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        yield Entering(EventReader(session, Actor(account_id, (Grant(role, "dispositif:ABC01"),)), campaign), NOW)


async def carry(entering: Entering, person: int) -> Any:
    """Record that nothing changed."""
    return await entering.carry(person, (await entering.card(person)).revision)


async def correct(entering: Entering, person: int) -> Any:
    """Change the level of support and save."""
    card = await entering.card(person)
    card = await entering.answer(person, "niveau_soutien", Niveau.REGULIER, card.revision)
    return await entering.save(person, card.revision)


async def undo(entering: Entering, person: int) -> Any:
    """Take back what stands."""
    event = (await entering.card(person)).event
    assert event is not None
    return await entering.undo([(person, event.revision)])


@dataclass(frozen=True)
class ReadBefore(EventReader):
    """A reader that gives again what it read before somebody else's write."""

    pair: tuple[Card | None, Card | None] = (None, None)

    async def card(self, person_id: int) -> Card | None:
        return self.pair[0]

    async def card_and_next(self, person_id: int) -> tuple[Card | None, Card | None]:
        return self.pair

    async def cards(self, person_ids: Sequence[int]) -> dict[int, Card]:
        return {card.person_id: card for card in self.pair if card is not None}


async def looked(entering: Entering, person: int) -> Entering:
    """Read the person now; whatever is read of them later gives the same."""
    reader = entering.reader
    pair = await reader.card_and_next(person)
    return Entering(ReadBefore(reader.session, reader.actor, reader.campaign, pair), entering.now)


@pytest.mark.parametrize(
    ("begun", "first", "second"),
    [(False, carry, carry), (True, correct, undo), (True, undo, undo), (True, undo, correct)],
    ids=["both enter", "corrected, then undone", "undone twice", "undone, then corrected"],
)
@ON_POSTGRESQL
async def test_the_second_finds_that_the_first_was_there(
    app: Application, coach: Account, begun: bool, first: Gesture, second: Gesture
) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL)
    assert person.id is not None
    if begun:
        async with asking(app, coach.id, Role.JOB_COACH) as entering:
            await carry(entering, person.id)

    async with asking(app, coach.id, Role.JOB_COACH) as late:
        stale = await looked(late, person.id)
        async with asking(app, coach.id, Role.JOB_COACH) as early:
            await first(early, person.id)
        before = await app.everything()
        with pytest.raises(Stale):
            await second(stale, person.id)
        await late.reader.session.rollback()

    assert await app.everything() == before


@ON_POSTGRESQL
async def test_a_correction_does_not_write_over_somebody_elses(app: Application, coach: Account) -> None:
    async with app.database.transaction() as session:
        person = await factories.person(session, 1, coach, past=USUAL)
        event = await factories.event(session, person)
    assert person.id is not None
    coordinator = next(a for a in await app.rows(Account) if a.channel_address == COORDINATOR)
    async with asking(app, coach.id, Role.JOB_COACH) as entering:
        mine = await entering.answer(person.id, "niveau_soutien", Niveau.VEILLE, f"{short(event.revision)}-0")

    async with asking(app, coach.id, Role.JOB_COACH) as late:
        stale = await looked(late, person.id)
        async with asking(app, coordinator.id, Role.COORDINATOR) as early:
            await correct(early, person.id)
        with pytest.raises(Stale):
            await stale.save(person.id, mine.revision)
        await late.reader.session.rollback()

    assert (await app.entered())[1].niveau_soutien == Niveau.REGULIER
