"""A screen as aiogram sends it."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from models.screens import Screen


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard of a screen; none if it has no buttons."""
    if not screen.rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=b.label, callback_data=b.action.pack()) for b in row] for row in screen.rows
        ]
    )
