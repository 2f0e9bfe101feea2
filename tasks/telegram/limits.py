"""How much Telegram takes, and how it marks a text: for both its clients, and with the library of neither."""

from functools import partial
from html import escape

from models.base.channels import Room
from models.base.screens import Screen

ROOM = Room(text=4_096, caption=1_024, action=64)
LONGEST_TOAST = 200
LARGEST_FETCHED = 20 * 1024 * 1024
"""A bot may fetch no larger file, in bytes."""

_escape = partial(escape, quote=False)


def html(screen: Screen) -> str:
    """Return the text of a screen as Telegram's HTML: the one place where it is escaped."""
    return screen.marked("<b>", "</b>", _escape)
