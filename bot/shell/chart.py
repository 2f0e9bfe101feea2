"""`jalon chart`: a picture, or the one-page report, as a file."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.shell.console import ends_with, opened_database, parsed_day, refuse, run, settings
from bot.shell.places import OF_FIGURES, examples, scope_among
from models.accounts.permissions import COMMAND_LINE
from models.base.clock import local_day, system_clock
from models.reference.scopes import NATIONAL
from models.statistics.charts.catalogue import CHARTS, Chart, chart_named
from models.statistics.charts.readings import Asked
from models.statistics.charts.reports import report
from models.statistics.choices import usual_day
from models.statistics.errors import StatisticsRefused

REPORT = "report"
NO_CAMPAIGN = "Aucune remontée n’a encore été ouverte."
PNG, PDF = ".png", ".pdf"
UNWRITABLE = "Le fichier {file} ne peut pas être écrit."
WRITTEN = "{file} : {size} Ko."
REPORT_LABEL = "La page du trimestre, en PDF"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("chart")(chart)


def chart(
    name: Annotated[str | None, typer.Argument(help="Le nom de l’image ; « report » : la page.", metavar="NOM")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FICHIER", help="Le fichier .png (report : .pdf) à écrire.")
    ] = None,
    campaign: Annotated[
        date | None,
        typer.Option(parser=parsed_day, metavar="DATE", help="La date de la remontée ; sans elle, la dernière."),
    ] = None,
    scope: Annotated[
        str, typer.Option(parser=scope_among(OF_FIGURES), metavar="PÉRIMÈTRE", help=examples(OF_FIGURES))
    ] = NATIONAL,
    listing: Annotated[bool, typer.Option("--list", help="Liste les images, et s’arrête là.")] = False,
) -> None:
    """Dessine une image des chiffres, ou la page du trimestre."""
    if listing:
        for one in CHARTS.values():
            typer.echo(f"{one.name:<22}{one.label}")
        typer.echo(f"{REPORT:<22}{REPORT_LABEL}")
        return
    if name is None or output is None:
        raise typer.BadParameter("indiquez une image et le fichier à écrire, ou --list", param_hint="NOM -o FICHIER")
    suffix = PDF if name == REPORT else PNG
    ends_with(suffix, output)
    try:
        chosen = None if name == REPORT else chart_named(name)
        content, words = run(_drawn(chosen, campaign, scope))
    except StatisticsRefused as refused:
        refuse(str(refused))
    try:
        output.write_bytes(content)
    except OSError:
        refuse(UNWRITABLE.format(file=output.name))
    if words:
        typer.echo(words)
    typer.echo(WRITTEN.format(file=output, size=-(-len(content) // 1000)))


async def _drawn(chosen: Chart | None, campaign: date | None, scope: str) -> tuple[bytes, str]:
    """Return the file and the two lines of words; matplotlib is imported here, for nobody else."""
    now = system_clock()
    async with opened_database(settings()) as database, database.transaction() as session:
        # Not before the database is open: at its very first import matplotlib says that it looks for fonts.
        from tasks.statistics.pictures.drawing import png  # noqa: PLC0415
        from tasks.statistics.pictures.sheet import pdf  # noqa: PLC0415

        live = chosen is not None and chosen.live
        day = campaign or await usual_day(session, local_day(now), live=live)
        if day is None:
            refuse(NO_CAMPAIGN)
        asked = Asked(session, COMMAND_LINE, day, scope, now)
        if chosen is None:
            return pdf(await report(asked)), ""
        picture = await chosen.read(asked)
        if picture.empty:
            refuse(picture.sentence)
        return png(picture), picture.words
