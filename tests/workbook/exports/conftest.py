"""A dispositif with three persons whose quarter is in three states, and exporting it to a folder of one's own."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from models.accounts.permissions import COMMAND_LINE, Actor
from models.base.database import Database
from models.events.tables import Event, EventState
from models.persons.tables import Person
from models.workbook.exports.service import Exported, Request, export
from models.workbook.template import PACKAGED, Template, read_template
from tests.harness import factories
from tests.harness.factories import DAY, NOW, USUAL
from tests.shell.conftest import environment, jalon

__all__ = ["environment", "jalon"]

Export = Callable[..., Coroutine[Any, Any, tuple[Exported, Workbook]]]


@dataclass
class Quarter:
    """The persons, and the events of the two of them that were entered."""

    validated: Person
    entered: Person
    absent: Person
    event: Event


@pytest.fixture
async def quarter(database: Database) -> Quarter:
    """One event is validated, one is entered only, and nothing is said of the third person."""
    async with database.transaction() as session:
        await factories.dispositif(session, "ABC01", "Les Tilleuls", "Le Pont")
        validated, entered, absent = [await factories.person(session, number, None) for number in (1, 2, 3)]
        event = await factories.event(session, validated, USUAL, DAY, EventState.VALIDATED)
        await factories.event(session, entered, USUAL, DAY, EventState.ENTERED)
    return Quarter(validated, entered, absent, event)


@pytest.fixture
def exporting(database: Database, tmp_path: Path) -> Export:
    """Export the campaign of December and read the workbook back."""

    async def exporting(
        actor: Actor = COMMAND_LINE,
        scope: str = "national",
        template: Template | None = None,
        *,
        events_only: bool = False,
    ) -> tuple[Exported, Workbook]:
        file = tmp_path / "export.xlsx"
        request = Request(DAY, scope, events_only)
        done = await export(database, actor, NOW, request, template or read_template(PACKAGED), file)
        return done, load_workbook(file)

    return exporting
