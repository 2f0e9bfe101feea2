"""What was exported is imported elsewhere and exported again: cell for cell equal."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import delete

from models.accounts.permissions import COMMAND_LINE, Actor, Grant
from models.accounts.tables import Account, Role
from models.base.database import Database
from models.dispositifs.tables import Dispositif, Structure
from models.events.tables import Event, EventHistory
from models.persons.tables import Person
from models.workbook.exports.service import Request, export
from models.workbook.exports.tables import Export, ExportedEvent
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.reading.sheets import read_workbook
from models.workbook.template import PACKAGED, read_template
from tests.workbook.books import DISPOSITIF, EVENT, PERSON
from tests.workbook.conftest import NOW, Import

DAY = date(2026, 12, 31)


async def exported(database: Database, file: Path) -> dict[str, list[tuple[Any, ...]]]:
    await export(database, COMMAND_LINE, NOW, Request(DAY, "national"), read_template(PACKAGED), file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file).worksheets}


async def test_an_export_comes_back_as_it_left(load: Import, database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        account = Account(email="coordination@exemple.fr", created_at=NOW)
        session.add(account)
        await session.flush()
        coordinator = Actor(account.id, (Grant(Role.COORDINATOR, "dispositif:ABC01"),))
    dispositif = {**DISPOSITIF, "disp_nom": "+ Rhône", "disp_capacite": 40, "disp_etp_total": 2.5}
    persons = [
        {**PERSON, "pers_reference": f"84ABC01{number:07d}", "pers_dispositif": "ABC01"} for number in range(1, 30)
    ]
    assert not (await load(dispositifs=[dispositif])).refused
    plan = await load(
        coordinator,
        persons=persons,
        events=[{**EVENT, "evt_personne": person["pers_reference"], "evt_date": DAY} for person in persons],
    )
    assert not plan.refused
    first = await exported(database, tmp_path / "premier.xlsx")
    assert len(first["Évènements"]) == 30
    async with database.transaction() as session:
        for table in (ExportedEvent, Export, Event, EventHistory, Person, Structure, Dispositif):
            await session.execute(delete(table))
    raw = read_workbook(tmp_path / "premier.xlsx")
    async with database.transaction() as session:
        plan = await plan_import(session, COMMAND_LINE, NOW, raw)
        assert plan.findings.errors == []
        await apply_plan(session, COMMAND_LINE, NOW, plan)
        assert plan.dispositifs[0].after.nom == dispositif["disp_nom"]
    async with database.transaction() as session:
        plan = await plan_import(session, coordinator, NOW, raw)
        assert plan.findings.errors == []
        await apply_plan(session, coordinator, NOW, plan)
    assert await exported(database, tmp_path / "second.xlsx") == first
