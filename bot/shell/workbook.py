"""`jalon import`: a workbook of the national format, and undoing an import."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.shell.console import AsJson, opened_database, print_json, refuse, run, settings
from models.accounts.permissions import COMMAND_LINE
from models.base.clock import system_clock
from models.workbook.findings import Finding
from models.workbook.imports.records import Count, Plan
from models.workbook.imports.report import write_report
from models.workbook.imports.service import apply_plan, plan_import
from models.workbook.imports.undoing import Undone, undo_import
from models.workbook.reading.sheets import RawWorkbook, read_workbook
from models.workbook.refusals import UndoRefused, UnreadableWorkbook

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
    file: Annotated[Path | None, typer.Argument(help="Le classeur .xlsx.", metavar="FICHIER")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Vérifie seulement, n’écrit rien.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Écrit le classeur avec ses cellules à corriger annotées.")
    ] = None,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="NUMÉRO", help="Annule en entier l’import de ce numéro.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Charge un classeur du format national : tout ou rien.

    Avec --undo, annule en entier un import déjà chargé, tant que rien n’y a changé depuis.
    """
    if (file is None) == (undo is None):
        raise typer.BadParameter("un fichier, ou --undo et un numéro d’import", param_hint="FICHIER")
    if undo is not None:
        _undo(undo, as_json=as_json)
    if file is not None:
        _load(file, dry_run=dry_run, report=report, as_json=as_json)


def _load(file: Path, *, dry_run: bool, report: Path | None, as_json: bool) -> None:
    try:
        raw = read_workbook(file)
    except UnreadableWorkbook as error:
        refuse(str(error))
    plan, number = run(_import(raw, dry_run=dry_run))
    if report is not None:
        try:
            write_report(file, plan.findings, report)
        except OSError:
            refuse(f"Le rapport {report.name} ne peut pas être écrit.")
        except UnreadableWorkbook as error:
            refuse(str(error))
    if as_json:
        print_json(_document(plan, number))
    else:
        _print(plan, number)
    if plan.refused:
        errors = len(plan.findings.errors)
        refuse(f"Import refusé, rien n’est écrit : {errors} cellule{'s' * (errors > 1)} à corriger.")


def _undo(number: int, *, as_json: bool) -> None:
    try:
        undone = run(_take_back(number))
    except UndoRefused as error:
        refuse(str(error))
    if as_json:
        print_json({"import": number, "undone": True, "removed": undone.removed, "restored": undone.restored})
    else:
        typer.echo(f"Import {number} annulé : lignes retirées {undone.removed}, remises {undone.restored}.")


async def _take_back(number: int) -> Undone:
    async with opened_database(settings()) as database, database.transaction() as session:
        return await undo_import(session, COMMAND_LINE, system_clock(), number)


async def _import(raw: RawWorkbook, *, dry_run: bool) -> tuple[Plan, int | None]:
    now = system_clock()
    async with opened_database(settings()) as database, database.transaction() as session:
        plan = await plan_import(session, COMMAND_LINE, now, raw)
        if plan.refused or dry_run:
            return plan, None
        return plan, await apply_plan(session, COMMAND_LINE, now, plan)


def _document(plan: Plan, number: int | None) -> dict[str, Any]:
    # Refused, it does nothing at all: what its sound rows would have done is no answer.
    counts = {name: Count(0, 0, 0) if plan.refused else count for name, count in plan.counts()}
    return {
        "applied": number is not None,
        "import": number,
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


def _print(plan: Plan, number: int | None) -> None:
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
    if number is None:
        typer.echo("Vérification seule : rien n’est écrit.")
    else:
        typer.echo(f"Pour l’annuler en entier : jalon import --undo {number}")
        typer.echo("Classeur chargé.")


def _line(finding: Finding) -> str:
    value = f" « {finding.value} »" if finding.value else ""
    return f"{finding.sheet}, ligne {finding.row}, {finding.column}{value} : {finding.message} ({finding.rule})"
