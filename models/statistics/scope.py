"""What part of the country, or of a caseload, statistics are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.reference.scopes import Level, Scope
from models.statistics import texts

WIDE = frozenset({Level.NATIONAL, Level.REGION, Level.DEPARTEMENT})
"""The scopes whose parts are dispositifs; those of the others are structures."""

OF_DISPOSITIFS = WIDE | {Level.DISPOSITIF}
"""The scopes of whole dispositifs: what these confirm, and the page of the quarter, is theirs and of no part."""


@dataclass(frozen=True)
class NamedScope:
    """A scope, `national`, `region:84`, `structure:12`, `caseload`…, with its French name."""

    at: Scope
    name: str

    @property
    def level(self) -> Level:
        """How large it is."""
        return self.at.level

    @property
    def code(self) -> str:
        """Its code, empty where it needs none."""
        return self.at.code

    @property
    def text(self) -> str:
        """The scope as it is written in commands and grants."""
        return self.at.text


@dataclass(frozen=True)
class StatisticsScope:
    """A scope that the actor may see, and how the database knows it; a bound that is none bounds nothing.

    `individual`: the actor holds the data of these persons one by one. Where they do not, `held_ids` are the
    dispositifs whose data they hold by another role, and could subtract.
    """

    scope: NamedScope
    individual: bool
    dispositif_ids: Sequence[int] | None = None
    structure_id: int | None = None
    coach_id: int | None = None
    held_ids: frozenset[int] = frozenset()


def parsed(text: str) -> NamedScope | None:
    """Return the scope of that text, none if it is not one; dispositifs and structures are named by the database."""
    try:
        level, code = at = Scope.parse(text.strip())
    except ValueError:
        return None
    if not at.exists or (level is Level.STRUCTURE and not _may_be_number(code)):
        return None
    names = {
        Level.NATIONAL: texts.COUNTRY,
        Level.CASELOAD: texts.CASELOAD,
        Level.DEPARTEMENT: f"{at.name} ({code})",
    }
    return NamedScope(at, names.get(level, at.name))


def _may_be_number(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) < _DIGITS


_DIGITS = 10
"""Of a structure's number: a longer one is none that the database could hold."""
