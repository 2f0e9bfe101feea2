"""A long list, a page at a time: what a page shows, and the buttons to the pages before and after."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from models.base.screens import Action, Button, Row
from models.base.texts import PAGES

SIZE = 8
"""How many buttons a page has, where a list says nothing else: what a phone shows without scrolling."""

Item = TypeVar("Item")


def page_of(items: Sequence[Item], number: int, size: int = SIZE) -> Sequence[Item]:
    """Return what the page of that number shows, from 0; nothing beyond the last one."""
    return items[number * size : (number + 1) * size]


def pages_in(total: int, size: int = SIZE) -> int:
    """Return how many pages there are: one at least."""
    return max(1, -(-total // size))


def turning(
    number: int, total: int, turn_to: Callable[[int], Action], *, size: int = SIZE, ways: tuple[str, str] = PAGES
) -> tuple[Row, ...]:
    """Return the row that leads to the pages before and after, none where there is neither.

    `turn_to` gives the action that shows the page of a number, `ways` how the two are called.
    """
    row: list[Button] = []
    if number > 0:
        row.append(Button(ways[0], turn_to(number - 1)))
    if number + 1 < pages_in(total, size):
        row.append(Button(ways[1], turn_to(number + 1)))
    return (tuple(row),) if row else ()
