"""An applied import is undone as a whole, until something later touched its rows."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.tables import Account, Role
from models.audit import repository as audit
from models.audit.tables import Audit
from models.base.database import Database
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Draft, Event, EventHistory, EventState, Origin
from models.persons.tables import Person
from models.workbook.imports.tables import ImportRun
from models.workbook.imports.undoing import Undone, undo_import
from models.workbook.refusals import UndoRefused
from tests.workbook.books import ASSIGNMENT, DISPOSITIF, EVENT, PERSON, Row
from tests.workbook.conftest import NOW, Import

DECEMBER: Row = {**EVENT, "evt_date": date(2026, 12, 31)}
WHOLE: dict[str, list[Row]] = {
    "dispositifs": [DISPOSITIF],
    "persons": [PERSON],
    "events": [EVENT, DECEMBER],
    "assignments": [ASSIGNMENT],
}
CHANGED: dict[str, list[Row]] = {
    "dispositifs": [{**DISPOSITIF, "disp_capacite": 40, "disp_structures_rattachees": "Le Pont ; Atelier Sud"}],
    "persons": [
        {
            **PERSON,
            "pers_structure": "Atelier Sud",
            "pers_sexe": None,
            "pers_orientation": "Service Public de l’Emploi",
        },
        {**PERSON, "pers_reference": "84ABC010000002", "pers_structure": "Le Pont"},
    ],
    "events": [{**DECEMBER, "evt_niveau_soutien": "Veille – moins de 2h/mois"}],
    "assignments": [{**ASSIGNMENT, "aff_email_coach": "autre@exemple.fr"}],
}
TABLES = (Dispositif, Structure, Person, Event)


async def every(database: Database, table: type[Any]) -> list[Any]:
    async with database.transaction() as session:
        return list((await session.scalars(select(table).order_by(table.id))).all())


async def standing(database: Database) -> dict[str, list[dict[str, Any]]]:
    """What the database holds of the domain, without the numbers and moments that an undoing draws anew."""
    anew = {"_sa_instance_state", "revision", "changed_at"}
    names = {structure.id: structure.name for structure in await every(database, Structure)}
    held: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        rows = [{k: v for k, v in vars(row).items() if k not in anew} for row in await every(database, table)]
        for row in rows:
            if table is Structure:
                del row["id"]
            if table is Person:
                row["structure_id"] = names[row["structure_id"]]
        held[table.__name__] = sorted(rows, key=repr)
    return held


async def number(database: Database) -> int:
    return int((await every(database, ImportRun))[-1].id)


async def undo(database: Database, actor: Actor = COMMAND_LINE, which: int | None = None) -> Undone:
    which = which or await number(database)
    async with database.transaction() as session:
        return await undo_import(session, actor, NOW, which)


async def test_what_an_import_created_goes(load: Import, database: Database) -> None:
    await load(**WHOLE)
    assert await undo(database) == Undone(5, 0)
    assert await standing(database) == {"Dispositif": [], "Structure": [], "Person": [], "Event": []}
    assert [account.email for account in await every(database, Account)] == ["coach@exemple.fr"]  # without a role


async def test_what_it_changed_is_as_before(load: Import, database: Database) -> None:
    await load(**WHOLE)
    before = await standing(database)
    await load(**CHANGED)
    assert await standing(database) != before
    assert await undo(database) == Undone(1, 4)
    assert await standing(database) == before


async def test_an_undoing_leaves_its_lines(load: Import, database: Database) -> None:
    await load(**WHOLE)
    await load(**CHANGED)
    await undo(database)
    last = (await every(database, EventHistory))[-1]
    assert last.origin == Origin.UNDONE
    assert (last.before["niveau_soutien"], last.after["niveau_soutien"]) == ("veille", "suivi")
    lines = [line for line in await every(database, Audit) if line.action == "import_undone"]
    assert {line.subject for line in lines} == {
        "dispositif:ABC01",
        "person:84ABC010004217",
        "person:84ABC010000002",
        f"import:{await number(database)}",
    }
    (run,) = [run for run in await every(database, ImportRun) if run.undone_at is not None]
    assert (run.undone_at, run.undone_by) == (NOW, None)


async def test_events_created_for_who_was_there_go_with_a_line_of_history(loaded: Import, database: Database) -> None:
    await loaded(persons=[PERSON])
    await loaded(events=[DECEMBER])
    await undo(database)
    assert await every(database, Event) == []
    made, gone = await every(database, EventHistory)
    assert (made.before, gone.after, gone.before) == (None, None, made.after)


async def test_once_only(load: Import, database: Database) -> None:
    await load(**WHOLE)
    await undo(database)
    with pytest.raises(UndoRefused, match=r"^L’import \d+ est déjà annulé"):
        await undo(database)


async def test_an_import_can_be_made_again_and_undone_again(load: Import, database: Database) -> None:
    for _ in range(2):
        await load(**WHOLE)
        await undo(database)
    assert await every(database, Person) == []


async def touch_event(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(Event).values(revision=col(Event.revision) + 1))


async def touch_state(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(Event).values(state=EventState.SENT_UP))


async def touch_person(database: Database) -> None:
    async with database.transaction() as session:
        audit.record(session, COMMAND_LINE, NOW, "exit_date", f"person:{PERSON['pers_reference']}", {}, {})


async def touch_dispositif(database: Database) -> None:
    async with database.transaction() as session:
        audit.record(session, COMMAND_LINE, NOW, "figures", "dispositif:ABC01", {}, {})


async def begin_draft(database: Database) -> None:
    (person,), (coach,), campaigns = [await every(database, table) for table in (Person, Account, Campaign)]
    async with database.transaction() as session:
        session.add(
            Draft(account_id=coach.id, campaign_id=campaigns[-1].id, person_id=person.id, revision=1, changed_at=NOW)
        )


@pytest.mark.parametrize(
    ("touch", "rows"),
    [(touch_event, 2), (touch_state, 1), (touch_person, 1), (touch_dispositif, 1), (begin_draft, 1)],
)
async def test_not_once_its_rows_were_touched(touch: Any, rows: int, load: Import, database: Database) -> None:
    await load(**WHOLE)
    await touch(database)
    before = await standing(database)
    with pytest.raises(UndoRefused, match=rf"^{rows} ligne"):
        await undo(database)
    assert await standing(database) == before


async def test_nor_once_somebody_moved_into_a_structure_it_made(load: Import, database: Database) -> None:
    await load(dispositifs=[DISPOSITIF])
    first = await number(database)
    await load(persons=[PERSON])
    with pytest.raises(UndoRefused, match=r"^1 ligne de cet import a changé depuis"):
        await undo(database, which=first)


async def test_nor_once_its_campaign_is_over(load: Import, database: Database) -> None:
    await load(**WHOLE)
    async with database.transaction() as session:
        await session.execute(update(Campaign).values(closed_at=NOW))
    with pytest.raises(UndoRefused, match=r"^1 ligne"):
        await undo(database)


async def test_later_changes_elsewhere_do_not_matter(load: Import, database: Database) -> None:
    await load(**WHOLE)
    await load(persons=[{**PERSON, "pers_reference": "84ABC010000002"}])
    second = await number(database)
    await load(events=[{**DECEMBER, "evt_niveau_soutien": "Veille – moins de 2h/mois"}])
    assert await undo(database, which=second) == Undone(1, 0)


class TestWhose:
    """One's own imports; an administrator's are all."""

    grants = (Grant(Role.COORDINATOR, "dispositif:ABC01"),)

    async def coordinator(self, database: Database, email: str) -> Actor:
        async with database.transaction() as session:
            account = Account(email=email, created_at=NOW)
            session.add(account)
            await session.flush()
            return Actor(account.id, self.grants)

    async def test_a_coordinator_undoes_their_own(self, loaded: Import, database: Database) -> None:
        own = await self.coordinator(database, "a@exemple.fr")
        await loaded(own, persons=[PERSON], events=[DECEMBER])
        assert await undo(database, own) == Undone(2, 0)

    async def test_not_anothers_nor_after_losing_the_role(self, loaded: Import, database: Database) -> None:
        own, other = await self.coordinator(database, "a@exemple.fr"), await self.coordinator(database, "b@exemple.fr")
        await loaded(own, persons=[PERSON])
        for actor in (other, Actor(own.account_id, ()), Actor(None, self.grants)):
            with pytest.raises(UndoRefused, match=r"^Aucun import \d+ à votre nom"):
                await undo(database, actor)
        assert await undo(database) == Undone(1, 0)

    async def test_an_import_that_never_was(self, loaded: Import, database: Database) -> None:
        with pytest.raises(UndoRefused, match=r"^Aucun import 9999"):
            await undo(database, which=9999)


async def test_what_a_coordinator_imports_into_an_open_campaign_is_validated(
    loaded: Import, database: Database
) -> None:
    own = await TestWhose().coordinator(database, "a@exemple.fr")
    await loaded(persons=[PERSON], events=[DECEMBER])
    assert [event.state for event in await every(database, Event)] == [EventState.ENTERED]
    plan = await loaded(own, events=[EVENT, DECEMBER])
    assert plan.findings.errors == []
    assert [(event.state, event.changed_by) for event in await every(database, Event)] == [
        (EventState.VALIDATED, own.account_id),
        (EventState.SENT_UP, own.account_id),
    ]
    assert (await every(database, EventHistory))[-1].account_id == own.account_id
