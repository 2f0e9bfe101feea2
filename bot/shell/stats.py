"""`jalon stats`: all figures of a scope at a campaign's date, as the chat gives them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from bot.shell.console import AsJson, opened_database, parsed_day, print_json, refuse, run, settings
from bot.shell.places import OF_FIGURES, examples, scope_among
from models.accounts.permissions import COMMAND_LINE
from models.base.french import agree, day_and_year
from models.base.screens import typeset
from models.reference.scopes import NATIONAL
from models.statistics import texts
from models.statistics.all_figures import AllFigures, all_figures
from models.statistics.errors import StatisticsRefused
from models.statistics.numbers import rounded
from models.statistics.printed import decimal, row, written
from models.statistics.sheet import Capacity, Completeness, Distribution, IndicatorTable, Value

JSON_DECIMALS = 2


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("stats")(stats)


def stats(
    campaign: Annotated[date, typer.Option(parser=parsed_day, metavar="DATE", help="La date de la remontée.")],
    scope: Annotated[
        str, typer.Option(parser=scope_among(OF_FIGURES), metavar="PÉRIMÈTRE", help=examples(OF_FIGURES))
    ] = NATIONAL,
    as_json: AsJson = False,
) -> None:
    """Donne les indicateurs publiés, avec leurs définitions.

    Puis l'avancement, la capacité et les répartitions.
    """
    try:
        found = run(_everything(campaign, scope))
    except StatisticsRefused as refused:
        refuse(str(refused))
    if as_json:
        print_json(_document(found))
        return
    lines = [*_lines(found.sheet), *_completeness_lines(found), *_capacity_lines(found.capacity)]
    for line in (*lines, *(line for one in found.distributions for line in _distribution_lines(one))):
        typer.echo(typeset(line))


async def _everything(campaign: date, scope: str) -> AllFigures:
    async with opened_database(settings()) as database, database.snapshot() as session:
        return await all_figures(session, COMMAND_LINE, campaign, scope)


def _document(found: AllFigures) -> dict[str, Any]:
    sheet = found.sheet
    of_lines = {per.value: [asdict(line) for line in lines] for per, lines in found.completeness.items()}
    return {
        "campaign": sheet.campaign.isoformat(),
        "scope": sheet.scope.text,
        "name": sheet.scope.name,
        "population": sheet.population,
        "validated_share": sheet.validated_share,
        "indicators": {number: _indicator(value) for number, value in sheet.values.items()},
        "completeness": {"total": asdict(found.total), **of_lines},
        "capacity": {**asdict(found.capacity), "use": _rounded(found.capacity.use)},
        "distributions": {one.by.value: _distribution(one) for one in found.distributions},
    }


def _distribution(of: Distribution) -> dict[str, Any]:
    return {
        "title": of.title,
        "population": of.population,
        "total": of.total,
        "masked": of.masked,
        "rows": [{**asdict(row), "share": _rounded(row.share)} for row in of.rows],
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
    return value if value is None or isinstance(value, int) else float(rounded(value, JSON_DECIMALS))


def _lines(sheet: IndicatorTable) -> list[str]:
    lines = [texts.HEAD.format(scope=sheet.scope.name, date=day_and_year(sheet.campaign))]
    if sheet.validated_share is not None:
        lines.append(texts.VALIDATED.format(share=sheet.validated_share))
    for number, value in sheet.values.items():
        of = texts.OUT_OF.format(denominator=decimal(value.denominator, 0)) if value.denominator else ""
        lines += ["", f"{number}  {value.indicator.title} : {written(value)}{of}"]
        lines.append(f"     {value.indicator.definition} {value.indicator.population}.")
        lines.append(f"     {value.indicator.convention}")
        if value.note:
            lines.append(f"     {value.note}")
        for name, one in value.methods.items():
            told = decimal(one, value.indicator.decimals)
            lines.append(f"     {texts.METHOD.format(name=texts.METHODS.get(name, name.capitalize()), value=told)}")
    return lines


def _completeness_lines(found: AllFigures) -> list[str]:
    lines = ["", texts.COMPLETENESS, f"     {_progress(found.total)}"]
    for per, parts in found.completeness.items():
        lines += ["", texts.PER[per], *(f"     {_progress(part)}" for part in parts)]
    return lines


def _progress(of: Completeness) -> str:
    if of.expected is None or of.entered is None:
        return f"{of.label} : {texts.MASKED_VALUE}"
    parts = [(of.entered, "saisie"), (of.validated, "validée"), (of.on_time, "à temps"), (of.late, "en retard")]
    told = ", ".join(_counted(count, word) for count, word in parts)
    loaded = texts.LOADED.format(count=decimal(of.loaded, 0)) if of.loaded else ""
    return f"{of.label} : {_counted(of.expected, 'attendue')}, {told}{loaded}"


def _counted(count: int | None, word: str) -> str:
    return f"{decimal(count, 0)} {word if word in texts.INVARIABLE else agree(count or 0, word)}"


def _capacity_lines(of: Capacity) -> Sequence[str]:
    if not of.dispositifs:
        return ()  # a structure has no figures of its own
    confirmed = texts.CONFIRMED.format(confirmed=of.confirmed, dispositifs=of.dispositifs)
    figures = (of.capacite, of.followed, of.liste_attente, of.sans_suite)
    lines = [f"     {label} : {decimal(value, 0)}" for label, value in zip(texts.CAPACITY, figures, strict=True)]
    use = f"     {texts.USE} : {decimal(of.use, 0)}{' %' if of.use is not None else ''}"
    return ["", f"{texts.CAPACITY_HEAD} ({confirmed})", *lines, use]


def _distribution_lines(of: Distribution) -> list[str]:
    total = texts.MASKED_VALUE if of.total is None else decimal(of.total, 0)
    head = texts.DISTRIBUTION.format(title=of.title, total=total)
    return ["", head, f"     {of.population}.", *(f"     {row(one)}" for one in of.rows)]
