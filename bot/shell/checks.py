"""What `jalon doctor` looks at: each check says in French what it found, and never a secret."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from bot.shell.console import NO_KEY, WRONG_KEY
from bot.shell.telegram import TelegramRefused, bot_username
from models.base import french
from models.base.clock import PARIS, system_clock
from models.base.database import Database
from models.base.settings import Settings
from models.encryption.service import KeyMissing, KeyRefused, check_key
from models.meetings.texts import clock
from models.migrations.runner import pending
from models.notifications.heartbeats.repository import SCHEDULER, last_seen
from models.notifications.sender_lease.repository import held_until
from models.workbook.template import TemplateRefused, load_template
from tasks.notifications.mail import Mail, MailAddressRefused, MailFailed

REDIS_TIMEOUT_S = 5
SILENT_AFTER = timedelta(minutes=5)
"""The scheduler ticks every minute, and the sender lease is renewed every second."""


@dataclass(frozen=True)
class Check:
    """One thing looked at: its name, whether it is well, a line that says so; a `warning` fails nothing."""

    name: str
    ok: bool
    message: str
    warning: bool = False

    def as_dict(self) -> dict[str, str | bool]:
        """Return it as `jalon doctor --json` prints it."""
        return asdict(self)


async def run_checks() -> list[Check]:
    """Return every check, in order; with unreadable settings nothing else can be looked at."""
    try:
        settings = Settings()
    except ValidationError as error:
        names = ", ".join(f"JALON_{'_'.join(map(str, e['loc'])).upper()}" for e in error.errors())
        return [Check("settings", False, f"Réglage incorrect : {names}.")]
    # Asked first: no key is drawn beside a database that has one.
    database = await _database(settings)
    return [
        Check("settings", True, "Les réglages se lisent."),
        *(() if any(check.message == NO_KEY for check in database) else (_secret(settings),)),
        _template(settings),
        *database,
        await _redis(settings),
        await _telegram(settings),
        await _mail(settings),
    ]


def _secret(settings: Settings) -> Check:
    try:
        drawn = not settings.secret_key
        known = bool(settings.secret)
    except (OSError, UnicodeDecodeError):
        return Check("secret", False, "La clé du dossier JALON_DATA_DIR ne peut être ni lue ni écrite.")
    if not known:
        return Check("secret", False, "La clé de chiffrement est vide.")
    where = "tirée dans le dossier des données" if drawn else "donnée par JALON_SECRET_KEY"
    return Check("secret", True, f"Clé de chiffrement {where}.")


def _template(settings: Settings) -> Check:
    try:
        load_template(settings.data_dir)
    except TemplateRefused as refused:
        return Check("template", False, str(refused))
    return Check("template", True, "Le modèle des classeurs convient.")


async def _database(settings: Settings) -> list[Check]:
    try:
        database = Database(settings.database)
    except (ArgumentError, NoSuchModuleError, OSError):
        return _database_failed("L’adresse JALON_DATABASE_URL n’est pas valable.")
    try:
        missing = await pending(database)
        key = await _key(database, settings, migrated=not missing)
        signs = [] if missing else await signs_of_life(database, system_clock())
    except (OSError, DBAPIError):
        return _database_failed("La base de données est injoignable.")
    finally:
        await database.dispose()
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    if missing:
        migrations = Check("migrations", False, "La base n’est pas à jour : lancez « jalon migrate ».")
    else:
        migrations = Check("migrations", True, "La base est à jour.")
    return [Check("database", True, f"La base {kind} répond."), migrations, key, *signs]


async def _key(database: Database, settings: Settings, *, migrated: bool) -> Check:
    try:
        _ = settings.has_secret and settings.secret
    except (OSError, UnicodeDecodeError):
        return Check("key", False, "Non vérifiée : la clé ne peut pas être lue.")
    try:
        await check_key(database, settings, migrated=migrated, record=False)
    except KeyMissing:
        return Check("key", False, NO_KEY)
    except KeyRefused:
        return Check("key", False, WRONG_KEY)
    return Check("key", True, "La clé de chiffrement est celle de la base.")


async def signs_of_life(database: Database, now: datetime) -> list[Check]:
    """Return whether somebody schedules and somebody delivers: without them the bot answers, and tells nothing."""
    async with database.snapshot() as session:
        scheduled, delivered = await last_seen(session, SCHEDULER), await held_until(session)
    return [
        _alive("scheduler", scheduled, now, "Les rappels sont planifiés", "ne planifie les rappels", "jalon scheduler"),
        _alive("delivery", delivered, now, "Les messages sont envoyés", "n’envoie les messages", "jalon worker"),
    ]


def _alive(name: str, at: datetime | None, now: datetime, well: str, does: str, command: str) -> Check:
    if at is not None and now - at <= SILENT_AFTER:
        return Check(name, True, f"{well}.")
    local = at.astimezone(PARIS) if at else None
    since = f" depuis le {french.day_and_year(local.date())}, {clock(local.time())}" if local else ""
    return Check(name, True, f"Rien {does}{since} : lancez « {command} » ou « jalon run ».", warning=True)


def _database_failed(message: str) -> list[Check]:
    return [Check("database", False, message), Check("migrations", False, "Non vérifiées : base injoignable.")]


async def _redis(settings: Settings) -> Check:
    try:
        client = Redis.from_url(
            settings.redis_url, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S
        )
    except ValueError:
        return Check("redis", False, "L’adresse JALON_REDIS_URL n’est pas valable.")
    try:
        await client.get("jalon")
    except (OSError, RedisError):
        return Check("redis", False, "Redis est injoignable à l’adresse JALON_REDIS_URL.")
    finally:
        await client.aclose()
    return Check("redis", True, "Redis répond.")


async def _telegram(settings: Settings) -> Check:
    try:
        username = await bot_username(settings)
    except TelegramRefused as refused:
        return Check("telegram", False, str(refused))
    return Check("telegram", True, f"Le bot @{username} répond.")


async def _mail(settings: Settings) -> Check:
    if not settings.smtp_url:
        return Check("mail", True, "Pas d’envoi par e-mail : JALON_SMTP_URL n’est pas donnée.")
    try:
        await Mail(settings.smtp_url).check()
    except MailAddressRefused as refused:
        return Check("mail", False, str(refused))
    except MailFailed as failed:
        return Check("mail", False, f"Le serveur d’e-mail de JALON_SMTP_URL ne répond pas bien : {failed.cause}.")
    return Check("mail", True, "Le serveur d’e-mail répond.")
