"""Statistical secrecy: what is shown of a table in each place of a tree, so that no hidden cell can be worked out.

A table divides the persons of a place among categories; the tree says which places make up which. A place shows its
table at a level of detail: level 0 every category, the next ones groups of categories, the last one the total alone,
and beyond it (`hidden`) nothing. Everything shown counts at least `THRESHOLD` persons.

What a reader may subtract: groups shown from a total, children shown from their parent. So where some children show
less than their parent, the others of their block show less too (secondary masking), until what is known of the block
leaves each of its cells an interval at least `THRESHOLD` wide. Decision 24 has the argument, the tests have the attack.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

THRESHOLD = 5

Group = tuple[int, ...]
Levels = Sequence[Sequence[Group]]
"""Partitions of the categories (by their places), each grouping the one before, the last one all in one."""


@dataclass(frozen=True)
class Tree:
    """Places by their names: the root, and the children of each that has any."""

    root: str
    children: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Table:
    """How many persons of each category, in each place of a tree.

    `sizes`: how many the places have in all, where not everybody's category is known. Tables of the same persons hide
    the same places, chosen by these sizes: were they chosen by the answers, two tables would tell each other's.
    """

    tree: Tree
    counts: Mapping[str, Sequence[int]]
    levels: Levels
    sizes: Mapping[str, int] | None = None

    @property
    def hidden(self) -> int:
        """The level at which not even the total is shown."""
        return len(self.levels)

    def total(self, place: str) -> int:
        """Return how many persons of known category a place has."""
        return sum(self.counts[place])

    def size(self, place: str) -> int:
        """Return how many persons a place has, whether their category is known or not."""
        return self.total(place) if self.sizes is None else self.sizes[place]

    def among(self, places: Collection[str], group: Group) -> int:
        """Return how many persons of a group some places have together."""
        return sum(self.counts[place][category] for place in places for category in group)

    def can_show(self, place: str, level: int) -> bool:
        """Whether every group of that level reaches the threshold there."""
        return all(self.among([place], group) >= THRESHOLD for group in self.levels[level])


def levels_shown(table: Table, way: Collection[str] | None = None) -> dict[str, int]:
    """Return the level of detail at which each place shows its table; of the children of `way` only, where given."""
    root = table.tree.root
    first = next((level for level in range(table.hidden) if table.can_show(root, level)), table.hidden)
    shown = {root: first}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        children = table.tree.children.get(parent, ())
        if children and (way is None or parent in way):
            shown |= _children(table, children, shown[parent])
            waiting += children
    return shown


def _children(table: Table, children: Sequence[str], level: int) -> dict[str, int]:
    if level == table.hidden or len(children) == 1:
        return dict.fromkeys(children, level)  # an only child is its parent
    by_size = sorted(children, key=table.size)
    hidden = _hidden(table, by_size)
    rest = [child for child in by_size if child not in hidden]
    block, at = _block(table, hidden, rest, level)
    return {
        **dict.fromkeys(rest, level),
        **dict.fromkeys(block, at),
        **dict.fromkeys(hidden, table.hidden),
    }


def _hidden(table: Table, by_size: Sequence[str]) -> list[str]:
    """Return the children whose total is hidden: those below the threshold, and enough others not to tell it."""
    of_all = _with_others([child for child in by_size if table.size(child) < THRESHOLD], by_size, table.size)
    few_known = [child for child in by_size if child not in of_all and table.total(child) < THRESHOLD]
    return _with_others([*of_all, *few_known], by_size, table.total)


def _with_others(hidden: Sequence[str], by_size: Sequence[str], persons: Callable[[str], int]) -> list[str]:
    """Return these children, if any, with the next larger ones: at least two, of enough persons together."""
    several = list(hidden)
    for child in by_size if hidden else ():
        if len(several) > 1 and sum(map(persons, several)) >= THRESHOLD:
            break
        if child not in several:
            several.append(child)
    return several


def _block(table: Table, hidden: Sequence[str], rest: Sequence[str], level: int) -> tuple[list[str], int]:
    """Return which of the others show less than their parent, and at what level."""
    needing = [child for child in rest if not table.can_show(child, level)]
    if not needing and _safe(table, hidden, [], level, level):
        return [], level
    for coarser in range(level + 1, table.hidden):
        block = list(needing)
        if not all(table.can_show(child, coarser) for child in block):
            continue
        for more in [None, *(child for child in rest if child not in needing)]:
            if more is not None:
                block.append(more)
            if block and _safe(table, hidden, block, level, coarser):
                return block, coarser
    return list(rest), table.hidden - 1


def _safe(table: Table, hidden: Sequence[str], block: Sequence[str], level: int, coarser: int) -> bool:
    """Whether what the parent shows at `level` tells nothing of what the block, at `coarser`, does not."""
    for group in table.levels[coarser]:
        if hidden and table.among(hidden, group) < THRESHOLD:
            return False
        parts = [part for part in table.levels[level] if set(part) <= set(group)]
        if len(parts) == 1:
            continue
        together = [*hidden, *block]
        if any(table.among(together, part) < THRESHOLD for part in parts):
            return False
        if any(table.among([one for one in together if one != child], group) < THRESHOLD for child in block):
            return False
    return True


def visible(table: Table, level: int) -> frozenset[int]:
    """Return the categories that a place showing that level shows by themselves."""
    if level == table.hidden:
        return frozenset()
    return frozenset(group[0] for group in table.levels[level] if len(group) == 1)
