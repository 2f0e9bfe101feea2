"""The log of Bot API calls: cheap to write, turned into words only when it is read."""

from collections import deque
from datetime import UTC, datetime
from typing import Any, NamedTuple

from simulator.errors import BotApiError
from simulator.files import Upload


class _Call(NamedTuple):
    time: float
    method: str
    params: dict[str, Any]
    error: BotApiError | None


class CallLog:
    """The last calls, in the order they ended, each with the time it came in."""

    def __init__(self, kept: int) -> None:
        self._calls: deque[_Call] = deque(maxlen=kept)

    def note(self, time: float, method: str, params: dict[str, Any], error: BotApiError | None) -> None:
        self._calls.append(_Call(time, method, params, error))

    def clear(self) -> None:
        self._calls.clear()

    def listed(self, method: str | None = None) -> list[dict[str, Any]]:
        return [_told(call) for call in self._calls if method is None or call.method == method]


def _told(call: _Call) -> dict[str, Any]:
    chat_id = call.params.get("chat_id")
    return {
        "time": datetime.fromtimestamp(call.time, UTC).isoformat(),
        "method": call.method,
        "params": {name: _told_value(value) for name, value in call.params.items()},
        "ok": call.error is None,
        "error_code": call.error.error_code if call.error else None,
        "description": call.error.description if call.error else None,
        "chat_id": _number(chat_id),
    }


def _told_value(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"file_name": value.name, "size": len(value.content)}
    return value


def _number(chat_id: Any) -> Any:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return chat_id
