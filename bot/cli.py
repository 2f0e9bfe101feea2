"""The `jalon` command line: one module of `bot/commands/` per group of commands.

aiogram takes seconds to import: nothing imported here may import it; a command that needs it does so inside.
"""

import typer

from bot.commands import accounts, campaigns, export, maintenance, population, running, workbook

app = typer.Typer(
    name="jalon",
    help="Jalon, l’assistant de terrain de l’emploi accompagné.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
running.register(app)
maintenance.register(app)
workbook.register(app)
export.register(app)
campaigns.register(app)
accounts.register(app)
population.register(app)
