"""Updates as Telegram delivers them, for what a phone cannot do: come twice, come together, come badly."""

from typing import Any

from bot.telegram.incoming import Update, read
from tests.harness.application import COACH
from tests.harness.factories import NOW

FIRST_ID = 900_000_000


def written(update_id: int, text: str, user_id: int = COACH) -> Update:
    """Return an update by which somebody writes."""
    message = _message(update_id % 1000, user_id) | {"from": _user(user_id), "text": text}
    return _read({"update_id": update_id, "message": message})


def tapped(update_id: int, data: str, message_id: int = 1, user_id: int = COACH) -> Update:
    """Return an update by which somebody taps."""
    return _read(delivered_tap(update_id, data, message_id, user_id))


def tapped_on_an_old_message(update_id: int, data: str, message_id: int) -> Update:
    """Return an update by which the coach taps on a message of which Telegram tells nothing any more."""
    delivered = delivered_tap(update_id, data, message_id)
    delivered["callback_query"]["message"] |= {"date": 0}
    del delivered["callback_query"]["message"]["text"]
    return _read(delivered)


def delivered_tap(update_id: int, data: str, message_id: int = 1, user_id: int = COACH) -> dict[str, Any]:
    """Return the JSON of an update by which somebody taps."""
    message = _message(message_id, user_id) | {"text": "…"}
    tap = {"id": str(update_id), "from": _user(user_id), "chat_instance": "1", "message": message, "data": data}
    return {"update_id": update_id, "callback_query": tap}


def _read(delivered: dict[str, Any]) -> Update:
    update = read(delivered)
    assert update is not None
    return update


def _user(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "Camille"}


def _message(message_id: int, user_id: int) -> dict[str, Any]:
    return {"message_id": message_id, "date": int(NOW.timestamp()), "chat": {"id": user_id, "type": "private"}}
