"""What a picture shows, free of any drawing library: a title, where and when, and values in one of four shapes.

A value that may not be published is `Hidden.MASKED`: it is shown as such, never as zero.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Hidden(Enum):
    """A value that is not shown: it may not be told, whatever its size, or nobody knows it."""

    MASKED = "masked"
    UNKNOWN = "unknown"


Value = float | Hidden


class Unit(Enum):
    """What values count, and how many decimals they are shown with at most."""

    PERSONS = ""
    PERCENT = "%"
    POINTS = "points"


@dataclass(frozen=True)
class Bars:
    """One value per label, in the order given."""

    labels: Sequence[str]
    values: Sequence[Value]
    unit: Unit = Unit.PERSONS


@dataclass(frozen=True)
class Stacked:
    """Parts of a whole per row: `values[row][part]`. With `rest`, the last part is what is missing of the whole.

    `totals` holds the whole of each row, none where it may not be told: a row with a masked part is drawn to it.
    """

    labels: Sequence[str]
    parts: Sequence[str]
    values: Sequence[Sequence[Value]]
    unit: Unit = Unit.PERSONS
    rest: bool = False
    totals: Sequence[int | None] = ()

    def whole(self, row: int) -> float | None:
        """Return what the parts of a row make up together, none where that may not be told."""
        known = [value for value in self.values[row] if not isinstance(value, Hidden)]
        if Hidden.MASKED not in self.values[row]:
            return sum(known)
        return self.totals[row] if self.totals else None

    def is_rest(self, part: int) -> bool:
        """Whether the part of that place is what is missing."""
        return self.rest and part == len(self.parts) - 1


@dataclass(frozen=True)
class Lines:
    """One line per name over the dates of campaigns: `values[line][date]`."""

    days: Sequence[date]
    names: Sequence[str]
    values: Sequence[Sequence[Value]]
    unit: Unit = Unit.PERSONS


@dataclass(frozen=True)
class HeatMap:
    """A percentage per row and column, 0 to 100: `values[row][column]`."""

    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[Value]]


Shape = Bars | Stacked | Lines | HeatMap


@dataclass(frozen=True)
class Picture:
    """A picture to draw. `where` names the scope and the date; `source` says where the figures come from.

    `words` are the two lines told with it: they say what the picture shows to whoever does not see it.
    """

    title: str
    where: str
    source: str
    shape: Shape
    words: str = ""
    note: str = ""

    @property
    def masked(self) -> bool:
        """Whether it holds a value that may not be published."""
        return any(value is Hidden.MASKED for value in values_of(self.shape))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no value, or none that anybody knows."""
        return all(value is Hidden.UNKNOWN for value in values_of(self.shape))

    @property
    def sentence(self) -> str:
        """The first line of its words, which says what it shows, or why it shows nothing."""
        return self.words.partition("\n")[0]


@dataclass(frozen=True)
class Figure:
    """An indicator as a report prints it: its number (`F01`), what it counts, its value."""

    number: str
    name: str
    value: str


@dataclass(frozen=True)
class Report:
    """A page to print: where and when, the main indicators under their numbers, and a few pictures."""

    title: str
    where: str
    source: str
    figures: Sequence[Figure]
    pictures: Sequence[Picture]
    notes: Sequence[str] = ()


def values_of(shape: Shape) -> Iterator[Value]:
    """Go through every value of a shape."""
    for row in shape.values:
        if isinstance(row, Sequence):
            yield from row
        else:
            yield row
