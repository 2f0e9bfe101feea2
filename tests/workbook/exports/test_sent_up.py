"""What is declared sent up leaves its line in the history, however much of it there is, in two statements."""

from typing import Any

from sqlalchemy import event as hook
from sqlalchemy import select
from sqlmodel import col

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.tables import Role
from models.base.database import Database
from models.base.revision import REVISION_BITS
from models.events.repository import snapshot
from models.events.tables import Event, EventHistory, EventState, Origin
from models.reference.scopes import NATIONAL
from models.workbook.exports.service import declare_sent_up
from tests.harness import factories
from tests.harness.factories import DAY, NOW, USUAL
from tests.workbook.exports.conftest import Export, Quarter


async def history(database: Database) -> list[EventHistory]:
    async with database.transaction() as session:
        return list((await session.scalars(select(EventHistory).order_by(col(EventHistory.person_id)))).all())


async def test_sending_up_leaves_a_line_of_who_when_before_and_after(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    done, _ = await exporting()
    async with database.transaction() as session:
        admin = await factories.account(session, 1004, Role.ADMIN, NATIONAL)
    actor = Actor(admin.id, (Grant(Role.ADMIN, NATIONAL),))

    async with database.transaction() as session:
        assert await declare_sent_up(session, actor, NOW, done.sha256) == 1

    (line,) = await history(database)
    assert (line.person_id, line.account_id, line.at, line.origin) == (
        quarter.validated.id,
        admin.id,
        NOW,
        Origin.SENT_UP,
    )
    assert line.before == snapshot(USUAL, {}, EventState.VALIDATED)
    assert line.after == snapshot(USUAL, {}, EventState.SENT_UP)


async def test_the_line_says_why_a_warning_was_confirmed(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    async with database.transaction() as session:
        held = (await session.scalars(select(Event).where(col(Event.id) == quarter.event.id))).one()
        held.confirmations = {"W21": "besoin_change"}
        session.add(held)
    done, _ = await exporting()

    async with database.transaction() as session:
        await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256)

    (line,) = await history(database)
    assert line.before is not None
    assert line.after is not None
    assert line.before["confirmations"] == line.after["confirmations"] == {"W21": "besoin_change"}


async def test_every_event_draws_a_revision_of_its_own_which_its_line_repeats(
    database: Database, quarter: Quarter, exporting: Export
) -> None:
    async with database.transaction() as session:
        for number in range(4, 10):
            person = await factories.person(session, number, None)
            await factories.event(session, person, USUAL, DAY, EventState.VALIDATED)
    done, _ = await exporting()
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    hook.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        async with database.transaction() as session:
            assert await declare_sent_up(session, COMMAND_LINE, NOW, done.sha256) == 7
    finally:
        hook.remove(database.engine.sync_engine, "before_cursor_execute", note)

    written = [
        statement for statement in statements if statement.startswith(("INSERT INTO event_history", "UPDATE event "))
    ]
    assert len(written) == 2
    async with database.transaction() as session:
        held = (await session.scalars(select(Event).where(col(Event.state) == EventState.SENT_UP))).all()
    assert len({event.revision for event in held}) == 7
    assert all(event.revision >> REVISION_BITS == 1 for event in held)
    assert {event.revision for event in held} == {line.revision for line in await history(database)}
