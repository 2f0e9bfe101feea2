"""Cells that a spreadsheet would take for a formula are neutralised, once, for every writer."""

import re

from models.base.spreadsheets.page import Cell, Row

SIGNS = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What the format cannot hold."""


def escape_row(row: Row) -> list[Cell]:
    """Return the cells of a row, its texts harmless."""
    return [escape_formula(cell) if type(cell) is str else cell for cell in row]


def escape_formula(text: str) -> str:
    """Return a text with an apostrophe before what would begin a formula, without unprintable characters."""
    if not text.isprintable():
        text = UNPRINTABLE.sub("", text)
    return f"'{text}" if text.startswith(SIGNS) else text
