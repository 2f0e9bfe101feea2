"""`jalon reminders`: what would be sent at a moment, to whom and why; it sends nothing."""

from datetime import datetime
from typing import Annotated, Any

import typer

from bot.shell.console import AsJson, opened_database, print_json, run, settings
from models.base import french
from models.base.clock import PARIS
from reminders.due import due
from reminders.reasons import PARTS
from reminders.reminder import Reminder

BAD_MOMENT = "moment attendu : AAAA-MM-JJTHH:MM, avec ou sans décalage (+01:00)"
YEARS = range(2000, 2101)
BAD_YEAR = f"année attendue : de {YEARS[0]} à {YEARS[-1]}"
NOTHING = "Rien à envoyer à ce moment."


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("reminders")(reminders)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(BAD_MOMENT) from None
    if moment.year not in YEARS:
        raise typer.BadParameter(BAD_YEAR)
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def reminders(
    at: Annotated[datetime, typer.Option(parser=_moment, metavar="MOMENT", help="L’heure de Paris si rien n’est dit.")],
    as_json: AsJson = False,
) -> None:
    """Montre ce qui partirait à ce moment, à qui et pourquoi ; n’envoie rien.

    D’après la base telle qu’elle est : ce qui est déjà dit n’y est plus.
    """
    found = run(_due(at))
    if as_json:
        print_json([_document(reminder, at) for reminder in found])
        return
    if not found:
        typer.echo(NOTHING)
    for reminder in found:
        shown = _document(reminder, at)
        typer.echo(f"{shown['recipient']} ({PARTS[reminder.role]}, {_local(reminder, at)}) : {shown['reason']}")
        typer.echo("".join(f"    {line}\n" for line in shown["text"].splitlines()))


def _local(reminder: Reminder, at: datetime) -> str:
    """Return the moment as it is there: « jeudi 24 décembre 2026, 9 h 00 »."""
    there = at.astimezone(reminder.person.place.zone)
    weekday = french.weekday(there.date()).split()[0]
    return f"{weekday} {french.day_and_year(there.date())}, {there.hour} h {there.minute:02}"


async def _due(at: datetime) -> list[Reminder]:
    async with opened_database(settings()) as database, database.snapshot() as session:
        return await due(session, at)


def _document(reminder: Reminder, at: datetime) -> dict[str, Any]:
    zone = reminder.person.place.zone
    held = reminder.held_until
    return {
        "kind": reminder.kind.code,
        "recipient": reminder.person.recipient.email,
        "role": reminder.role,
        "local_time": at.astimezone(zone).isoformat(),
        "reason": reminder.reason,
        "text": reminder.screen.plain(),
        "held_until": held.astimezone(zone).isoformat() if held else None,
    }
