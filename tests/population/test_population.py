"""The synthetic population: reproducible, plausible, within the rules."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.accounts.tables import Account
from models.base.database import Database
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events import rules
from models.events.form import Answers, carried
from models.events.rules import PastEvent, Situation
from models.events.tables import Event, EventHistory, EventState
from models.migrations.runner import migrate
from models.persons import rules as person_rules
from models.persons.rules import PersonFacts
from models.persons.tables import Person
from models.population.service import NotEmpty, Planted, Size, plant
from models.reference.departements import departements
from models.reference.nomenclature import Statut

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SIZE = Size(persons=130, dispositifs=2, campaigns=4, seed=7)


async def every(database: Database, table: type[Any]) -> list[Any]:
    async with database.transaction() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def planted(database: Database, size: Size = SIZE) -> Planted:
    async with database.transaction() as session:
        return await plant(session, NOW, size)


async def test_what_is_planted_is_counted(database: Database) -> None:
    result = await planted(database)
    assert (result.dispositifs, result.persons, result.campaigns) == (2, 130, 4)
    assert result.events == len(await every(database, Event)) == len(await every(database, EventHistory))
    assert result.accounts == len(await every(database, Account)) == 2 * (4 + 1)
    assert [campaign.date for campaign in await every(database, Campaign)] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


async def test_persons_keep_the_rules(database: Database) -> None:
    await planted(database)
    persons = await every(database, Person)
    assert Counter(Counter(person.coach_id for person in persons).values()).keys() <= {16, 17}
    assert {d.departement_no for d in await every(database, Dispositif)} <= departements().keys()
    for person in persons:
        facts = PersonFacts(
            reference=person.reference,
            entry_date=person.entry_date,
            exit_date=person.exit_date,
            birth_date=date.fromisoformat(person.birth_date),
            orientation=person.orientation,
            handicap_principal=person.handicap_principal,
            handicap_associe=person.handicap_associe,
            months_without_job=person.duree_sans_emploi,
        )
        assert person_rules.errors(facts) == person_rules.warnings(facts) == []


async def test_events_keep_the_rules_and_mostly_carry_over(database: Database) -> None:
    await planted(database)
    days = {campaign.id: campaign.date for campaign in await every(database, Campaign)}
    events: dict[int, list[Event]] = {}
    for event in sorted(await every(database, Event), key=lambda event: days[event.campaign_id]):
        events.setdefault(event.person_id, []).append(event)
    same = total = 0
    for person in await every(database, Person):
        past: list[PastEvent] = []
        for event in events.get(person.id, []):
            answers, day = Answers.from_codes(vars(event)), days[event.campaign_id]
            exit_date = person.exit_date if answers.statut == Statut.TERMINE else None
            situation = Situation(answers, day, person.entry_date, exit_date, past)
            assert rules.errors(situation) == []
            assert {rule.number for rule in rules.warnings(situation)} == event.confirmations.keys()
            assert event.state == EventState.SENT_UP
            if past:
                total += 1
                same += answers == carried(past[0].answers)
            past.insert(0, PastEvent(day, answers))
    assert same / total > 0.6


async def test_the_same_seed_gives_the_same_data(database: Database, tmp_path: Path) -> None:
    other = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await migrate(other)
    for one in (database, other):
        await planted(one)
    assert await content(database) == await content(other)
    await other.dispose()


async def content(database: Database) -> list[list[dict[str, Any]]]:
    return [
        [row.model_dump(exclude={"id"}) for row in await every(database, table)]
        for table in (Dispositif, Structure, Account, Campaign, Person, Event, EventHistory)
    ]


async def test_another_seed_gives_other_data(database: Database, tmp_path: Path) -> None:
    other = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}")
    await migrate(other)
    await planted(database)
    await planted(other, replace(SIZE, seed=8))
    ours, theirs = [{person.reference for person in await every(one, Person)} for one in (database, other)]
    assert ours.isdisjoint(theirs)
    await other.dispose()


async def test_a_database_that_is_not_empty_is_left_alone(database: Database) -> None:
    await planted(database, Size(persons=1, dispositifs=1, campaigns=1))
    with pytest.raises(NotEmpty, match="n’est pas vide"):
        await planted(database)
    assert len(await every(database, Person)) == 1
