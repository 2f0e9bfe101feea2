"""The scope that a command is given: `national`, `region:84`…"""

from collections.abc import Callable, Sequence

from bot.shell.console import refuse
from models.reference.scopes import COMMON, Level, Scope

_EXAMPLES = {
    Level.NATIONAL: "national",
    Level.REGION: "region:84",
    Level.DEPARTEMENT: "departement:69",
    Level.DISPOSITIF: "dispositif:ABC01",
    Level.STRUCTURE: "structure:12",
}

OF_FIGURES = (*COMMON, Level.STRUCTURE)
"""Nobody's own persons: a command has none."""


def examples(levels: Sequence[Level]) -> str:
    """Return « national, region:84 ou departement:69. », as a command's help says it."""
    *first, last = (_EXAMPLES[level] for level in levels)
    return f"{', '.join(first)} ou {last}."


def scope_among(levels: Sequence[Level]) -> Callable[[str], str]:
    """Return what reads a scope of these levels, and refuses one written otherwise."""

    def parsed(text: str) -> str:
        try:
            return Scope.parse(text.strip(), levels).text
        except ValueError:
            refuse(f"Périmètre attendu : {examples(levels)}")

    return parsed
