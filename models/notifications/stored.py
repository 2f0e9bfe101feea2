"""A screen as the outbox keeps it: JSON, with each button's action packed."""

from typing import Any

from models.base.screens import Action, Button, Screen


def stored(screen: Screen) -> dict[str, Any]:
    """Return what is kept of a screen: its text and buttons; `ValueError` for an action that is too long."""
    return {"text": screen.text, "rows": [[[b.label, b.action.pack()] for b in row] for row in screen.rows]}


def restored(kept: dict[str, Any]) -> Screen:
    """Return the screen that `stored` kept."""
    rows = tuple(tuple(Button(label, Action.unpack(data)) for label, data in row) for row in kept["rows"])
    return Screen(kept["text"], rows)
