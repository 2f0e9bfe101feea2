"""`jalon export` and `jalon sent-up`: the validated data leave, and are known to have left."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.shell.console import (
    AsJson,
    ends_with,
    opened_database,
    parsed_day,
    print_json,
    refuse,
    run,
    settings,
    template,
)
from bot.shell.places import examples, scope_among
from models.accounts.permissions import COMMAND_LINE
from models.base.clock import system_clock
from models.base.french import count
from models.reference.scopes import COMMON, NATIONAL
from models.workbook.exports import texts
from models.workbook.exports.dry_run import Counts, DryRun
from models.workbook.exports.eligibility import LeftOut
from models.workbook.exports.scope import ExportRefused
from models.workbook.exports.service import Exported, Request, declare_sent_up, dry_run, sha256_of
from models.workbook.exports.service import export as write_export
from models.workbook.template import Template


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("export")(export)
    app.command("sent-up")(sent_up)


def export(
    campaign: Annotated[date, typer.Option(parser=parsed_day, metavar="DATE", help="La date de la remontée.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FICHIER", help="Le classeur .xlsx à écrire.")
    ] = None,
    scope: Annotated[
        str, typer.Option(parser=scope_among(COMMON), metavar="PÉRIMÈTRE", help=examples(COMMON))
    ] = NATIONAL,
    events_only: Annotated[
        bool,
        typer.Option("--events-only", help="Les évènements seuls, sans les fiches des dispositifs et des personnes."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Répétition : liste ce qui bloque et ce qui reste, n’écrit rien.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Écrit le classeur national des évènements validés d’une campagne."""
    if output is None and not dry_run:
        raise typer.BadParameter("indiquez le classeur à écrire", param_hint="-o")
    if output is not None:
        ends_with(".xlsx", output)
    asked, spelled = Request(campaign, scope, events_only), template(settings())
    try:
        if output is None or dry_run:
            _tell_rehearsal(run(_rehearse(asked)), spelled, as_json=as_json)
        else:
            _tell(run(_export(asked, spelled, output)), as_json=as_json)
    except ExportRefused as refused:
        refuse(str(refused))


def sent_up(file: Annotated[Path, typer.Argument(help="Le classeur exporté.", metavar="FICHIER")]) -> None:
    """Déclare qu’un classeur exporté est remonté : ses évènements ne repartent plus."""
    now = system_clock()
    try:
        sha256 = sha256_of(file)
    except OSError:
        refuse(texts.UNREADABLE.format(file=file.name))

    async def work() -> int:
        async with opened_database(settings()) as database, database.transaction() as session:
            return await declare_sent_up(session, COMMAND_LINE, now, sha256)

    try:
        frozen = run(work())
    except ExportRefused as refused:
        refuse(str(refused))
    typer.echo(f"Classeur remonté : {count(frozen, 'évènement')} {'figés' if frozen > 1 else 'figé'}.")


async def _rehearse(request: Request) -> DryRun:
    async with opened_database(settings()) as database:
        return await dry_run(database, COMMAND_LINE, request)


async def _export(request: Request, spelled: Template, output: Path) -> Exported:
    async with opened_database(settings()) as database:
        try:
            return await write_export(database, COMMAND_LINE, system_clock(), request, spelled, output)
        except OSError:
            refuse(texts.UNWRITABLE.format(file=output.name))


def _tell(exported: Exported, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "file": str(exported.file),
                "sha256": exported.sha256,
                "rows": vars(exported.counts),
                "left_out": _left_out(exported.left_out),
            }
        )
        return
    _tell_left_out(exported.left_out)
    if exported.corrections:
        typer.echo(f"{count(len(exported.corrections), 'valeur')} à corriger à la main dans l’outil national.")
    typer.echo(f"{_counted(exported.counts)}.")
    typer.echo(f"SHA-256  {exported.sha256}")


def _tell_rehearsal(rehearsal: DryRun, spelled: Template, *, as_json: bool) -> None:
    labels = spelled.labels
    blocking = [
        {
            "reference": one.reference,
            "sheet": labels[cell.indicator][0],
            "column": labels[cell.indicator][1],
            "rule": cell.rule,
            "message": cell.message,
        }
        for one in rehearsal.left_out
        for cell in one.blocking
    ]
    if as_json:
        print_json(
            {
                "file": None,
                "sha256": None,
                "rows": vars(rehearsal.counts),
                "left_out": _left_out(rehearsal.left_out),
                "blocking": blocking,
            }
        )
        return
    for cell in blocking:
        typer.echo("bloque   {reference}  {sheet}, {column} : {message} ({rule})".format(**cell))
    _tell_left_out(rehearsal.left_out)
    typer.echo(f"Répétition, rien n’est écrit : {_counted(rehearsal.counts)}.")


def _tell_left_out(left_out: Sequence[LeftOut]) -> None:
    for one in left_out:
        typer.echo(f"reste    {one.reference}  {one.reason}")


def _left_out(left_out: Sequence[LeftOut]) -> list[dict[str, Any]]:
    return [{"reference": one.reference, "reason": one.reason} for one in left_out]


def _counted(counts: Counts) -> str:
    return ", ".join(
        (
            count(counts.dispositifs, "dispositif"),
            count(counts.personnes, "personne"),
            count(counts.evenements, "évènement"),
        )
    )
