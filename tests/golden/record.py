"""A scene as it is kept: a text, step by step, of what every phone showed after each."""

from collections.abc import Mapping
from typing import Any

from tests.golden.names import Names


class Record:
    """The lines of one scene."""

    def __init__(self, title: str, names: Names) -> None:
        self._lines = [title]
        self._names = names
        self.steps = 0

    def step(self, when: str, what: str) -> None:
        """Begin a step."""
        self.steps += 1
        self._lines += ["", f"#{self.steps} {when} · {what}"]

    def forget_empty_step(self) -> None:
        """Forget the last step if nothing was noted of it."""
        if self._lines[-1].startswith(f"#{self.steps} "):
            del self._lines[-2:]
            self.steps -= 1

    def note(self, text: str, depth: int = 1) -> None:
        """Add lines to the step."""
        self._lines += [f"{'  ' * depth}{line}" for line in text.split("\n")]

    def quote(self, text: str, mark: str = "|") -> None:
        """Add what somebody reads, to the letter."""
        self.note("\n".join(f"{mark} {line}" if line else mark for line in text.split("\n")), 2)

    def message(self, message: Mapping[str, Any], place: int, before: Mapping[str, Any] | None) -> None:
        """Add a message as it stands now: its place in the chat, who wrote it, its text, its file, its buttons.

        Where only its buttons changed since `before`, they alone are said.
        """
        if before is not None and all(before[name] == message[name] for name in ("html", "document", "photo")):
            self.note(
                f"message {place} of the {message['from']}, its buttons now: {'' if message['buttons'] else 'none'}"
            )
            self._buttons(message)
            return
        self.note(f"message {place} of the {message['from']}, {'new' if before is None else 'changed'}")
        for name in ("document", "photo"):
            if message[name]:
                self.note(f"{name}: {_file(message[name])}", 2)
        if message["html"]:
            self.quote(message["html"])
        self._buttons(message)

    def _buttons(self, message: Mapping[str, Any]) -> None:
        for row in message["buttons"]:
            self.note(" ".join(f"[{one['text']} → {one['url'] or one['data']}]" for one in row), 2)

    def text(self) -> str:
        """Return the scene, whatever was drawn by chance named."""
        return self._names.named("\n".join(self._lines)) + "\n"


def _file(shown: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in shown.items() if name not in {"file_id", "url", "size"})
