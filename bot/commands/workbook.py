"""`jalon import`: a workbook of the national format."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.console import AsJson, opened_database, print_json, refuse, run, settings
from models.accounts.rights import COMMAND_LINE
from models.clock import system_clock
from models.workbook.findings import Finding
from models.workbook.records import Count, Plan
from models.workbook.refusals import UnreadableWorkbook
from models.workbook.report import write_report
from models.workbook.service import apply_plan, plan_import
from models.workbook.sheets import RawWorkbook, read_workbook

SHEET_NAMES = {
    "dispositifs": "Dispositifs",
    "personnes": "Personnes accompagnées",
    "evenements": "Évènements",
    "affectations": "Affectations",
}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import")(import_file)


def import_file(
    file: Annotated[Path, typer.Argument(help="Le classeur .xlsx.", metavar="FICHIER")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vérifie seulement, n’écrit rien.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Écrit le classeur avec ses cellules à corriger annotées.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Charge un classeur du format national : tout ou rien."""
    try:
        raw = read_workbook(file)
    except UnreadableWorkbook as error:
        refuse(str(error))
    plan = run(_import(raw, dry_run=dry_run))
    applied = not (plan.refused or dry_run)
    if report is not None:
        try:
            write_report(file, plan.findings, report)
        except OSError:
            refuse(f"Le rapport {report.name} ne peut pas être écrit.")
        except UnreadableWorkbook as error:
            refuse(str(error))
    if as_json:
        print_json(_document(plan, applied=applied))
    else:
        _print(plan, applied=applied)
    if plan.refused:
        number = len(plan.findings.errors)
        refuse(f"Import refusé, rien n’est écrit : {number} cellule{'s' * (number > 1)} à corriger.")


async def _import(raw: RawWorkbook, *, dry_run: bool) -> Plan:
    now = system_clock()
    async with opened_database(settings()) as database, database.transaction() as session:
        plan = await plan_import(session, COMMAND_LINE, now, raw)
        if not (plan.refused or dry_run):
            await apply_plan(session, COMMAND_LINE, now, plan)
    return plan


def _document(plan: Plan, *, applied: bool) -> dict[str, Any]:
    # Refused, it does nothing at all: what its sound rows would have done is no answer.
    counts = {name: Count(0, 0, 0) if plan.refused else count for name, count in plan.counts()}
    return {
        "applied": applied,
        "created": sum(count.created for count in counts.values()),
        "updated": sum(count.updated for count in counts.values()),
        "unchanged": sum(count.unchanged for count in counts.values()),
        "errors": [finding.as_dict() for finding in plan.findings.errors],
        "warnings": [finding.as_dict() for finding in plan.findings.warnings],
        "by_sheet": {
            name: {"created": count.created, "updated": count.updated, "unchanged": count.unchanged}
            for name, count in counts.items()
        },
    }


def _print(plan: Plan, *, applied: bool) -> None:
    for finding in plan.findings.errors:
        typer.echo(f"erreur         {_line(finding)}")
    for finding in plan.findings.warnings:
        typer.echo(f"avertissement  {_line(finding)}")
    if plan.refused:
        return
    for name, count in plan.counts():
        typer.echo(
            f"{SHEET_NAMES[name]:<24}"
            f"créés {count.created:>6}   modifiés {count.updated:>6}   inchangés {count.unchanged:>6}"
        )
    typer.echo("Classeur chargé." if applied else "Vérification seule : rien n’est écrit.")


def _line(finding: Finding) -> str:
    value = f" « {finding.value} »" if finding.value else ""
    return f"{finding.sheet}, ligne {finding.row}, {finding.column}{value} : {finding.message} ({finding.rule})"
