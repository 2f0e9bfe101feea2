"""`jalon invite` and `jalon revoke`: who may use the assistant."""

from typing import Annotated

import typer

from bot.shell.console import AsJson, opened_database, print_json, refuse, run, settings
from bot.shell.places import examples, scope_among
from bot.shell.telegram import TelegramRefused, bot_username
from models.accounts import service
from models.accounts.permissions import COMMAND_LINE
from models.accounts.service import VALIDITY, AccountRefused
from models.accounts.tables import Role
from models.base.clock import system_clock
from models.reference.scopes import COMMON, Level

Email = Annotated[str, typer.Option(help="L’adresse e-mail de la personne.")]
ONE_SCOPE = "Indiquez --dispositif ou --scope, pas les deux."


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("invite")(invite)
    app.command("revoke")(revoke)


def invite(
    email: Email,
    role: Annotated[Role, typer.Option(help="Le rôle donné.")],
    dispositif: Annotated[str | None, typer.Option(help="Le dispositif, par exemple ABC01.")] = None,
    scope: Annotated[
        str | None,
        typer.Option(parser=scope_among(COMMON), metavar="PÉRIMÈTRE", help=f"Le périmètre : {examples(COMMON)}"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Affiche un lien d’invitation, valable une fois et 14 jours."""
    if dispositif is not None and scope is not None:
        raise typer.BadParameter(ONE_SCOPE)
    now = system_clock()

    async def work() -> tuple[str, str]:
        configured = settings()
        async with opened_database(configured) as database:
            # Asked first: an invitation whose link cannot be printed must not exist.
            username = await bot_username(configured)
            async with database.transaction() as session:
                where = Level.DISPOSITIF.scope(dispositif) if dispositif is not None else scope
                return username, await service.invite(session, COMMAND_LINE, now, email, role, where)

    try:
        username, token = run(work())
    except (AccountRefused, TelegramRefused) as refused:
        refuse(str(refused))
    link = f"https://t.me/{username}?start={token}"
    if as_json:
        print_json({"link": link, "expires_at": (now + VALIDITY).isoformat()})
    else:
        typer.echo(link)


def revoke(email: Email, as_json: AsJson = False) -> None:
    """Retire tout accès à une personne, aussitôt."""
    now = system_clock()

    async def work() -> str:
        async with opened_database(settings()) as database, database.transaction() as session:
            return (await service.revoke(session, COMMAND_LINE, now, email)).email

    try:
        address = run(work())
    except AccountRefused as refused:
        refuse(str(refused))
    if as_json:
        print_json({"email": address, "revoked": True})
    else:
        typer.echo(f"{address} n’a plus accès.")
