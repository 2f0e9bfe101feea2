"""A screen as Telegram takes it."""

from typing import Any

from models.base.screens import Screen
from tasks.telegram.limits import html


def rendered(screen: Screen) -> dict[str, Any]:
    """Return the parameters that show a screen, whether it is sent or edited."""
    rows = [[{"text": b.label, "callback_data": b.action.pack()} for b in row] for row in screen.rows]
    return {"text": html(screen), "parse_mode": "HTML", "reply_markup": {"inline_keyboard": rows} if rows else None}
