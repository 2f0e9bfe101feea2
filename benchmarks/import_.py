"""60,000 events from a workbook into a database, with all rules, beside a bare read and one bulk INSERT.

The peer reads the same sheet with python-calamine, looks its persons and campaigns up, and inserts its events in one
statement, as fast as the driver takes them: no check of the file, no rule, no comparison with what stands, no
history, no way back.
Each run has a process of its own, and a copy of the same SQLite database.
"""

import asyncio
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook
from sqlalchemy import insert, select
from sqlmodel import col

from benchmarks.processes import ROOT
from benchmarks.results import Result, at_most, within
from models.accounts.permissions import COMMAND_LINE
from models.base.bulk import insert_all
from models.base.columns import EncryptedText
from models.base.database import Database
from models.base.metadata import table
from models.base.revision import new_revision
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.form import QUESTIONS
from models.events.tables import Event, EventState
from models.migrations.runner import migrate
from models.persons.tables import Person
from models.reference.nomenclature import EMPLOI_DATE, EMPLOI_MOIS, EVENEMENTS, NIVEAU, CellKind, Emploi
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.reading.sheets import read_workbook

ROWS = 60_000
DAYS = (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SECRET = "measured"
ROUNDS = 3
MOST_TIMES = 4.0
MOST_MB = 400.0


def import_results(rows: int = ROWS, rounds: int = ROUNDS) -> list[Result]:
    """Measure both, by turns; return time and memory side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(_prepared(folder / "start.db", rows))
        _write(folder / "events.xlsx", rows)
        runs: dict[str, list[tuple[float, float]]] = {"ours": [], "peer": []}
        for _ in range(rounds):
            for side, done in runs.items():
                done.append(_apart(side, folder))
    ours, peer = (median(seconds for seconds, _ in runs[side]) for side in ("ours", "peer"))
    memory, bare = (max(megabytes for _, megabytes in runs[side]) for side in ("ours", "peer"))
    what = f"import of {rows:,} events, all rules"
    return [
        at_most(what, ours, peer, "s", MOST_TIMES),
        within(f"{what}: peak memory", round(memory, 1), round(bare, 1), "MB", MOST_MB),
    ]


def _apart(side: str, folder: Path) -> tuple[float, float]:
    database = shutil.copy(folder / "start.db", folder / f"{side}.db")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.import_", side, database, folder / "events.xlsx"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


async def _prepared(file: Path, rows: int) -> None:
    """Make the database both start from: three campaigns that are over, a third as many persons as rows."""
    EncryptedText.use_secret(SECRET)
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    async with database.transaction() as session:
        session.add_all(Campaign(date=day, opens=day - timedelta(20), closes=day + timedelta(20)) for day in DAYS)
        dispositif = Dispositif(reference="ABC01", nom="Emploi accompagné du Rhône")
        session.add(dispositif)
        await session.flush()
        assert dispositif.id is not None
        structure = Structure(dispositif_id=dispositif.id, name="Les Tilleuls")
        session.add(structure)
        await session.flush()
        await session.execute(
            insert(Person),
            [
                {"reference": reference, "dispositif_id": dispositif.id, "structure_id": structure.id}
                for reference in _references(rows)
            ],
        )
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("COMMIT")
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await database.dispose()


def _references(rows: int) -> list[str]:
    return [f"84ABC01{number:07d}" for number in range(rows // len(DAYS))]


def _cells(rows: int) -> Iterator[dict[str, Any]]:
    levels, jobs = list(NIVEAU.values())[:2], list(Emploi)
    for number, reference in enumerate(_references(rows)):
        for place, day in enumerate(DAYS):
            job = jobs[(number + place) % len(jobs)]
            yield {
                "evt_dispositif_concerne": "Emploi accompagné du Rhône",
                "evt_region": "Auvergne-Rhône-Alpes",
                "evt_personne": reference,
                "evt_structure": "Les Tilleuls",
                "evt_statut": "Suivi par le dispositif",
                "evt_niveau_soutien": levels[(number + place) % len(levels)],
                "evt_emploi_date": EMPLOI_DATE[job],
                "evt_formation_date": "formation" if job == Emploi.ALTERNANCE else "sans objet",
                "evt_emploi_mois": EMPLOI_MOIS[job],
                "evt_formation_mois": "Sans objet",
                "evt_date": day,
            }


def _write(file: Path, rows: int) -> None:
    with xlsxwriter.Workbook(file) as workbook:
        days = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet(EVENEMENTS.title)
        sheet.write_row(0, 0, [indicator.label for indicator in EVENEMENTS.indicators])
        for number, row in enumerate(_cells(rows), start=1):
            for place, indicator in enumerate(EVENEMENTS.indicators):
                cell = row.get(indicator.id)
                if cell is not None and indicator.kind == CellKind.DATE:
                    sheet.write_datetime(number, place, cell, days)
                elif cell is not None:
                    sheet.write_string(number, place, cell)


async def _ours(database: Database, file: Path) -> None:
    raw = read_workbook(file)
    async with database.transaction() as session:
        plan = await plan_import(session, COMMAND_LINE, NOW, raw)
        await apply_plan(session, COMMAND_LINE, NOW, plan)


async def _peer(database: Database, file: Path) -> None:
    places = {indicator.id: place for place, indicator in enumerate(EVENEMENTS.indicators)}
    codes = {
        question.field: {label: code for code, label in (question.indicator.choices or {}).items()}
        for question in QUESTIONS
    }
    with CalamineWorkbook.from_path(str(file)) as workbook:
        _, *lines = workbook.get_sheet_by_name(EVENEMENTS.title).to_python()
    async with database.transaction() as session:
        persons = dict((await session.execute(select(col(Person.reference), col(Person.id)))).tuples().all())
        campaigns = dict((await session.execute(select(col(Campaign.date), col(Campaign.id)))).tuples().all())
        rows: list[dict[str, Any]] = [
            {
                "person_id": persons[str(line[places["evt_personne"]])],
                "campaign_id": campaigns[line[places["evt_date"]]],  # type: ignore[index]
                **{field: known[str(line[places[f"evt_{field}"]])] for field, known in codes.items()},
                "confirmations": {},
                "state": EventState.SENT_UP,
                "revision": new_revision(),
                "created_at": NOW,
                "changed_at": NOW,
            }
            for line in lines
        ]
        await insert_all(session, table(Event), rows)


async def _measured(side: str, url: str, file: Path) -> None:
    EncryptedText.use_secret(SECRET)
    database = Database(url)
    async with database.transaction():
        pass  # connected, as a worker is
    started = time.perf_counter()
    await (_ours if side == "ours" else _peer)(database, file)
    seconds = time.perf_counter() - started
    await database.dispose()
    sys.stdout.write(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.stdout.write("\n".join(map(str, import_results())) + "\n")
    else:
        asyncio.run(_measured(sys.argv[1], f"sqlite+aiosqlite:///{sys.argv[2]}", Path(sys.argv[3])))
