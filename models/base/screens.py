"""What is shown to a person, on whatever channel: a text, buttons, and the action behind each.

A reminder's button and a conversation's button are the same thing: an `Action`, packed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.base.channels import LEAST

_BOLD_ON, _BOLD_OFF = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Action:
    """A verb and its arguments: what a button does, or what shows a screen again."""

    verb: str
    arguments: tuple[str, ...] = ()

    @classmethod
    def of(cls, verb: str, *arguments: object) -> "Action":
        """Build an action from values; their text must hold no colon."""
        return cls(verb, tuple(str(argument) for argument in arguments))

    @classmethod
    def unpack(cls, data: str) -> "Action":
        """Read what `pack` wrote; any text gives an action, forged ones included."""
        verb, *arguments = data.split(":")
        return cls(verb, tuple(arguments))

    def pack(self) -> str:
        """Return what a button carries; `ValueError` if it is longer than every channel takes."""
        data = ":".join((self.verb, *self.arguments))
        if not 0 < len(data.encode()) <= LEAST.action:
            raise ValueError(f"an action of {len(data.encode())} bytes: {self.verb}")
        return data


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what a tap on it does."""

    label: str
    action: Action


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: plain text with `bold` parts, rows of buttons.

    `view` is the action that shows this screen again without changing anything. `notice` is told in passing (the
    toast of a tap), `alert` makes it a box to close. `menu` names the roles whose commands the menu should now hold.
    """

    text: str
    rows: tuple[Row, ...] = ()
    view: Action | None = None
    notice: str = ""
    alert: bool = False
    menu: frozenset[str] | None = None

    def headed(self, line: str) -> "Screen":
        """Return the screen with a line above its text."""
        return replace(self, text=f"{line}\n\n{self.text}")

    def noticed(self, notice: str) -> "Screen":
        """Return the screen with something to tell in passing."""
        return replace(self, notice=notice)

    def plain(self) -> str:
        """Return the text as an e-mail holds it."""
        return self.marked("", "")

    def marked(self, bold_on: str, bold_off: str, escape: Callable[[str], str] = str) -> str:
        """Return the text with a channel's own marks around what is bold, its spaces set and the rest escaped."""
        return escape(typeset(self.text)).replace(_BOLD_ON, bold_on).replace(_BOLD_OFF, bold_off)

    @property
    def length(self) -> int:
        """How long the text is, in UTF-16 units."""
        return len(self.plain().encode("utf-16-le")) // 2


def bold(text: str) -> str:
    """Mark a part of a screen's text to stand out."""
    return f"{_BOLD_ON}{text}{_BOLD_OFF}"


def button(label: str, verb: str, *arguments: object) -> Button:
    """Return a button that performs a verb with those arguments."""
    return Button(label, Action.of(verb, *arguments))


def one_a_row(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Lay buttons one a row, as choices are (accessibility)."""
    return tuple((button,) for button in buttons)


def typeset(text: str) -> str:
    """Set the spaces that French does not break: before : ; ? ! » % and after «."""
    for mark in (":", ";", "?", "!", "»", "%"):
        text = text.replace(f" {mark}", f"\u00a0{mark}")
    return text.replace("« ", "«\u00a0")
