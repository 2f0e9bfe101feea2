"""Who may review: the coordinator of the dispositif. For everybody else its entries do not exist."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from models.base.database import Database
from models.base.revision import short
from models.campaigns.repository import campaign_of
from models.entry.queries import EventReader
from models.entry.service import Unknown
from models.events.form import Doubt, question
from models.events.tables import Event, EventState, Remark, Unlocking
from models.persons.tables import Person
from models.review.entry import AskedQuestion, stamp
from models.review.queries import ReviewReader, open_question
from models.review.service import Reviewing
from tests.harness import factories
from tests.harness.actors import COLLEAGUES, ELSEWHERE, MAY_ENTER, MINE, ROLES, Somebody, somebody
from tests.harness.factories import DAY, NOW

EVERYBODY = sorted(ROLES)
DISPOSITIFS = {MINE: "ABC01", COLLEAGUES: "ABC01", ELSEWHERE: "XYZ02"}
MAY_REVIEW = {"coordinator": {MINE, COLLEAGUES}, "coordinator elsewhere": {ELSEWHERE}}


@asynccontextmanager
async def asking(database: Database, who: Somebody) -> AsyncIterator[Reviewing]:
    """Ask in the name of somebody."""
    async with database.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        yield Reviewing(ReviewReader(session, who.actor, campaign), NOW)


async def all_entered(database: Database, state: EventState = EventState.ENTERED) -> dict[int, Event]:
    """Enter everybody; return the events by person."""
    async with database.transaction() as session:
        for person in (await session.scalars(select(Person))).all():
            await factories.event(session, person, state=state)
        events = (await session.scalars(select(Event).where(col(Event.state) == state))).all()
        return {event.person_id: event for event in events}


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_role_reads_what_it_reviews_and_nothing_else(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    await all_entered(somewhere)
    allowed = {holder.persons[number] for number in MAY_REVIEW.get(who, set())}

    async with asking(somewhere, holder) as review:
        reader = review.reader
        seen = {person for person in holder.persons.values() if await reader.entry(person) is not None}
        assert seen == allowed
        for number, dispositif in DISPOSITIFS.items():
            mine = holder.persons[number] in allowed
            waiting = {entry.person_id for entry in await reader.to_review(dispositif)}
            assert waiting <= allowed
            assert bool(waiting) == mine
            assert bool(await reader.counts(dispositif)) == mine
            assert (await reader.page(dispositif, [EventState.ENTERED], 0, 8))[1] == len(waiting)
            assert await reader.missing(dispositif) == {}


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_role_is_told_who_is_missing_of_its_own(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    allowed = MAY_REVIEW.get(who, set())

    async with asking(somewhere, holder) as review:
        for number, dispositif in DISPOSITIFS.items():
            assert bool(await review.reader.missing(dispositif)) == (number in allowed)


Gesture = Callable[[Reviewing, Event, str], Awaitable[Any]]

GESTURES: dict[str, tuple[EventState, Gesture]] = {
    "entry": (EventState.ENTERED, lambda review, event, _: review.entry(event.person_id)),
    "board": (EventState.ENTERED, lambda review, _, dispositif: review.board(dispositif)),
    "to look": (EventState.ENTERED, lambda review, _, dispositif: review.to_look(dispositif)),
    "validate": (
        EventState.ENTERED,
        lambda review, event, _: review.validate(event.person_id, short(event.revision)),
    ),
    "validate all": (
        EventState.ENTERED,
        lambda review, event, dispositif: review.validate_plain(dispositif, stamp([event.revision])),
    ),
    "send back": (
        EventState.ENTERED,
        lambda review, event, _: review.send_back(
            event.person_id, question("statut"), Doubt.DEPARTED, short(event.revision)
        ),
    ),
    "unlock": (
        EventState.VALIDATED,
        lambda review, event, _: review.unlock(event.person_id, Unlocking.TOO_SOON, short(event.revision)),
    ),
    "undo": (
        EventState.VALIDATED,
        lambda review, event, dispositif: review.undo(dispositif, NOW, stamp([event.revision])),
    ),
}


@pytest.mark.parametrize("gesture", sorted(GESTURES))
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_role_decides_of_nothing_else(somewhere: Database, who: str, gesture: str) -> None:
    holder = await somebody(somewhere, who)
    state, perform = GESTURES[gesture]
    events = await all_entered(somewhere, state)
    allowed = MAY_REVIEW.get(who, set())

    for number in DISPOSITIFS.keys() - allowed:
        async with asking(somewhere, holder) as review:
            with pytest.raises(Unknown):
                await perform(review, events[holder.persons[number]], DISPOSITIFS[number])
    async with somewhere.transaction() as session:
        after = (await session.scalars(select(Event).where(col(Event.state) == state))).all()
        assert {event.person_id: event.revision for event in after} == {p: e.revision for p, e in events.items()}
        assert (await session.scalars(select(Remark))).all() == []


@pytest.mark.parametrize("who", sorted(MAY_REVIEW))
async def test_who_may_validate_validates(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    events = await all_entered(somewhere)

    for number in MAY_REVIEW[who]:
        person = holder.persons[number]
        async with asking(somewhere, holder) as review:
            await review.validate(person, short(events[person].revision))

    async with somewhere.transaction() as session:
        validated = (await session.scalars(select(Event).where(col(Event.state) == "validated"))).all()
    assert {event.person_id for event in validated} == {holder.persons[number] for number in MAY_REVIEW[who]}


async def test_nobody_takes_back_a_colleagues_decision(somewhere: Database) -> None:
    holder = await somebody(somewhere, "coordinator")
    events = await all_entered(somewhere)
    async with somewhere.transaction() as session:
        other = await factories.account(session, None, ROLES["coordinator"][0], email="autre@exemple.fr")
    colleague = Somebody(type(holder.actor)(other.id, holder.actor.grants), other, holder.persons)
    person = holder.persons[MINE]
    async with asking(somewhere, colleague) as review:
        done = await review.validate(person, short(events[person].revision))

    async with asking(somewhere, holder) as review:
        assert await review.reader.decided("ABC01", done.at) == []


@pytest.mark.parametrize("who", EVERYBODY)
async def test_each_role_reads_the_questions_about_the_persons_it_enters(somewhere: Database, who: str) -> None:
    holder = await somebody(somewhere, who)
    await all_entered(somewhere, EventState.SENT_BACK)
    async with somewhere.transaction() as session:
        campaign = await campaign_of(session, DAY)
        assert campaign is not None
        assert campaign.id is not None
        for person in holder.persons.values():
            await factories.write(
                session,
                Remark(
                    person_id=person,
                    campaign_id=campaign.id,
                    field="emploi_date",
                    reason=Doubt.OTHER_CONTRACT,
                    answer="cdi",
                    asked_at=NOW,
                ),
            )
        reader = EventReader(session, holder.actor, campaign)
        for number, person in holder.persons.items():
            found = await open_question(reader, person)
            allowed = number in MAY_ENTER.get(who, set())
            assert found == (AskedQuestion("emploi_date", Doubt.OTHER_CONTRACT, "cdi") if allowed else None)
        assert (await reader.first_sent_back() is not None) == (who == "coach")
