"""Taps on inline buttons that wait for `answerCallbackQuery`."""

import asyncio
import itertools
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from simulator.errors import bad_request
from simulator.settings import Clock
from simulator.updates import CALLBACK_RETENTION_S

MAX_ANSWER_TEXT = 200


@dataclass(slots=True)
class CallbackAnswer:
    """What the person was shown for a tap."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None
    answered: bool = True

    def as_seen(self) -> dict[str, Any]:
        return {
            "answered": self.answered,
            "text": self.text,
            "show_alert": self.show_alert,
            "url": self.url,
        }


@dataclass(slots=True)
class _Tap:
    expires: float
    answer: asyncio.Future[CallbackAnswer] | None = field(default=None)


class Callbacks:
    """Open taps by their identifier; one may be answered once, within 150 seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: OrderedDict[str, _Tap] = OrderedDict()
        self._numbers = itertools.count(secrets.randbits(60))

    def open(self, *, awaited: bool) -> tuple[str, asyncio.Future[CallbackAnswer] | None]:
        now = self._clock()
        while self._open and next(iter(self._open.values())).expires <= now:
            self._open.popitem(last=False)
        identifier = str(next(self._numbers))
        answer = asyncio.get_running_loop().create_future() if awaited else None
        self._open[identifier] = _Tap(now + CALLBACK_RETENTION_S, answer)
        return identifier, answer

    def answer(self, identifier: str, answer: CallbackAnswer) -> None:
        tap = self._open.get(identifier)
        if tap is None or tap.expires <= self._clock():
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if answer.text and len(answer.text) > MAX_ANSWER_TEXT:
            raise bad_request("MESSAGE_TOO_LONG")
        del self._open[identifier]
        if tap.answer is not None and not tap.answer.done():
            tap.answer.set_result(answer)
