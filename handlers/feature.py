"""A feature of the bot: an aiogram router that performs actions, whether tapped, typed or asked for again."""

import inspect
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.context import Context
from models.accounts.tables import Role
from models.base.screens import Action, Screen

Performer = Callable[..., Awaitable[Screen]]

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


class Feature:
    """A part of the conversation: its verbs, and the commands it brings to the menu.

    `roles`: the feature answers nobody else; none lets everybody in, unknown accounts included.
    """

    def __init__(self, name: str, *commands: Command, roles: frozenset[Role] | None = None) -> None:
        self.name = name
        self.commands = commands
        self.roles = roles
        self.typed: dict[str, Typed] = {}
        self._performers: dict[str, tuple[Performer, tuple[type, ...]]] = {}

    def router(self) -> Router:
        """Return a router that performs this feature's actions; each dispatcher takes one of its own."""
        router = Router(name=self.name)
        router.message.register(self._perform, self._mine)
        router.callback_query.register(self._perform, self._mine)
        return router

    def action(self, verb: str, *, code_on: Collection[str] = (), **typed: int) -> Callable[[Performer], Performer]:
        """Declare what performs a verb: an async function of the context and the action's arguments.

        `day=0` says that a day may be written where a button of the verb shows one, as its first argument; so do
        `coming_day` and `number`. `code_on` names the verbs beside whose buttons a code may be written for this one.
        """
        for what, place in typed.items():
            self.typed[verb] = Typed(Written(what), verb, place)
        self.typed |= dict.fromkeys(code_on, Typed(Written.CODE, verb))

        def declare(performer: Performer) -> Performer:
            parameters = list(inspect.signature(performer).parameters.values())[1:]
            self._performers[verb] = (performer, tuple(p.annotation for p in parameters))
            return performer

        return declare

    async def _mine(self, _event: TelegramObject, action: Action | None) -> bool:
        return action is not None and action.verb in self._performers

    async def _perform(self, _event: TelegramObject, action: Action, context: Context) -> Screen:
        if self.roles is not None and (context.visit is None or not context.actor.roles & self.roles):
            raise InvalidAction
        performer, kinds = self._performers[action.verb]
        if len(kinds) != len(action.arguments):
            raise InvalidAction
        arguments = [_argument(kind, text) for kind, text in zip(kinds, action.arguments, strict=True)]
        return await performer(context, *arguments)


def _argument(kind: type, text: str) -> Any:
    try:
        value = kind(text)
    except ValueError as error:
        raise InvalidAction from error
    # A number is written as our buttons write it: « 1_0 » reads as ten, and no button of ours says so.
    if isinstance(value, int) and (str(value) != text or not 0 <= value <= LARGEST_NUMBER):
        raise InvalidAction
    return value
