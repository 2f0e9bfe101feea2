"""A long list, a page at a time."""

import pytest

from models.base.paging import page_of, pages_in, turning
from models.base.screens import Action


@pytest.mark.parametrize(
    ("number", "total", "ways"),
    [
        (0, 0, []),
        (0, 8, []),
        (0, 9, ["Page suivante 1"]),
        (1, 9, ["Page précédente 0"]),
        (1, 17, ["Page précédente 0", "Page suivante 2"]),
        (5, 9, ["Page précédente 4"]),
    ],
)
def test_the_pages_before_and_after_are_led_to_where_there_are_any(number: int, total: int, ways: list[str]) -> None:
    rows = turning(number, total, lambda page: Action.of("list", page))

    assert [f"{one.label} {one.action.arguments[0]}" for row in rows for one in row] == ways
    assert len(rows) == bool(ways)


def test_every_item_is_on_one_page() -> None:
    items = list(range(25))

    assert [item for page in range(pages_in(len(items), 12)) for item in page_of(items, page, 12)] == items
    assert list(page_of(items, 9, 12)) == []
