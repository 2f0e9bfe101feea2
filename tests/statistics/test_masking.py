"""Masking: whoever has all the published tables of a tree, and knows how to count, works out no hidden cell."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.statistics.disclosure.divisions import DIVISIONS
from models.statistics.disclosure.suppression import THRESHOLD, Levels, Table, Tree, levels_shown, visible

Cell = tuple[str, int]
"""A place and a category."""

LEVELS: Levels = DIVISIONS["emploi_mois"].levels
TWO: Levels = (((0,), (1,)), ((0, 1),))


def tree_of(shape: Sequence[int]) -> Tree:
    """Return a tree in which each place of depth d has 1 to shape[d] children, by turns."""
    children: dict[str, list[str]] = {}
    row = ["0"]
    turn = 0
    for most in shape:
        below: list[str] = []
        for place in row:
            turn += 1
            children[place] = [f"{place}.{number}" for number in range(1 + turn % most)]
            below += children[place]
        row = below
    return Tree("0", children)


def leaves_of(tree: Tree, place: str) -> list[str]:
    return [leaf for child in tree.children.get(place, ()) for leaf in leaves_of(tree, child)] or [place]


def table_of(tree: Tree, of_leaves: Mapping[str, Sequence[int]], levels: Levels) -> Table:
    categories = range(len(levels[0]))
    places = {tree.root, *(child for several in tree.children.values() for child in several)}
    counts = {
        place: [sum(of_leaves[leaf][category] for leaf in leaves_of(tree, place)) for category in categories]
        for place in places
    }
    return Table(tree, counts, levels)


Equation = tuple[frozenset[Cell], int]
"""Some cells of leaves, and what they add up to."""


def published(table: Table) -> list[Equation]:
    """Return all that is published, as sums over the cells of the leaves."""
    told = []
    for place, level in levels_shown(table).items():
        for group in table.levels[level] if level < table.hidden else ():
            count = table.among([place], group)
            assert count >= THRESHOLD
            cells = frozenset((leaf, category) for leaf in leaves_of(table.tree, place) for category in group)
            told.append((cells, count))
    return told


def hidden_cells(table: Table) -> list[Cell]:
    shown = levels_shown(table)
    return [
        (place, category)
        for place in table.counts
        for category in range(len(table.levels[0]))
        if category not in visible(table, shown[place])
    ]


class Attacker:
    """Has the published sums, and the bounds of a count: subtracts, combines, and narrows down."""

    def __init__(self, told: Sequence[Equation]) -> None:
        self.cells = sorted({cell for cells, _ in told for cell in cells})
        self.rows = self._eliminated(told)

    def _eliminated(self, told: Sequence[Equation]) -> dict[Cell, tuple[dict[Cell, Fraction], Fraction]]:
        rows: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}
        for cells, count in told:
            row, value = self._reduced(rows, dict.fromkeys(cells, Fraction(1)), Fraction(count))
            if not row:
                assert value == 0
                continue
            pivot = min(row)
            by = row[pivot]
            rows[pivot] = ({cell: weight / by for cell, weight in row.items()}, value / by)
        return rows

    def _reduced(
        self,
        rows: Mapping[Cell, tuple[dict[Cell, Fraction], Fraction]],
        row: dict[Cell, Fraction],
        value: Fraction,
    ) -> tuple[dict[Cell, Fraction], Fraction]:
        row = dict(row)
        while pivots := [cell for cell in row if cell in rows]:
            pivot = min(pivots)
            by = row[pivot]
            other, count = rows[pivot]
            for cell, weight in other.items():
                row[cell] = row.get(cell, Fraction(0)) - by * weight
                if not row[cell]:
                    del row[cell]
            value -= by * count
        return row, value

    def combined(self, cells: Iterable[Cell]) -> Fraction | None:
        """Return the sum of these cells if it is a combination of what is published."""
        row, value = self._reduced(self.rows, dict.fromkeys(cells, Fraction(1)), Fraction(0))
        return None if row else -value


def narrowed(table: Table) -> dict[frozenset[Cell], tuple[int, int]]:
    """Return the bounds of every cell of every place, from those of the others, until nothing moves any more."""
    tree = table.tree
    everything = 10**6  # more than the attacker could think of
    shown = levels_shown(table)
    categories = range(len(table.levels[0]))
    bounds: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    sums: list[tuple[tuple[str, tuple[int, ...]], list[tuple[str, tuple[int, ...]]]]] = []
    for place in table.counts:
        for level, groups in enumerate(table.levels):
            for group in groups:
                count = table.among([place], group)
                # A coarser level than the one shown is known too: it is a sum of it.
                bounds[place, group] = [count, count] if level >= shown[place] else [0, everything]
                if len(group) > 1:
                    sums.append(((place, group), [(place, (category,)) for category in group]))
                    sums.append(
                        ((place, group), [(place, part) for part in table.levels[level - 1] if part[0] in group])
                    )
                below = tree.children.get(place, ())
                if below:
                    sums.append(((place, group), [(child, group) for child in below]))
        for category in categories:
            bounds.setdefault((place, (category,)), [0, everything])
    moved = True
    while moved:
        moved = False
        for whole, parts in sums:
            lows, highs = sum(bounds[part][0] for part in parts), sum(bounds[part][1] for part in parts)
            news = [(whole, lows, highs)]
            for part in parts:
                low, high = bounds[part]
                news.append((part, bounds[whole][0] - (highs - high), bounds[whole][1] - (lows - low)))
            for cell, low, high in news:
                if low > bounds[cell][0] or high < bounds[cell][1]:
                    bounds[cell] = [max(low, bounds[cell][0]), min(high, bounds[cell][1])]
                    moved = True
    return {
        frozenset({(place, group[0])}): (low, high) for (place, group), (low, high) in bounds.items() if len(group) == 1
    }


def attacked(table: Table) -> list[str]:
    """Return what the attacker works out of the hidden cells: their values, one way or the other."""
    attacker = Attacker(published(table))
    bounds = narrowed(table)
    found = []
    for place, category in hidden_cells(table):
        leaves = [(leaf, category) for leaf in leaves_of(table.tree, place)]
        if attacker.combined(leaves) is not None:
            found.append(f"{place} {category} by subtraction")
        low, high = bounds[frozenset({(place, category)})]
        if low == high:
            found.append(f"{place} {category} is {low}")
    return found


def random_table(seed: int, shape: Sequence[int], levels: Levels, spread: int) -> Table:
    """Return a table in which categories and places are as uneven as in life."""
    random = Random(seed)
    tree = tree_of(shape)
    weights = [random.choice((0.0, 0.05, 0.3, 1.0, 1.0)) for _ in levels[0]]
    of_leaves = {
        leaf: [int(random.random() ** 2 * spread * weight * random.choice((0.1, 1, 1))) for weight in weights]
        for leaf in leaves_of(tree, tree.root)
    }
    return table_of(tree, of_leaves, levels)


@pytest.mark.parametrize("name", sorted(DIVISIONS))
@pytest.mark.parametrize("spread", [8, 40, 400])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_nothing_hidden_is_worked_out(name: str, spread: int, seed: int) -> None:
    assert attacked(random_table(seed, (3, 3, 2), DIVISIONS[name].levels, spread)) == []


@pytest.mark.parametrize("spread", [8, 60])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_nothing_hidden_is_worked_out_in_a_deep_tree(spread: int, seed: int) -> None:
    assert attacked(random_table(seed, (2, 3, 2, 3), TWO, spread)) == []


def test_what_is_large_enough_is_shown() -> None:
    tree = tree_of((2, 2))
    table = table_of(tree, {leaf: [9] * 6 for leaf in leaves_of(tree, "0")}, LEVELS)
    assert set(levels_shown(table).values()) == {0}
    assert hidden_cells(table) == []


def test_a_small_cell_takes_another_with_it_and_no_more() -> None:
    tree = Tree("0", {"0": ["a", "b", "c", "d"]})
    many, few = [50, 40, 10, 10, 10, 60], [50, 40, 3, 10, 10, 60]
    shown = levels_shown(table_of(tree, {"a": many, "b": few, "c": many, "d": many}, LEVELS))
    assert sorted(shown[place] for place in "abcd") == [0, 0, 1, 1]
    assert (shown["0"], shown["b"]) == (0, 1)


def test_without_the_secondary_masking_the_attacker_finds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.statistics.disclosure.suppression._safe", lambda *_: True)
    tree = Tree("0", {"0": ["a", "b"]})
    table = table_of(tree, {"a": [50, 40, 10, 10, 10, 60], "b": [50, 40, 3, 10, 10, 60]}, LEVELS)
    assert "b 2 by subtraction" in attacked(table)
