"""A key that is not the database's: every command but `doctor` refuses in one sentence, and nothing is written."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from alembic.command import downgrade
from sqlalchemy import delete, select, text
from typer.main import get_command

from bot.cli import app
from bot.shell.console import NO_KEY, WRONG_KEY
from models.base.database import Database
from models.encryption.tables import KeyCheck
from models.tables import metadata
from tests.data.make_demo import FILE
from tests.migrations.test_review import go
from tests.shell.conftest import Jalon, document, refusal
from tests.shell.test_commands import open_past_campaigns

OTHER = "another"
COMMANDS: dict[str, tuple[object, ...]] = {
    "bot": (),
    "scheduler": (),
    "worker": (),
    "run": (),
    "demo": (),
    "migrate": (),
    "import": (FILE,),
    "export": ("--campaign", "2026-03-31", "-o", "export.xlsx"),
    "sent-up": (FILE,),
    "invite": ("--email", "a@exemple.fr", "--role", "admin"),
    "revoke": ("--email", "a@exemple.fr"),
    "register": (),
    "seed": ("--persons", "10"),
    "chart": ("emploi", "-o", "chart.png"),
    "reminders": ("--at", "2026-12-24T09:00"),
    "stats": ("--campaign", "2026-03-31"),
    "campaign open": ("2026-12-31",),
    "campaign close": ("2026-03-31",),
    "campaign list": (),
}
WITHOUT_DATABASE = {"simulator"}


def names() -> set[str]:
    found = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # a group of click's
        inner = getattr(command, "commands", None)
        found.update({name} if inner is None else {f"{name} {one}" for one in inner})
    return found


def test_no_command_is_forgotten_here() -> None:
    assert names() == set(COMMANDS) | WITHOUT_DATABASE | {"doctor"}


def done(url: str, work: Callable[[Database], Coroutine[Any, Any, Any]]) -> Any:
    async def opened() -> Any:
        database = Database(url)
        try:
            return await work(database)
        finally:
            await database.dispose()

    return asyncio.run(opened())


async def _contents(database: Database) -> str:
    async with database.engine.connect() as connection:
        tables = {
            table.name: [list(map(str, row)) for row in await connection.execute(text(f'SELECT * FROM "{table.name}"'))]
            for table in metadata.sorted_tables
        }
    return json.dumps(tables, sort_keys=True)


async def _forget_key(database: Database) -> None:
    """Leave the database as a former version has it: nothing in it tells its key."""
    async with database.transaction() as session:
        await session.execute(delete(KeyCheck))


async def _checks(database: Database) -> int:
    async with database.transaction() as session:
        return len((await session.scalars(select(KeyCheck))).all())


def give(environment: pytest.MonkeyPatch, key: str | None) -> None:
    """Set the key, or none."""
    if key is None:
        environment.delenv("JALON_SECRET_KEY")
    else:
        environment.setenv("JALON_SECRET_KEY", key)


@pytest.fixture
def filled(jalon: Jalon, environment: pytest.MonkeyPatch) -> Jalon:
    """An installation with persons, whose key is « test »."""
    open_past_campaigns(jalon)
    assert jalon("import", FILE).exit_code == 0
    return jalon


@pytest.mark.parametrize(("key", "said"), [(OTHER, WRONG_KEY), (None, NO_KEY)])
def test_every_command_refuses_and_nothing_is_written(
    key: str | None, said: str, filled: Jalon, environment: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    before = done(database_url, _contents)
    give(environment, key)
    for name, arguments in COMMANDS.items():
        assert (name, refusal(filled(*name.split(), *arguments))) == (name, said)
    assert done(database_url, _contents) == before
    assert not list(tmp_path.rglob("*.key"))
    give(environment, "test")
    assert filled("campaign", "list").exit_code == 0


@pytest.mark.parametrize(("key", "said"), [(OTHER, WRONG_KEY), (None, NO_KEY)])
def test_the_doctor_says_it(
    key: str | None, said: str, filled: Jalon, environment: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    before = done(database_url, _contents)
    give(environment, key)
    checks = {check["name"]: check for check in document(filled("doctor", "--json"))["checks"]}
    assert checks["key"] == {"name": "key", "ok": False, "message": said, "warning": False}
    assert done(database_url, _contents) == before
    assert not list(tmp_path.rglob("*.key"))


def test_a_database_of_a_former_version_takes_no_other_key(
    filled: Jalon, environment: pytest.MonkeyPatch, database_url: str
) -> None:
    done(database_url, _forget_key)
    give(environment, OTHER)
    for command in ("migrate", "worker", "campaign list"):
        assert refusal(filled(*command.split())) == WRONG_KEY
    assert done(database_url, _checks) == 0
    give(environment, "test")
    assert filled("campaign", "list").exit_code == 0
    assert done(database_url, _checks) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nor_does_its_migration(filled: Jalon, environment: pytest.MonkeyPatch, database_url: str) -> None:
    async def former(database: Database) -> None:
        await go(database, downgrade, "0012")

    done(database_url, former)
    give(environment, OTHER)
    assert refusal(filled("migrate")) == WRONG_KEY
    assert not {c["name"]: c["ok"] for c in document(filled("doctor", "--json"))["checks"]}["key"]
    give(environment, "test")
    assert document(filled("migrate", "--json")) == {"applied": ["0013", "0014"]}
    assert filled("stats", "--campaign", "2026-03-31").exit_code == 0
    give(environment, OTHER)
    assert refusal(filled("worker")) == WRONG_KEY


def test_an_empty_database_takes_the_key_of_its_first_opening(
    jalon: Jalon, environment: pytest.MonkeyPatch, database_url: str
) -> None:
    give(environment, OTHER)
    assert jalon("campaign", "list").exit_code == 0
    give(environment, "test")
    assert refusal(jalon("campaign", "list")) == WRONG_KEY


def test_a_key_that_wrote_stays_among_those_given(filled: Jalon, environment: pytest.MonkeyPatch) -> None:
    give(environment, "new, test")
    assert filled("campaign", "list").exit_code == 0
    for alone in ("new", "test"):
        give(environment, alone)
        assert refusal(filled("campaign", "list")) == WRONG_KEY
    give(environment, "test,new")
    assert filled("stats", "--campaign", "2026-03-31").exit_code == 0


def test_a_key_drawn_at_the_first_opening_is_the_databases(
    jalon: Jalon, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    give(environment, None)
    assert jalon("campaign", "list").exit_code == 0
    drawn = tmp_path / "data" / "secret.key"
    key = drawn.read_text(encoding="ascii")
    assert jalon("campaign", "list").exit_code == 0
    drawn.unlink()
    assert refusal(jalon("campaign", "list")) == NO_KEY
    give(environment, key)
    assert jalon("campaign", "list").exit_code == 0
