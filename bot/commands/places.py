"""The scope that a command of the figures is given."""

import typer

from models.scopes import Level, Scope

ACCEPTED = frozenset(Level) - {Level.CASELOAD}
"""Nobody's own persons: a command has none."""

EXPECTED = "national, region:84, departement:69, dispositif:ABC01 ou structure:12."
BAD_SCOPE = f"périmètre attendu : {EXPECTED.rstrip('.')}"


def parsed_scope(text: str) -> str:
    """Return the text of a scope; one that is written otherwise is wrong usage, whether the place exists or not."""
    try:
        return Scope.parse(text.strip(), ACCEPTED).text
    except ValueError as error:
        raise typer.BadParameter(BAD_SCOPE) from error
