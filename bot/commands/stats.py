"""`jalon stats`: the indicators of a scope at a campaign's date."""

from datetime import date
from typing import Annotated, Any

import typer

from bot.commands.console import AsJson, opened_database, parsed_day, print_json, refuse, run, settings
from models.accounts.rights import COMMAND_LINE, NATIONAL
from models.french import day_and_year
from models.screens import typeset
from models.statistics import texts
from models.statistics.errors import StatisticsRefused
from models.statistics.printed import decimal, written
from models.statistics.service import indicators
from models.statistics.sheet import Sheet, Value

JSON_DECIMALS = 2


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("stats")(stats)


def stats(
    campaign: Annotated[date, typer.Option(parser=parsed_day, metavar="DATE", help="La date de la remontée.")],
    scope: Annotated[
        str,
        typer.Option(
            help="national, region:84, departement:69, dispositif:ABC01 ou structure:12.", metavar="PÉRIMÈTRE"
        ),
    ] = NATIONAL,
    as_json: AsJson = False,
) -> None:
    """Donne les indicateurs publiés, avec leurs définitions."""
    try:
        sheet = run(_sheet(campaign, scope))
    except StatisticsRefused as refused:
        refuse(str(refused))
    if as_json:
        print_json(_document(sheet))
        return
    for line in _lines(sheet):
        typer.echo(typeset(line))


async def _sheet(campaign: date, scope: str) -> Sheet:
    async with opened_database(settings()) as database, database.snapshot() as session:
        return await indicators(session, COMMAND_LINE, campaign, scope)


def _document(sheet: Sheet) -> dict[str, Any]:
    return {
        "campaign": sheet.campaign.isoformat(),
        "scope": sheet.scope.text,
        "name": sheet.scope.name,
        "population": sheet.population,
        "validated_share": sheet.validated_share,
        "indicators": {number: _indicator(value) for number, value in sheet.values.items()},
    }


def _indicator(value: Value) -> dict[str, Any]:
    indicator = value.indicator
    return {
        "title": indicator.title,
        "value": _rounded(value.value),
        "unit": indicator.unit,
        "denominator": value.denominator,
        "definition": indicator.definition,
        "population": indicator.population,
        "convention": indicator.convention,
        "computed": indicator.computed,
        "methods": {name: _rounded(one) for name, one in value.methods.items()},
        "missing": indicator.missing,
        "masked": value.masked,
        "note": value.note,
    }


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, JSON_DECIMALS)


def _lines(sheet: Sheet) -> list[str]:
    lines = [texts.HEAD.format(scope=sheet.scope.name, date=day_and_year(sheet.campaign))]
    if sheet.validated_share is not None:
        lines.append(texts.VALIDATED.format(share=sheet.validated_share))
    for number, value in sheet.values.items():
        of = texts.OUT_OF.format(denominator=value.denominator) if value.denominator else ""
        lines += ["", f"{number}  {value.indicator.title} : {written(value)}{of}"]
        lines.append(f"     {value.indicator.definition} {value.indicator.population}.")
        lines.append(f"     {value.indicator.convention}")
        if value.note:
            lines.append(f"     {value.note}")
        for name, one in value.methods.items():
            told = decimal(one, value.indicator.decimals)
            lines.append(f"     {texts.METHOD.format(name=texts.METHODS.get(name, name.capitalize()), value=told)}")
    return lines
