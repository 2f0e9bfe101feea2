"""Faults on demand: the next calls fail, wait, lose their connection, or are answered by a gateway's page."""

from dataclasses import dataclass
from typing import Any, Literal

from simulator.errors import BotApiError, PersonError

Drop = Literal["before", "after"]

_DEFAULT_DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
_FIELDS = {
    "method",
    "error_code",
    "description",
    "retry_after",
    "delay_s",
    "times",
    "chat_id",
    "drop",
    "html",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a gateway before Telegram answers in its place."""

    status: int
    html: str


@dataclass(slots=True)
class Fault:
    """What happens to the next `times` calls of `method` (any, when None) in `chat_id` (any, when None)."""

    method: str | None
    chat_id: int | None
    times: int
    delay_s: float
    error: BotApiError | None
    drop: Drop | None
    page: Page | None

    def strikes(self, method: str, chat_id: object) -> bool:
        return (self.method is None or self.method == method.lower()) and (
            self.chat_id is None or str(self.chat_id) == str(chat_id)
        )


def read_fault(given: dict[str, Any]) -> Fault:
    """A fault from the body of `POST /sim/faults`."""
    if unknown := given.keys() - _FIELDS:
        raise PersonError(400, f"unknown field: {', '.join(sorted(unknown))}")
    retry_after = _integer(given, "retry_after")
    code = _integer(given, "error_code")
    chat_id = _integer(given, "chat_id")
    times = _integer(given, "times")
    delay_s = given.get("delay_s")
    if delay_s is not None and (isinstance(delay_s, bool) or not isinstance(delay_s, int | float)):
        raise PersonError(400, "delay_s must be a number")
    drop = given.get("drop")
    if drop not in (None, "before", "after"):
        raise PersonError(400, 'drop must be "before" or "after"')
    html = given.get("html")
    if html is not None and not isinstance(html, str):
        raise PersonError(400, "html must be a text")
    page = None if html is None else Page(code or 200, html)
    if code is None and retry_after is not None:
        code = 429
    error = None
    if code is not None and page is None:
        described = given.get("description") or _DEFAULT_DESCRIPTIONS.get(code, "Error")
        described = described.replace("{retry_after}", str(retry_after or 1))
        error = BotApiError(code, described, retry_after)
    if error is None and drop is None and delay_s is None and page is None:
        raise PersonError(400, "a fault needs error_code, retry_after, delay_s, drop or html")
    method = given.get("method")
    return Fault(
        method=method.lower() if isinstance(method, str) else None,
        chat_id=chat_id,
        times=1 if times is None else times,
        delay_s=float(delay_s or 0),
        error=error,
        drop=drop,
        page=page,
    )


def _integer(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise PersonError(400, f"{name} must be a whole number")


class Faults:
    """The faults asked for, the oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def ask(self, fault: Fault) -> None:
        if fault.times > 0:
            self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def strike(self, method: str, chat_id: object) -> Fault | None:
        """The fault that this call meets, used up by one."""
        for fault in self._waiting:
            if fault.strikes(method, chat_id):
                fault.times -= 1
                if fault.times == 0:
                    self._waiting.remove(fault)
                return fault
        return None
