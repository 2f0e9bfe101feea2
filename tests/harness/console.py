"""A second channel, as small as one can be: text in, numbered choices out.

It can neither edit what it printed nor tell in passing: a screen comes under the one before, what is told in passing
above it, and what a button carries is what its number stands for.
"""

from dataclasses import dataclass, field
from itertools import count

from handlers.conversation import Answer, Conversation, Incoming
from models.base.channels import Address, MessageRef, Room
from models.base.screens import Button, typeset
from tests.harness.phone import plain

ROOM = Room(text=100_000, caption=100_000, action=1_000)

_INCOMING = count(1)
"""Numbers what comes in, on all consoles."""


@dataclass
class Console:
    """Somebody at a console."""

    conversation: Conversation
    address: Address
    printed: list[str] = field(default_factory=list)
    choices: list[Button] = field(default_factory=list)

    @property
    def screen(self) -> str:
        """What was printed last, its unbreakable spaces made plain."""
        return plain(self.printed[-1])

    async def enter(self, line: str) -> str:
        """Enter a line, the number of a choice or a text; return what is printed."""
        if line.isdecimal() and 0 < int(line) <= len(self.choices):
            chosen = self.choices[int(line) - 1].action.pack()
            incoming = Incoming(next(_INCOMING), self.address, tap=chosen, message=len(self.printed))
        else:
            incoming = Incoming(next(_INCOMING), self.address, text=line)
        await self.conversation.turn(incoming, self._print)
        return self.screen

    async def choose(self, label: str) -> str:
        """Enter the number printed before the one choice that begins so."""
        labels = [plain(choice.label) for choice in self.choices]
        found = [n for n, one in enumerate(labels, 1) if one == label] or [
            n for n, one in enumerate(labels, 1) if one.startswith(label)
        ]
        assert len(found) == 1, f"{label!r} among {labels}, under: {self.screen}"
        return await self.enter(str(found[0]))

    async def _print(self, answer: Answer) -> MessageRef:
        screen = answer.screen
        self.choices = [button for row in screen.rows for button in row]
        told = [typeset(screen.notice)] if screen.notice else []
        numbered = [f"{n}. {choice.label}" for n, choice in enumerate(self.choices, 1)]
        self.printed.append("\n".join((*told, screen.marked("*", "*"), *numbered)))
        return len(self.printed)
