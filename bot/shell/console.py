"""What every command shares: the database it opens, what it prints, how it refuses.

A command exits 0 on success, 1 on refusal with one line on standard error, 2 on wrong usage (Typer). With
`--json`, standard output holds one JSON document and nothing else.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)

from models.base.columns import EncryptedText
from models.base.database import Database, database_exists
from models.base.settings import Settings
from models.encryption.service import KeyMissing, KeyRefused, check_key
from models.workbook.template import Template, TemplateRefused, load_template

ResultT = TypeVar("ResultT")

AsJson = Annotated[bool, typer.Option("--json", help="Affiche un document JSON, et rien d’autre.")]

NO_TOKEN = "Le jeton du bot manque : réglez JALON_TELEGRAM_TOKEN (BotFather le donne)."  # noqa: S105
NOT_MIGRATED = "La base n’est pas à jour : lancez « jalon migrate »."
NO_DATABASE = "La base de données est injoignable ; « jalon doctor » dit pourquoi."
WRONG_KEY = (
    "La clé de chiffrement (JALON_SECRET_KEY, sinon secret.key dans JALON_DATA_DIR) n’est pas celle de cette base, "
    "ou il en manque une : rien n’est écrit, remettez celle d’origine."
)
NO_KEY = (
    "La clé de chiffrement de cette base manque : rien n’est écrit, réglez JALON_SECRET_KEY ou remettez secret.key "
    "dans JALON_DATA_DIR."
)
CHANGED_MEANWHILE = "Les données ont changé entre-temps, rien n’est écrit : recommencez."
BAD_SETTINGS = "Réglage incorrect : {names}."
BAD_SUFFIX = "le fichier est un {suffix}, et non un {other}"
BAD_DATE = "date attendue : AAAA-MM-JJ ou jj/mm/aaaa"


def refuse(message: str) -> NoReturn:
    """Print the reason on standard error, on one line, and exit 1."""
    typer.echo(" ".join(message.split()), err=True)
    raise typer.Exit(1)


def ends_with(suffix: str, output: Path) -> None:
    """Refuse, as wrong usage, to write a file whose name has another ending; one without any is taken as it is."""
    if output.suffix.lower() not in {suffix, ""}:
        raise typer.BadParameter(BAD_SUFFIX.format(suffix=suffix, other=output.suffix), param_hint="-o")


def print_json(document: Any) -> None:
    """Print the one JSON document of a command."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def settings() -> Settings:
    """Return the settings; a value that cannot be is refused."""
    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(f"JALON_{'_'.join(map(str, e['loc'])).upper()}" for e in error.errors())
        refuse(BAD_SETTINGS.format(names=names))


def template(of: Settings) -> Template:
    """Return the template of the workbooks; an administrator's own that cannot serve is refused."""
    try:
        return load_template(of.data_dir)
    except TemplateRefused as error:
        refuse(str(error))


@asynccontextmanager
async def opened_database(of: Settings, *, migrated: bool = True) -> AsyncIterator[Database]:
    """Give the database of the settings and close it.

    One that is not up to date is refused, and none is begun; so is a key that is not the database's.
    """
    async with _opened(of, begins=not migrated) as database:
        missing = await _pending(database)
        if missing and migrated:
            refuse(NOT_MIGRATED)
        await _take_key(database, of, migrated=not missing)
        yield database


async def check_opening(of: Settings) -> None:
    """Refuse a key that is not the database's, for a process that opens it itself and knows nothing of migrations."""
    async with _opened(of, begins=True) as database:
        await _take_key(database, of, migrated=False)


@asynccontextmanager
async def _opened(of: Settings, *, begins: bool) -> AsyncIterator[Database]:
    try:
        if not begins and not database_exists(of.database):
            refuse(NOT_MIGRATED)
        database = Database(of.database)
    except (ArgumentError, NoSuchModuleError, OSError):
        refuse(NO_DATABASE)
    try:
        yield database
    except IntegrityError:
        refuse(CHANGED_MEANWHILE)
    except (OperationalError, InterfaceError):
        refuse(NO_DATABASE)
    finally:
        await database.dispose()


async def _take_key(database: Database, of: Settings, *, migrated: bool) -> None:
    try:
        await check_key(database, of, migrated=migrated)
        EncryptedText.use_secret(of.secret)
    except KeyRefused:
        refuse(WRONG_KEY)
    except KeyMissing:
        refuse(NO_KEY)
    except (OSError, DBAPIError):
        refuse(NO_DATABASE)


async def _pending(database: Database) -> list[str]:
    from models.migrations.runner import pending  # noqa: PLC0415 - a worker does without

    try:
        return await pending(database)
    except (OSError, DBAPIError):
        # What the driver says may hold the address and its password.
        refuse(NO_DATABASE)


def run(work: Coroutine[Any, Any, ResultT]) -> ResultT:
    """Run the asynchronous part of a command."""
    return asyncio.run(work)


def parsed_day(text: str) -> date:
    """Return the day written AAAA-MM-JJ or jj/mm/aaaa; another text is wrong usage."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    raise typer.BadParameter(BAD_DATE)
