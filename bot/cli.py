"""The `jalon` command line: one module of `bot/shell/` per group of commands.

aiogram takes seconds to import: nothing imported here may import it; a command that needs it does so inside.
"""

import sys
from importlib import import_module

import typer

from bot.shell import worker

app = typer.Typer(
    name="jalon",
    help="Jalon, l’assistant de terrain de l’emploi accompagné.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
worker.register(app)


GROUPS = (
    "running",
    "maintenance",
    "workbook",
    "export",
    "campaigns",
    "accounts",
    "meetings",
    "population",
    "chart",
    "reminders",
    "stats",
)


def _register_others() -> None:
    for group in GROUPS:
        import_module(f"bot.shell.{group}").register(app)


if sys.argv[1:2] != ["worker"]:
    # A worker starts within a second and stays small: it leaves the other commands out.
    _register_others()
