"""A database with campaigns, and importing into it as the command line does."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models.accounts.permissions import COMMAND_LINE, Actor
from models.base.database import Database
from models.campaigns.tables import Campaign
from models.workbook.imports.records import Plan
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.reading.sheets import read_workbook
from tests.workbook.books import DISPOSITIF, OTHER, Row, write

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
Import = Callable[..., Coroutine[Any, Any, Plan]]


@pytest.fixture
async def campaigns(database: Database) -> None:
    """Two campaigns that are over (June, September), the open one of December, one to come."""
    async with database.transaction() as session:
        session.add_all(
            [
                Campaign(date=date(2026, 6, 30), opens=date(2026, 6, 15), closes=date(2026, 7, 31)),
                Campaign(date=date(2026, 9, 30), opens=date(2026, 9, 15), closed_at=NOW),
                Campaign(date=date(2026, 12, 31), opens=date(2026, 11, 15), closes=date(2027, 1, 31)),
                Campaign(date=date(2027, 3, 31), opens=date(2027, 3, 15)),
            ]
        )


@pytest.fixture
def load(database: Database, campaigns: None, tmp_path: Path) -> Import:
    """Import a workbook of these rows; what is refused writes nothing."""

    async def load(actor: Actor = COMMAND_LINE, **rows: Sequence[Row]) -> Plan:
        raw = read_workbook(write(tmp_path / "classeur.xlsx", **rows))
        async with database.transaction() as session:
            plan = await plan_import(session, actor, NOW, raw)
            if not plan.refused:
                await apply_plan(session, actor, NOW, plan)
        return plan

    return load


@pytest.fixture
async def loaded(load: Import) -> Import:
    """The same, in a database that has two dispositifs."""
    plan = await load(dispositifs=[DISPOSITIF, OTHER])
    assert plan.findings.errors == []
    return load
