"""A feature of the conversation: what performs its verbs, whether tapped, typed or asked for again."""

import inspect
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from handlers.context import Context
from models.accounts.tables import Role
from models.base.screens import Action, Screen

Perform = Callable[..., Awaitable[Screen]]
"""An async function of the context and of what the button carries."""

LARGEST_NUMBER = 2**31 - 1
"""No row or page has a larger number: a button that carries one is not ours."""


class InvalidAction(Exception):
    """A button that this program never made, or no longer makes."""


@dataclass(frozen=True)
class Command:
    """A command of the menu: its word, what the menu says of it, the action it stands for.

    `roles` limits in whose menu it shows; what protects is the repositories. `takes` is the verb that is given the word
    written after the command, where one means something.
    """

    word: str
    description: str
    action: Action
    roles: frozenset[Role] | None = None
    takes: str = ""


class Written(StrEnum):
    """What may be written in the place of a tap."""

    DAY = "day"
    COMING_DAY = "coming_day"
    """Without a year, the next one is meant; of one that does not exist, the screen says so."""
    NUMBER = "number"
    CODE = "code"
    """Of a département or a dispositif."""


@dataclass(frozen=True)
class Typed:
    """What may be written where a screen has a button of some verb: the verb and the argument that it becomes."""

    what: Written
    verb: str
    place: int = 0


@dataclass(frozen=True)
class Performer:
    """What performs a verb, for whom, and the kinds of its arguments."""

    perform: Perform
    kinds: tuple[type, ...]
    roles: frozenset[Role] | None

    async def __call__(self, context: Context, arguments: Sequence[str]) -> Screen:
        """Perform the verb; raises `InvalidAction` for whoever may not, and for arguments that no button of it has."""
        if self.roles is not None and (context.visit is None or not context.actor.roles & self.roles):
            raise InvalidAction
        if len(self.kinds) != len(arguments):
            raise InvalidAction
        return await self.perform(context, *map(_argument, self.kinds, arguments))


class Feature:
    """A part of the conversation: its verbs, and the commands it brings to the menu.

    `roles`: the feature answers nobody else; none lets everybody in, unknown accounts included.
    """

    def __init__(self, name: str, *commands: Command, roles: frozenset[Role] | None = None) -> None:
        self.name = name
        self.commands = commands
        self.roles = roles
        self.typed: dict[str, Typed] = {}
        self.performers: list[tuple[str, Performer]] = []

    def action(self, verb: str, *, code_on: Collection[str] = (), **typed: int) -> Callable[[Perform], Perform]:
        """Declare what performs a verb: an async function of the context and the action's arguments.

        `day=0` says that a day may be written where a button of the verb shows one, as its first argument; so do
        `coming_day` and `number`. `code_on` names the verbs beside whose buttons a code may be written for this one.
        """
        for what, place in typed.items():
            self.typed[verb] = Typed(Written(what), verb, place)
        self.typed |= dict.fromkeys(code_on, Typed(Written.CODE, verb))

        def declare(perform: Perform) -> Perform:
            parameters = list(inspect.signature(perform).parameters.values())[1:]
            self.performers.append((verb, Performer(perform, tuple(p.annotation for p in parameters), self.roles)))
            return perform

        return declare


def _argument(kind: type, text: str) -> Any:
    try:
        value = kind(text)
    except ValueError as error:
        raise InvalidAction from error
    # A number is written as our buttons write it: « 1_0 » reads as ten, and no button of ours says so.
    if isinstance(value, int) and (str(value) != text or not 0 <= value <= LARGEST_NUMBER):
        raise InvalidAction
    return value
