"""`jalon migrate` and `jalon doctor`: the schema, and whether everything needed is there."""

import typer

from bot.shell.checks import Check, run_checks
from bot.shell.console import AsJson, opened_database, print_json, refuse, run, settings
from models.migrations.runner import migrate as apply_migrations
from models.migrations.runner import pending


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("migrate")(migrate)
    app.command("doctor")(doctor)


def migrate(as_json: AsJson = False) -> None:
    """Met la base de données à jour."""

    async def work() -> list[str]:
        async with opened_database(settings(), migrated=False) as database:
            missing = await pending(database)
            await apply_migrations(database)
            return missing

    applied = run(work())
    if as_json:
        print_json({"applied": applied})
    elif applied:
        typer.echo(f"Base mise à jour : {', '.join(applied)}.")
    else:
        typer.echo("La base est à jour.")


def doctor(as_json: AsJson = False) -> None:
    """Vérifie les réglages, la base, Redis et le jeton du bot."""
    checks = run(run_checks())
    failed = [check for check in checks if not check.ok]
    if as_json:
        print_json({"ok": not failed, "checks": [check.as_dict() for check in checks]})
    else:
        for check in checks:
            typer.echo(_line(check))
    if failed:
        number = len(failed)
        refuse(f"{number} vérification{'s' * (number > 1)} en échec.")


def _line(check: Check) -> str:
    found = ("avis" if check.warning else "ok") if check.ok else "échec"
    return f"{found:<5}  {check.name:<12} {check.message}"
