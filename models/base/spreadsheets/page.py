"""What is to be written: pages of columns, whose rows come one by one and are never held together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date | None
Row = tuple[Cell, ...]

LONGEST_INLINE_LIST = 255
"""Characters of a drop-down list that stands in the rule itself, commas included: the format's own limit."""


HIDDEN_SHEET = "Listes"
"""Where a writer puts longer lists: no other sheet may bear its name."""


@dataclass(frozen=True)
class Column:
    """A column: label, width in characters, drop-down list if it has one, number format if it needs one."""

    label: str
    width: float
    choices: tuple[str, ...] = ()
    number_format: str | None = None

    @property
    def fits_inline(self) -> bool:
        """Whether its drop-down list may stand in the rule itself, where a comma parts two values."""
        joined = ",".join(self.choices)
        return len(joined) <= LONGEST_INLINE_LIST and not any("," in c or '"' in c for c in self.choices)


@dataclass(frozen=True)
class Page:
    """A sheet to write: its title, its columns, and its rows, which are taken once and in order."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
