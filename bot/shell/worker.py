"""`jalon worker`, apart from the other commands: a worker imports nothing that it does not use."""

import typer

from bot.shell.console import NO_TOKEN, check_opening, refuse, run, settings


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.callback()(_commands)
    app.command("worker")(worker)


def worker() -> None:
    """Un ouvrier seul, jusqu’à son arrêt : travaux demandés, messages à envoyer."""
    from bot.worker import main  # noqa: PLC0415

    of = settings()
    if not of.telegram_token:
        refuse(NO_TOKEN)
    run(check_opening(of))
    main(of)


def _commands() -> None:
    """Keep `worker` a command where it is the only one."""
