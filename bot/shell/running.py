"""`jalon bot`, `scheduler`, `run`, `demo`, `simulator`: what keeps running until it is stopped."""

import asyncio
import socket
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated

import typer

from bot.logs import configure_logs
from bot.shell.console import NO_TOKEN, check_opening, opened_database, refuse, run, settings, template
from bot.shell.telegram import REFUSED, TelegramRefused, bot_username
from bot.supervisor import Child, stop_on_signals, supervise
from models.base.gc_paused import spare_what_is_there
from models.base.settings import Settings

DEMO_TOKEN = "1000001:demonstration-locale"  # noqa: S105 - the local Telegram lets any token in
DEMO_BOT = "jalon_demo_bot"
NOT_THE_DEMO = "Cette base contient d’autres données : la démonstration demande une base à elle (--data-dir)."
PORT_TAKEN = "Le port {port} est déjà pris : choisissez-en un autre avec --port."

Port = Annotated[int, typer.Option(min=1, max=65535, help="Le port, sur cette machine seulement.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("bot")(bot)
    app.command("scheduler")(scheduler)
    app.command("run")(run_all)
    app.command("demo")(demo)
    app.command("simulator")(simulator)


def bot() -> None:
    """Le bot seul, jusqu’à son arrêt."""
    of = settings()
    if not of.telegram_token:
        refuse(NO_TOKEN)
    configure_logs(of.log_format)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_bot(of))


def scheduler() -> None:
    """L’ordonnanceur seul, jusqu’à son arrêt : les rappels, écrits à leur heure."""
    from bot.scheduler import main  # noqa: PLC0415

    of = settings()
    run(check_opening(of))
    main(of)


def run_all() -> None:
    """Jalon sur le vrai Telegram : tous ses processus, relancés au besoin."""
    of = settings()
    if not of.telegram_token:
        refuse(NO_TOKEN)
    configure_logs(of.log_format)
    run(_run_all(of))


def demo(
    port: Port = 8080,
    data_dir: Annotated[Path | None, typer.Option(help="Le dossier des données de la démonstration.")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Repart des données de départ.")] = False,
) -> None:
    """Tout en un, sans jeton : un Telegram local et des données d’exemple."""
    of = settings()
    of = of.model_copy(update={"data_dir": data_dir or of.data_dir / "demo"})
    if reset and not of.database_url:
        for suffix in ("", "-wal", "-shm"):
            (of.data_dir / f"jalon.db{suffix}").unlink(missing_ok=True)
    configure_logs(of.log_format)
    run(_demo(of, port))


def simulator(port: Port = 8081) -> None:
    """Le Telegram local seul."""
    configure_logs(settings().log_format)
    run(_simulator(port))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return what makes the bot's event loop: uvloop where it exists, since most of a tap is sockets."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415

    return uvloop.new_event_loop


async def _bot(of: Settings) -> None:
    # Imported here: aiogram takes seconds, and no other command needs it.
    from bot.service import bot_service  # noqa: PLC0415

    await _ready(of)
    stop = stop_on_signals()
    async with bot_service(of) as service:
        spare_what_is_there()
        await service.run(stop)


async def _ready(of: Settings) -> None:
    """Refuse to start on an old schema, a wrong template or an unknown token; a silent Telegram is waited for."""
    template(of)
    async with opened_database(of):
        pass
    try:
        await bot_username(of)
    except TelegramRefused as refused:
        if str(refused) == REFUSED:
            refuse(REFUSED)


async def _run_all(of: Settings) -> None:
    await _ready(of)
    await supervise(_children(), stop_on_signals())


async def _demo(of: Settings, port: int) -> None:
    from bot.demo_data import INVITED, PHONES, NotTheDemo, fill  # noqa: PLC0415
    from bot.redis_server import local_redis  # noqa: PLC0415
    from models.base.clock import system_clock  # noqa: PLC0415
    from models.migrations.runner import migrate  # noqa: PLC0415
    from simulator import SimulatorSettings, running  # noqa: PLC0415

    async with opened_database(of, migrated=False) as database:
        await migrate(database)
        try:
            token = await fill(database, system_clock(), of.data_dir)
        except NotTheDemo:
            refuse(NOT_THE_DEMO)
    async with AsyncExitStack() as stack:
        redis_url = stack.enter_context(local_redis())
        people = [(telegram_id, first_name) for telegram_id, first_name, *_ in (*PHONES, INVITED)]
        linked = [telegram_id for telegram_id, *_ in PHONES]
        try:
            local = await stack.enter_async_context(
                running(port=port, settings=SimulatorSettings(token=DEMO_TOKEN), people=people, known=linked)
            )
        except OSError:
            refuse(PORT_TAKEN.format(port=port))
        typer.echo(f"Jalon, démonstration : ouvrez {local.url}/ (Ctrl-C pour arrêter)")
        if token is not None:
            link = f"https://t.me/{DEMO_BOT}?start={token}"
            await _note(f"{local.url}/sim/users/{INVITED[0]}/note", link)
            typer.echo(f"Téléphone {INVITED[0]}, invitation à ouvrir : {link}")
        pages = _free_port()
        environment = {
            "JALON_HTTP_PORT": str(pages),
            "JALON_PUBLIC_URL": f"http://127.0.0.1:{pages}",
            "JALON_TELEGRAM_TOKEN": DEMO_TOKEN,
            "JALON_TELEGRAM_API_URL": local.url,
            "JALON_DATA_DIR": str(of.data_dir),
            "JALON_REDIS_URL": redis_url,
            "JALON_WEBHOOK_SECRET": "",
        }
        await supervise(_children(environment), stop_on_signals())


async def _note(address: str, link: str) -> None:
    """Put the invitation on its phone, as the e-mail that a person would receive."""
    import aiohttp  # noqa: PLC0415

    note = {"text": "Votre invitation à rejoindre Jalon.", "url": link}
    async with aiohttp.ClientSession() as client, client.post(address, json=note) as answer:
        answer.raise_for_status()


async def _simulator(port: int) -> None:
    from simulator import running  # noqa: PLC0415

    try:
        async with running(port=port) as local:
            typer.echo(f"Telegram local : {local.url}/ (Ctrl-C pour arrêter)")
            await stop_on_signals().wait()
    except OSError:
        refuse(PORT_TAKEN.format(port=port))


def _free_port() -> int:
    """Return a port for the pages where workbooks are fetched and sent."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(environment: dict[str, str] | None = None) -> list[Child]:
    """Return what runs side by side."""
    names = ("bot", "worker", "scheduler")
    return [Child(name, [sys.executable, "-m", "bot", name], environment or {}) for name in names]
