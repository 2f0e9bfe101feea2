"""What of the figures a reader may see: tables of the whole country, masked, then one place of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from models.reference.scopes import NATIONAL
from models.statistics.disclosure.suppression import THRESHOLD, Levels, Table, Tree, levels_shown, visible

ROOT = NATIONAL


class Leaf(NamedTuple):
    """A dispositif and a structure, by their numbers: a structure may be of another dispositif than a person's."""

    dispositif: int
    structure: int


Counts = Mapping[Leaf, Sequence[int]]
"""How many persons of each category, in each leaf that has any."""

TOTAL: Levels = (((0,),),)
TWO: Levels = (((0,), (1,)), ((0, 1),))


@dataclass(frozen=True)
class Country:
    """The places, and the leaves of each.

    `without`: the same without the dispositifs that the actor holds. They subtract these, so both must show a figure.
    """

    tree: Tree
    leaves: Mapping[str, Sequence[Leaf]]
    without: "Country | None" = None

    def less(self, dispositif_ids: Collection[int]) -> "Country":
        """Return the country as it is for somebody who holds these dispositifs one by one."""
        if not dispositif_ids:
            return self
        others = {
            place: [leaf for leaf in leaves if leaf.dispositif not in dispositif_ids]
            for place, leaves in self.leaves.items()
        }
        leaves = {place: left for place, left in others.items() if left}
        children = {
            parent: [child for child in below if child in leaves] for parent, below in self.tree.children.items()
        }
        return Country(self.tree, self.leaves, Country(Tree(self.tree.root, children), leaves))

    def shown(self, place: str, counts: Counts, levels: Levels, everybody: Counts | None = None) -> "Shown":
        """Return what a place may show of a table. A place without any dispositif is about nobody: it shows all.

        `everybody` counts those whose category is not known too, where that may be so.
        """
        if place not in self.leaves:
            return Shown(frozenset(range(len(levels[0]))), True, [0] * len(levels[0]))
        way = self._way(place)
        beside = {self.tree.root, *(child for parent in way for child in self.tree.children[parent])}
        table = self._table(beside, counts, levels, everybody)
        level = levels_shown(table, way)[place]
        shown = Shown(visible(table, level), level < table.hidden, table.counts[place])
        if self.without is None or place not in self.without.leaves:
            return shown
        others = self.without.shown(place, counts, levels, everybody)
        return Shown(shown.categories & others.categories, shown.total and others.total, shown.counts)

    def shown_everywhere(self, counts: Counts, levels: Levels) -> dict[str, bool]:
        """Return, place by place, whether its total may be shown."""
        table = self._table(self.leaves, counts, levels)
        shown = {place: level < table.hidden for place, level in levels_shown(table).items()}
        others = self.without.shown_everywhere(counts, levels) if self.without else {}
        return {place: told and others.get(place, True) for place, told in shown.items()}

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        return {child: parent for parent, children in self.tree.children.items() for child in children}

    def _way(self, place: str) -> list[str]:
        """Return the places that hold this one, the narrowest first: what it shows depends on their children alone."""
        way = []
        while place in self._parents:
            place = self._parents[place]
            way.append(place)
        return way

    def _table(self, places: Collection[str], counts: Counts, levels: Levels, everybody: Counts | None = None) -> Table:
        """Return the table of some places, from that of the leaves."""
        sizes = None
        if everybody is not None:
            sizes = {
                place: sum(sum(everybody[one]) for one in self.leaves[place] if one in everybody) for place in places
            }
        nothing = [0] * len(levels[0])
        of_places = {
            place: [
                sum(column)
                for column in zip(nothing, *(counts[one] for one in self.leaves[place] if one in counts), strict=True)
            ]
            for place in places
        }
        return Table(self.tree, of_places, levels, sizes)


@dataclass(frozen=True)
class Shown:
    """What a place may show: which categories, whether the total; and the counts, hidden ones included."""

    categories: frozenset[int]
    total: bool
    counts: Sequence[int]


_ALL = Leaf(0, 0)


def shown_of_all(counts: Sequence[int], levels: Levels) -> Shown:
    """Return what the whole country shows of a table: nothing that is above or beside it hides more."""
    return Country(Tree(ROOT, {}), {ROOT: [_ALL]}).shown(ROOT, {_ALL: counts}, levels)


def shown_alone(counts: Sequence[int], levels: Levels) -> Shown:
    """Return what may be shown of a table that nothing is subtracted from: groups of nobody, or of enough persons."""
    for level in levels:
        groups = [sum(counts[category] for category in group) for group in level]
        if all(persons == 0 or persons >= THRESHOLD for persons in groups):
            return Shown(frozenset(group[0] for group in level if len(group) == 1), True, counts)
    return Shown(frozenset(), False, counts)
