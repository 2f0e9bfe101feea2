"""Which methods of the Bot API are simulated, and which of their parameters."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from simulator.errors import bad_request
from simulator.schema import Method
from simulator.state import State

Params = dict[str, Any]
Handler = Callable[[State, Params], "Result | Awaitable[Result]"]
AnyHandler = TypeVar("AnyHandler", bound=Handler)


@dataclass(frozen=True, slots=True)
class Result:
    """What a call answers: a value, or JSON written already, and Telegram's remark where it makes one."""

    value: Any = True
    description: str | None = None
    json: str | None = None


DONE = Result()


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated method. Whatever it was given beyond `honours` is refused rather than passed over."""

    handler: Handler
    honours: frozenset[str]

    def check(self, params: Params) -> None:
        if not params.keys() <= self.honours:
            name = next(name for name in params if name not in self.honours)
            raise bad_request(f'parameter "{name}" is not simulated')


SIMULATED: dict[str, Simulated] = {}


def simulated(name: str, *honours: str) -> Callable[[AnyHandler], AnyHandler]:
    """Declare the method `name`, with the parameters it honours."""

    def declare(handler: AnyHandler) -> AnyHandler:
        SIMULATED[name] = Simulated(handler, frozenset(honours))
        return handler

    return declare


def find_simulated(method: Method) -> Simulated:
    found = SIMULATED.get(method.name)
    if found is None:
        raise bad_request(f'method "{method.name}" is not simulated')
    return found
