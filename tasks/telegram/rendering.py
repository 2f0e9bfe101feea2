"""A screen as python-telegram-bot takes it: the same text and the same buttons as in a conversation."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from models.base.screens import Screen


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """Return the buttons under a screen, if it has any."""
    if not screen.rows:
        return None
    rows = [[InlineKeyboardButton(b.label, callback_data=b.action.pack()) for b in row] for row in screen.rows]
    return InlineKeyboardMarkup(rows)
