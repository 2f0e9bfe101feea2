"""`jalon register`: what became of the meetings the texts require, as lines or as a workbook."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.shell.console import AsJson, ends_with, opened_database, parsed_day, print_json, refuse, run, settings
from bot.shell.places import examples, scope_among
from models.accounts.permissions import COMMAND_LINE
from models.base.clock import local_day, system_clock
from models.base.french import agree, count
from models.entry.service import Unknown
from models.meetings.obligations import register as registers
from models.meetings.obligations.register import RegisterLine
from models.meetings.texts import PlanningRefusal, why_not
from models.reference.scopes import COMMON, NATIONAL

WRITTEN = "{lines} {written} dans {file}."
ENDS_BEFORE = "la dernière période précède la première"
NOT_WRITTEN = "Le fichier {file} ne peut pas être écrit."


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("register")(register_)


def register_(
    first: Annotated[
        date | None,
        typer.Option("--from", parser=parsed_day, metavar="DATE", help="Première période ; le 1er janvier si absent."),
    ] = None,
    last: Annotated[
        date | None,
        typer.Option("--to", parser=parsed_day, metavar="DATE", help="Dernière période ; aujourd’hui si absent."),
    ] = None,
    scope: Annotated[
        str, typer.Option(parser=scope_among(COMMON), metavar="PÉRIMÈTRE", help=examples(COMMON))
    ] = NATIONAL,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Le classeur à écrire.")] = None,
    as_json: AsJson = False,
) -> None:
    """Montre le registre des réunions obligatoires, et ce qui prouve chaque ligne."""
    today = local_day(system_clock())
    begins, ends = first or today.replace(month=1, day=1), last or today
    if ends < begins:
        raise typer.BadParameter(ENDS_BEFORE, param_hint="--to")
    if output is not None:
        ends_with(".xlsx", output)

    async def work() -> list[RegisterLine]:
        async with opened_database(settings()) as database, database.transaction() as session:
            return await registers.register(session, COMMAND_LINE, today, scope, begins, ends)

    try:
        lines = run(work())
    except Unknown:
        refuse(why_not(PlanningRefusal.UNKNOWN_SCOPE))
    if output is not None:
        try:
            registers.write(output, lines)
        except OSError:
            refuse(NOT_WRITTEN.format(file=output))
    if as_json:
        print_json([_document(line) for line in lines])
    elif output is not None:
        typer.echo(WRITTEN.format(lines=count(len(lines), "ligne"), written=agree(len(lines), "écrite"), file=output))
    else:
        for line in lines:
            typer.echo(registers.said(line))


def _document(line: RegisterLine) -> dict[str, Any]:
    meeting, report = line.meeting, line.report
    return {
        "period": line.due.period.name,
        "scope": line.due.scope,
        "kind": line.due.kind.code,
        "obligation": line.due.kind.number,
        "state": line.due.state,
        "day": meeting.day.isoformat() if meeting else None,
        "meeting": meeting.state if meeting else None,
        "invited_on": line.invited_on.isoformat() if line.invited_on else None,
        "invitations": line.delivery or None,
        "present": line.present or None,
        "examined": dict(report.examined) if report else None,
        "subsidiarity": report.subsidiarity if report else None,
        "own_structure": dict(report.own_structure) if report else None,
        "signed_on": line.signed_on.isoformat() if line.signed_on else None,
        "signed_by": line.signed_by,
        "addenda": [day.isoformat() for day in line.addenda],
        "cancelled_on": line.cancelled_on.isoformat() if line.cancelled_on else None,
    }
