"""Planning the reminders of a country, of its campaign and its meetings: a tick that tells everybody, one that finds
everybody told."""

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, insert, select

from benchmarks.databases import Copies, postgresql, sqlite
from benchmarks.results import Result, within
from models.accounts.tables import Role
from models.base.clock import PARIS
from models.base.database import Database
from models.base.gc_paused import gc_paused
from models.notifications.repository import notify_each
from models.tables import metadata
from reminders.due import due

COACHES, QUICK_COACHES = 10_000, 200
COACHES_EACH, PERSONS_EACH = 10, 10
"""Job coaches of a dispositif, and persons of a job coach."""

PAST = 3
"""Campaigns before the open one, in which every person has an event."""

ROUNDS = 3
MOST_S, MOST_STATEMENTS = 2.0, 20
DAY = date(2036, 12, 31)
J_7 = datetime(2036, 12, 24, 9, 0, tzinfo=PARIS)
CHUNK = 20_000


@dataclass(frozen=True)
class Ticked:
    """How long a tick took, its statements, how many it told."""

    seconds: float
    statements: int
    told: int


def reminder_results(coaches: int, rounds: int) -> list[Result]:
    """Return the figures on both databases, medians of the rounds."""
    return [result for opened in (sqlite, postgresql) for result in _on(opened, coaches, rounds)]


def _on(opened: Callable[[int, int], AbstractContextManager[Copies]], coaches: int, rounds: int) -> Sequence[Result]:
    with opened(1, 1) as copies:
        first, again = asyncio.run(_measured(copies, coaches, rounds))
    for ticked in (*first, *again):
        print(f"{copies.name} {ticked}", file=sys.stderr, flush=True)
    name = f"planning for {coaches:,} job coaches".replace(",", " ")
    return [
        _seconds(f"{name}, {copies.name}", first),
        within(f"{name}, statements, {copies.name}", first[0].statements, None, "statements", MOST_STATEMENTS),
        _seconds(f"{name} already told, {copies.name}", again),
    ]


def _seconds(name: str, ticked: Sequence[Ticked]) -> Result:
    return within(name, round(statistics.median(one.seconds for one in ticked), 2), None, "s", MOST_S)


async def _measured(copies: Copies, coaches: int, rounds: int) -> tuple[list[Ticked], list[Ticked]]:
    url = await copies.fresh()
    database = Database(url)
    await _country(database, coaches)
    first, again = [], []
    for _ in range(rounds):
        async with database.transaction() as session:
            await session.execute(metadata.tables["outbox_message"].delete())
        first.append(await _tick(database))
        again.append(await _tick(database))
    await database.dispose()
    await copies.drop(url)
    return first, again


async def _tick(database: Database) -> Ticked:
    """Plan and write, as the scheduler does."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    # Of a server both are one engine, which tells its listeners: two of them would count each statement twice.
    engines = {database.engine.sync_engine} | ({database._snapshots.sync_engine} if database.is_sqlite else set())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    began = time.perf_counter()
    with gc_paused():
        told = await _planned(database)
    seconds = time.perf_counter() - began
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    return Ticked(seconds, sum(not statement.startswith("BEGIN") for statement in statements), told)


async def _planned(database: Database) -> int:
    async with database.snapshot() as session:
        going = [r.notification(J_7) for r in await due(session, J_7) if r.held_until is None]
    async with database.transaction() as session:
        await notify_each(session, J_7, going)
    return len(going)


async def _country(database: Database, coaches: int) -> None:
    """Fill the database: dispositifs with a coordinator each, coaches, persons with their past, none entered yet."""
    dispositifs = coaches // COACHES_EACH
    now = datetime(2036, 12, 1, tzinfo=UTC)
    begin = await _highest(database)
    accounts = range(begin + 1, begin + 1 + coaches + dispositifs)
    numbers = range(begin + 1, begin + 1 + dispositifs)
    persons = range(begin + 1, begin + 1 + coaches * PERSONS_EACH)
    campaigns = range(begin + 1, begin + 2 + PAST)

    def reference(index: int) -> str:
        letters = "".join(chr(65 + index // 100 // 26**place % 26) for place in range(3))
        return f"{letters}{index % 100:02}"

    def coach(index: int) -> int:
        return accounts[index // PERSONS_EACH]

    await _fill(
        database,
        "account",
        [{"id": n, "email": f"{n}@exemple.fr", "channel_address": 5_000_000 + n, "created_at": now} for n in accounts],
    )
    await _fill(
        database,
        "dispositif",
        [
            {
                "id": n,
                "reference": reference(i),
                "departement_no": "69",
                "emails_conseillers": [],
                "statut": "en_activite",
            }
            for i, n in enumerate(numbers)
        ],
    )
    await _fill(database, "structure", [{"id": n, "dispositif_id": n, "name": "Les Tilleuls"} for n in numbers])
    await _fill(
        database,
        "role_grant",
        [
            {
                "account_id": n,
                "role": Role.JOB_COACH if i < coaches else Role.COORDINATOR,
                "scope": f"dispositif:{reference(i // COACHES_EACH if i < coaches else i - coaches)}",
                "granted_at": now,
            }
            for i, n in enumerate(accounts)
        ],
    )
    await _fill(
        database,
        "person",
        [
            {
                "id": n,
                "reference": f"{reference(i // PERSONS_EACH // COACHES_EACH)}{i:09}",
                "dispositif_id": numbers[i // PERSONS_EACH // COACHES_EACH],
                "structure_id": numbers[i // PERSONS_EACH // COACHES_EACH],
                "coach_id": coach(i),
                "entry_date": date(2030, 1, 1),
            }
            for i, n in enumerate(persons)
        ],
    )
    await _fill(
        database,
        "campaign",
        [
            {
                "id": number,
                "date": date(DAY.year - PAST + i, DAY.month, DAY.day),
                "opens": date(DAY.year - PAST + i, 12, 1),
                "closes": date(DAY.year - PAST + i + 1, 1, 15),
                "closed_at": now if i < PAST else None,
            }
            for i, number in enumerate(campaigns)
        ],
    )
    for number in campaigns[:-1]:
        await _fill(
            database,
            "event",
            [
                {
                    "person_id": person,
                    "campaign_id": number,
                    "statut": "suivi",
                    "niveau_soutien": "suivi",
                    "emploi_date": "cdi",
                    "formation_date": "sans_objet",
                    "emploi_mois": "cdi",
                    "formation_mois": "sans_objet",
                    "confirmations": {},
                    "state": "sent_up",
                    "revision": person,
                    "created_at": now,
                    "changed_at": now,
                }
                for person in persons
            ],
        )
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.execute("VACUUM ANALYZE")


async def _highest(database: Database) -> int:
    """Return a number above all those that the copy holds already."""
    highest = 0
    async with database.transaction() as session:
        for name in ("account", "dispositif", "structure", "person", "campaign"):
            numbers = await session.scalars(select(metadata.tables[name].c.id))
            highest = max(highest, *numbers, 0)
    return highest


async def _fill(database: Database, name: str, rows: Sequence[dict[str, Any]]) -> None:
    async with database.transaction() as session:
        for start in range(0, len(rows), CHUNK):
            await session.execute(insert(metadata.tables[name]), rows[start : start + CHUNK])
