"""`jalon campaign`: open, list, close."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from bot.shell.console import AsJson, opened_database, parsed_day, print_json, refuse, run, settings
from models.accounts.permissions import COMMAND_LINE
from models.base.clock import local_day, system_clock
from models.campaigns import repository, service, texts
from models.campaigns.service import CampaignRefused
from models.campaigns.tables import Campaign

Day = Annotated[date, typer.Argument(parser=parsed_day, metavar="DATE", help="La date de la remontée, AAAA-MM-JJ.")]

campaign = typer.Typer(
    help="Les campagnes de remontée.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(campaign, name="campaign")


@campaign.command("open")
def open_(
    day: Day,
    opens: Annotated[
        date | None,
        typer.Option(parser=parsed_day, metavar="DATE", help="Premier jour de saisie ; aujourd’hui si absent."),
    ] = None,
    closes: Annotated[
        date | None,
        typer.Option(parser=parsed_day, metavar="DATE", help="Dernier jour de saisie ; non fixé si absent."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ouvre la campagne de cette date."""
    now = system_clock()

    async def work() -> Campaign:
        async with opened_database(settings()) as database, database.transaction() as session:
            return await service.open_new(session, COMMAND_LINE, now, day, opens=opens, closes=closes)

    try:
        opened = run(work())
    except CampaignRefused as refused:
        refuse(str(refused))
    _tell(opened, now, as_json=as_json)


@campaign.command("close")
def close(day: Day, as_json: AsJson = False) -> None:
    """Clôt la campagne de cette date : on n’y saisit plus."""
    now = system_clock()

    async def work() -> Campaign:
        async with opened_database(settings()) as database, database.transaction() as session:
            return await service.close(session, COMMAND_LINE, now, day)

    try:
        closed = run(work())
    except CampaignRefused as refused:
        refuse(str(refused))
    _tell(closed, now, as_json=as_json)


@campaign.command("list")
def list_(as_json: AsJson = False) -> None:
    """Liste les campagnes, la plus récente d’abord."""
    now = system_clock()

    async def work() -> list[Campaign]:
        async with opened_database(settings()) as database, database.transaction() as session:
            return list(await repository.all_campaigns(session))

    campaigns = run(work())
    if as_json:
        print_json([_document(one, now) for one in campaigns])
        return
    for one in campaigns:
        typer.echo(_line(one, now))


def _tell(one: Campaign, now: datetime, *, as_json: bool) -> None:
    if as_json:
        print_json(_document(one, now))
    else:
        typer.echo(_line(one, now))


def _document(one: Campaign, now: datetime) -> dict[str, Any]:
    return {
        "date": one.date.isoformat(),
        "opens": one.opens.isoformat(),
        "closes": None if one.closes is None else one.closes.isoformat(),
        "closed_at": None if one.closed_at is None else one.closed_at.isoformat(),
        "state": service.state(one, local_day(now)),
    }


def _line(one: Campaign, now: datetime) -> str:
    state = texts.STATES[service.state(one, local_day(now))]
    until = f"jusqu’au {texts.day(one.closes)}" if one.closes else "fin non fixée"
    return f"{texts.day(one.date)}  {state:<8}  du {texts.day(one.opens)}, {until}"
