"""A coach at their phone: reads the screen, taps, waits, and taps again when nothing comes."""

import asyncio
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.phones import Phones
from tests.harness.waiting import until

SAME = "Rien n'a changé"
CHANGE = "Soutien"
CHOICE = "Suivi : "
SAVE = "Enregistrer"
NEXT = "Saisir la suivante"

CHANGED = 0.15
"""The share of persons for whom the coach changes a line."""

PATIENCE_S = 1.5
THINKING_S = 0.05

_RECORDED = re.compile(r"Enregistré : …(\w+)")
_PROGRESS = re.compile(r"(\d+) personnes? sur (\d+) saisies?")


@dataclass
class Coach:
    """One phone. `confirmed`: the ends of the codes that a screen or a toast said are recorded."""

    phones: Phones
    phone: int
    draw: Random = field(default_factory=lambda: Random(1))
    confirmed: set[str] = field(default_factory=set)
    screens: int = 0
    _changes: dict[str, bool] = field(default_factory=dict)
    tapped: asyncio.Event = field(default_factory=asyncio.Event)

    async def enter_everybody(self, persons: int) -> None:
        """Tap until the screen says that everybody is entered."""
        screen = await self.look()
        while not self.says_done(screen, persons):
            await self.tap(screen)
            screen = await self._another(screen)
            await asyncio.sleep(THINKING_S)

    async def look(self) -> dict[str, Any]:
        """Read the bot's last message."""
        messages = await self.phones.chat(self.phone)
        screen: dict[str, Any] = next(message for message in reversed(messages) if message["from"] == "bot")
        self._note(screen["text"])
        return screen

    async def tap(self, screen: dict[str, Any]) -> None:
        """Tap what a coach would; write the command where there is nothing to tap."""
        buttons = {_plain(button["text"]): button["data"] for row in screen["buttons"] for button in row}
        label = self._chosen(buttons)
        self.tapped.set()
        self.tapped.clear()
        if label is None:
            await self.phones.write(self.phone, "/saisir")
            return
        answer = await self.phones.press(self.phone, screen["message_id"], data=buttons[label], wait_s=PATIENCE_S)
        self._note(answer["text"] or "")

    async def several_screens(self, number: int) -> None:
        """Wait until the bot has shown so many more screens."""
        wanted = self.screens + number

        async def shown() -> bool:
            return self.screens >= wanted

        await until(shown, every_s=0.01)

    @staticmethod
    def says_done(screen: dict[str, Any], persons: int) -> bool:
        """Whether the screen says that all of the caseload is entered."""
        found = _PROGRESS.search(_plain(screen["text"]))
        return found is not None and found[1] == found[2] == str(persons)

    async def _another(self, screen: dict[str, Any]) -> dict[str, Any]:
        """Wait for another screen; after a while, make do with the same."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while asyncio.get_running_loop().time() < deadline:
            present = await self.look()
            if present != screen:
                self.screens += 1
                return present
            await asyncio.sleep(0.02)
        return screen

    def _chosen(self, buttons: dict[str, str]) -> str | None:
        # A coach who taps again because nothing came does not change their mind about the person.
        if SAME in buttons and self._changes.setdefault(buttons[SAME], self.draw.random() < CHANGED):
            return CHANGE
        wanted = (SAVE, SAME, CHOICE, NEXT)
        return next((label for want in wanted for label in buttons if _fits(label, want)), None)

    def _note(self, text: str) -> None:
        self.confirmed.update(_RECORDED.findall(_plain(text)))


def _fits(label: str, wanted: str) -> bool:
    return label == wanted or (wanted == CHOICE and label.startswith(CHOICE))


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
