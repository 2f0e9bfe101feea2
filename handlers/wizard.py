"""A form in several steps: its answers stay with the conversation, in the database, until it is confirmed or given up.

A wizard is declared with the frozen dataclass of its answers. What is stored carries that dataclass's version; what
carries none is of the release before there were versions, and is read where its keys fit. Answers that cannot be read
begin the form again, and the conversation says so. Raise the version where a field of the same name changes meaning.
"""

from collections.abc import Awaitable, Callable
from dataclasses import fields, replace
from datetime import date, time
from functools import cached_property
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter, ValidationError

from handlers.context import Context
from models.base.revision import Stale
from models.base.screens import Screen


class _Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


Asking = Callable[..., Awaitable[Screen]]
AskingT = TypeVar("AskingT", bound=Asking)
StateT = TypeVar("StateT", bound=_Dataclass)

RECAP = "recap"
"""The step that follows all the others."""

_VERSION = "version"

_none_where_empty = BeforeValidator(lambda kept: None if kept == "" else kept)
Day = Annotated[date | None, _none_where_empty, PlainSerializer(lambda day: day.isoformat() if day else "")]
Hour = Annotated[time | None, _none_where_empty, PlainSerializer(lambda at: at.isoformat("minutes") if at else "")]
"""A day and an hour; an empty text is stored until they are known."""


class BegunAgain(Exception):
    """The answers kept cannot be read by this version: they are forgotten, and the form is shown from its beginning."""

    def __init__(self, begin: Asking, *number: int) -> None:
        super().__init__()
        self._begin, self._number = begin, number

    async def screen(self, context: Context) -> Screen:
        """Return the form from its beginning."""
        return await self._begin(context, *self._number)


class Wizard(Generic[StateT]):
    """A form: the name under which its answers are kept, their type, its steps.

    `missing` gives the first step without an answer; `stamp` what the button that confirms repeats of what it confirms.
    `number` tells apart the forms of which several may be under way: the reports of several meetings.
    """

    def __init__(
        self,
        name: str,
        state: type[StateT],
        *,
        version: int = 1,
        missing: Callable[[StateT], str | None] = lambda _: None,
        stamp: Callable[[StateT], object] = lambda _: None,
        number: Callable[[StateT], int] | None = None,
    ) -> None:
        self._name, self._state, self._version = name, state, version
        self._missing, self._stamp, self._number = missing, stamp, number
        self._steps: dict[str, Asking] = {}
        self._begin: Asking | None = None

    @cached_property
    def _adapter(self) -> TypeAdapter[StateT]:
        return TypeAdapter(self._state)

    def begins(self, begin: AskingT) -> AskingT:
        """Declare what shows the form from its beginning; it takes the context, and the number where there is one."""
        self._begin = begin
        return begin

    def step(self, name: str) -> Callable[[AskingT], AskingT]:
        """Declare what asks for a step."""

        def declare(asking: AskingT) -> AskingT:
            self._steps[name] = asking
            return asking

        return declare

    async def ask(self, name: str, context: Context, *more: Any) -> Screen:
        """Return the screen of a step."""
        return await self._steps[name](context, *more)

    async def go_on(self, state: StateT, context: Context, *more: Any, otherwise: str = "") -> Screen:
        """Return the recapitulation once all is known, else the step `otherwise`, or the first without an answer."""
        wanted = self._missing(state)
        return await self.ask(RECAP if wanted is None else otherwise or wanted, context, *more)

    def under_way(self, context: Context, *number: int) -> StateT | None:
        """Return the answers so far; none where no form is under way. Raises `BegunAgain`."""
        memo, name = self._place(context, *number)
        if name not in memo:
            return None
        state = self._read(memo[name])
        if state is None:
            del memo[name]
            assert self._begin is not None, self._name
            raise BegunAgain(self._begin, *number)
        return state

    def of(self, context: Context, *number: int) -> StateT:
        """Return the answers so far; raises `Stale` where no form is under way, `BegunAgain`."""
        state = self.under_way(context, *number)
        if state is None:
            raise Stale
        return state

    def confirmed(self, context: Context, stamp: object, *number: int) -> StateT:
        """Return the answers that a button confirms; raises `Stale` where it showed others, or was tapped before."""
        state = self.of(context, *number)
        if self._stamp(state) != stamp:
            raise Stale
        return state

    def keep(self, context: Context, state: StateT, **changes: Any) -> StateT:
        """Keep the answers, with what changes in them; return them."""
        state = replace(state, **changes)
        memo, name = self._place(context, *([self._number(state)] if self._number else []))
        memo[name] = {**self._adapter.dump_python(state, mode="json"), _VERSION: self._version}
        return state

    def forget(self, context: Context, *number: int) -> None:
        """Forget the answers: they were recorded, or given up."""
        memo, name = self._place(context, *number)
        memo.pop(name, None)

    def _place(self, context: Context, *number: int) -> tuple[dict[str, Any], str]:
        if not number:
            return context.memo, self._name
        several = context.memo.get(self._name)
        if not isinstance(several, dict):
            several = context.memo[self._name] = {}
        return several, str(*number)

    def _read(self, kept: Any) -> StateT | None:
        if not isinstance(kept, dict) or kept.get(_VERSION, self._version) != self._version:
            return None
        answers = {key: value for key, value in kept.items() if key != _VERSION}
        if not answers.keys() <= {field.name for field in fields(self._state)}:
            return None
        try:
            return self._adapter.validate_python(answers)
        except ValidationError:
            return None
