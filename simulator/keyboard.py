"""Inline keyboards: what a button must have, and how much of them a message may carry."""

import json
import re
from typing import Any

from simulator.errors import BotApiError, bad_request

Keyboard = list[list[dict[str, Any]]]

MAX_BUTTONS = 100
MAX_MARKUP_BYTES = 10_000
MAX_CALLBACK_DATA = 64
MAX_COPIED_TEXT = 256

_SIMULATED_ACTIONS = ("url", "callback_data", "copy_text")
_OTHER_ACTIONS = (
    "callback_game",
    "disabled",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "web_app",
)
_STYLES = ("danger", "success", "primary")
# Telegram wants a dot in the host; the local machine is let in here, where a demo's links lead to it.
_URL = re.compile(
    r"(?:https?://)?(?:localhost|[\w\-]+(?:\.[\w\-]+)+)(?::\d{1,5})?(?:[/?#]\S*)?|(?:tg|ton)://\S+|mailto:\S+"
)


def inline_keyboard(markup: dict[str, Any] | None) -> Keyboard | None:
    """The rows of a `reply_markup` that passed the model's checks; None where it leaves no keyboard."""
    if markup is None or markup.get("remove_keyboard"):
        return None
    if "inline_keyboard" not in markup:
        raise bad_request("reply keyboards and forced replies are not simulated")
    rows: Keyboard = [row for row in markup["inline_keyboard"] if row]
    if not rows:
        return None
    count = 0
    for row in rows:
        count += len(row)
        for button in row:
            _check_button(button)
    if count > MAX_BUTTONS or len(json.dumps(rows, ensure_ascii=False).encode()) > MAX_MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return rows


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise _unparsed('Field "text" must be non-empty')
    data = button.get("callback_data")
    if data is not None:
        if not data or len(data.encode()) > MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        if len(button) == 2:  # a label and its data: nearly every button there is
            return
    for action in _OTHER_ACTIONS:
        if action in button:
            raise bad_request(f'inline keyboard button "{action}" is not simulated')
    actions = [action for action in _SIMULATED_ACTIONS if button.get(action)]
    if not actions:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsed(f"more than one action: {', '.join(actions)}")
    if (style := button.get("style")) is not None and style not in _STYLES:
        raise _unparsed("invalid button style specified")
    if (url := button.get("url")) and not _URL.fullmatch(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if (copied := button.get("copy_text")) and not 1 <= len(copied["text"]) <= MAX_COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _unparsed(reason: str) -> BotApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def find_button(keyboard: Keyboard | None, label: str) -> dict[str, Any] | None:
    """The first button that reads `label`."""
    for row in keyboard or ():
        for button in row:
            if button["text"] == label:
                return button
    return None
