"""`jalon seed`: a synthetic population."""

from typing import Annotated

import typer

from bot.shell.console import AsJson, opened_database, print_json, refuse, run, settings
from models.base.clock import system_clock
from models.base.french import count
from models.population.service import NotEmpty, Planted, Size, plant

PERSONS_PER_DISPOSITIF = 100


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("seed")(seed)


def seed(
    persons: Annotated[int, typer.Option(min=1, max=1_000_000, help="Personnes accompagnées.")] = 200,
    dispositifs: Annotated[
        int | None, typer.Option(min=1, max=10_000, help="Dispositifs ; un pour cent personnes si absent.")
    ] = None,
    campaigns: Annotated[int, typer.Option(min=1, max=40, help="Campagnes, dont la dernière est ouverte.")] = 4,
    number: Annotated[int, typer.Option("--seed", help="La même graine donne la même population.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Remplit une base vide d’une population inventée, reproductible."""
    places = dispositifs or -(-persons // PERSONS_PER_DISPOSITIF)
    size = Size(persons=persons, dispositifs=places, campaigns=campaigns, seed=number)
    now = system_clock()

    async def work() -> Planted:
        async with opened_database(settings()) as database, database.transaction() as session:
            return await plant(session, now, size)

    try:
        planted = run(work())
    except NotEmpty as refused:
        refuse(str(refused))
    if as_json:
        print_json({**vars(planted), "seed": number})
    else:
        typer.echo(
            f"{count(planted.dispositifs, 'dispositif')}, {count(planted.persons, 'personne')}, "
            f"{count(planted.accounts, 'compte')}, {count(planted.campaigns, 'campagne')}, "
            f"{count(planted.events, 'évènement')}."
        )
