"""What of the figures a reader may see: tables of the whole country, masked, then one place of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.statistics.counting import Counts, Leaf
from models.statistics.masking import THRESHOLD, Levels, Table, Tree, levels_shown, visible

TOTAL: Levels = (((0,),),)
TWO: Levels = (((0,), (1,)), ((0, 1),))


@dataclass(frozen=True)
class Country:
    """The places, and the leaves of each."""

    tree: Tree
    leaves: Mapping[str, Sequence[Leaf]]

    def shown(self, place: str, counts: Counts, levels: Levels, everybody: Counts | None = None) -> "Shown":
        """Return what a place may show of a table. A place without any dispositif is about nobody: it shows all.

        `everybody` counts those whose category is not known too, where that may be so.
        """
        table = self.table(counts, levels, everybody)
        if place not in table.counts:
            return Shown(frozenset(range(len(levels[0]))), True, [0] * len(levels[0]))
        level = levels_shown(table)[place]
        return Shown(visible(table, level), level < table.hidden, table.counts[place])

    def shown_everywhere(self, counts: Counts, levels: Levels) -> dict[str, bool]:
        """Return, place by place, whether its total may be shown."""
        table = self.table(counts, levels)
        return {place: level < table.hidden for place, level in levels_shown(table).items()}

    def table(self, counts: Counts, levels: Levels, everybody: Counts | None = None) -> Table:
        """Return the table of all places, from that of the leaves."""
        sizes = None
        if everybody is not None:
            sizes = {
                place: sum(sum(everybody[one]) for one in leaves if one in everybody)
                for place, leaves in self.leaves.items()
            }
        nothing = [0] * len(levels[0])
        of_places = {
            place: [
                sum(column) for column in zip(nothing, *(counts[one] for one in leaves if one in counts), strict=True)
            ]
            for place, leaves in self.leaves.items()
        }
        return Table(self.tree, of_places, levels, sizes)


@dataclass(frozen=True)
class Shown:
    """What a place may show: which categories, whether the total; and the counts, hidden ones included."""

    categories: frozenset[int]
    total: bool
    counts: Sequence[int]


def shown_alone(counts: Sequence[int], levels: Levels) -> Shown:
    """Return what may be shown of a table that nothing is subtracted from: groups of nobody, or of enough persons."""
    for level in levels:
        groups = [sum(counts[category] for category in group) for group in level]
        if all(persons == 0 or persons >= THRESHOLD for persons in groups):
            return Shown(frozenset(group[0] for group in level if len(group) == 1), True, counts)
    return Shown(frozenset(), False, counts)
