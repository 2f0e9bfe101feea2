"""What is shown to a person, free of any Telegram library: a text, buttons, and the action behind each.

A reminder's button and a conversation's button are the same thing: an `Action` packed into at most 64 bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

MAX_ACTION_BYTES = 64

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
        """Return the callback data; `ValueError` if Telegram would refuse it."""
        data = ":".join((self.verb, *self.arguments))
        if not 0 < len(data.encode()) <= MAX_ACTION_BYTES:
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
        return typeset(self.text).replace(_BOLD_ON, "").replace(_BOLD_OFF, "")

    def html(self) -> str:
        """Return the text as Telegram's HTML: the one place where it is escaped and its spaces set."""
        marked = escape(typeset(self.text), quote=False)
        return marked.replace(_BOLD_ON, "<b>").replace(_BOLD_OFF, "</b>")


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
