"""The whole of Jalon on virtual time, with the phones and the mailboxes of its people."""

import asyncio
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from typer.testing import CliRunner

from simulator import Simulator
from tests.golden import adapter
from tests.golden.digest import digest
from tests.golden.mailbox import Letter, Mailbox
from tests.golden.names import Names
from tests.golden.phone import Phone, plain
from tests.golden.record import Record

PARIS = ZoneInfo("Europe/Paris")
BEGINNING = datetime(2026, 10, 16, 7, 0, tzinfo=PARIS)
"""The campaign of the end of the year opens: the demo's last one closed the day before."""

ADDRESS = "https://jalon.exemple"
PATIENCE_S = 60.0
MINUTE = timedelta(minutes=1)

_LINK = re.compile(rf"{ADDRESS}(/classeurs/\S+)")
_DIGITS = re.compile(r"six chiffres à taper : (\d{6})")

_WAITING = (
    "SELECT (SELECT count(*) FROM job WHERE state IN ('waiting', 'running', 'failed') AND due_at <= :now)"
    " + (SELECT count(*) FROM outbox_message WHERE state IN ('pending', 'sending') AND due_at <= :now)"
)


class Now:
    """The virtual time."""

    def __init__(self) -> None:
        self.moment = BEGINNING

    def __call__(self) -> datetime:
        return self.moment

    def seconds(self) -> float:
        """Return the seconds since 1970."""
        return self.moment.timestamp()

    def __str__(self) -> str:
        return f"{self.moment.astimezone(PARIS):%Y-%m-%d %H:%M}"


@dataclass
class Quarter:
    """What is played: a step is a minute, and ends when nothing is under way any more."""

    now: Now
    inside: adapter.Inside
    local: Simulator
    http: aiohttp.ClientSession
    database: sqlite3.Connection
    letters: Mailbox
    invitation: str
    pages: str
    fixed: tuple[tuple[str, str], ...]
    files: dict[str, str] = field(default_factory=dict)
    """What was played, by the name of its file."""
    record: Record = field(init=False)
    _scene: str = ""
    _shown: dict[int, list[Any]] = field(default_factory=dict)
    _seen: dict[int, dict[int, dict[str, Any]]] = field(default_factory=dict)
    _places: dict[int, dict[int, int]] = field(default_factory=dict)

    def scene(self, name: str, title: str) -> None:
        """Begin a scene: what follows is kept in a file of that name."""
        self.end()
        self._scene, self.record = name, Record(title, Names(*self.fixed))

    def end(self) -> None:
        """End the scene."""
        if self._scene:
            self.keep(f"{self._scene}.txt", self.record.text())
        self._scene = ""

    def keep(self, name: str, text: str) -> None:
        """Keep a file."""
        assert name not in self.files, name
        self.files[name] = text

    async def phone(self, number: int, name: str) -> Phone:
        """Return somebody's phone, a new one if it is not there yet."""
        async with self.http.post("/sim/users", json={"id": number, "first_name": name}) as answer:
            assert answer.status == 200, await answer.text()
        return Phone(number, name, self)

    async def step(self, what: str) -> None:
        """Begin a step, a minute after the one before."""
        self.now.moment += MINUTE
        self.record.step(str(self.now), what)

    async def settle(self) -> None:
        """Wait until nothing is under way, then keep what every phone and every mailbox shows that is new."""
        async with asyncio.timeout(PATIENCE_S):
            while self._under_way():
                await asyncio.sleep(0.002)
        for person in sorted(self.local.state.people):
            await self._note_chat(person)
        for letter in self.letters.taken():
            self._note_letter(letter)

    async def all_alive(self) -> None:
        """Let every process give its sign of life at this moment, as they do each second or each minute."""
        await self.inside.tick()
        held = "SELECT held_until FROM telegram_line"
        (before,) = self.database.execute(held).fetchone()
        self.now.moment += MINUTE
        async with asyncio.timeout(PATIENCE_S):
            while self.database.execute(held).fetchone() == (before,):
                await asyncio.sleep(0.05)

    async def block(self, person: int, *, blocked: bool = True) -> None:
        """Let somebody block the bot, or take it back."""
        act = "block" if blocked else "unblock"
        await self.step(f"{self.local.state.people[person].first_name}: {act}")
        async with self.http.post(f"/sim/users/{person}/{act}") as answer:
            assert answer.status == 200, await answer.text()
        await self.settle()

    async def until(self, moment: datetime, hours: Sequence[int] = (9, 14)) -> None:
        """Let time pass; the scheduler looks at these hours of Paris. What comes is kept, each moment a step."""
        while True:
            following = min(one for hour in hours if (one := _next(self.now.moment, hour)) > self.now.moment)
            if following > moment:
                break
            self.now.moment = following
            await self.inside.tick()
            self.record.step(str(self.now), "time passes")
            await self.settle()
            self.record.forget_empty_step()
        self.now.moment = moment

    async def open_link(self, phone: Phone, *, digits: str = "", workbook: bytes | None = None) -> None:
        """Open the link that a phone shows last, type the six digits (or others), and send a workbook or fetch one."""
        text = next(found for one in reversed(await self.chat(phone.number)) if _LINK.search(found := one["text"]))
        link, shown = _LINK.search(text), _DIGITS.search(plain(text))
        assert link is not None
        typed = digits or (shown[1] if shown else "")
        address = self.pages + link[1]
        await self.step(f"{phone.name} opens {link[0]}")
        async with aiohttp.ClientSession() as browser:
            async with browser.get(address) as answer:
                self.record.note(f"{answer.status}")
                self.record.quote(_main(await answer.text()))
            form = aiohttp.FormData()
            form.add_field("digits", typed)
            if workbook is not None:
                form.add_field("workbook", workbook, filename="mon classeur.xlsx")
            async with browser.post(address, data=form) as answer:
                self.record.note(f"{typed} typed: {answer.status} {answer.content_type}")
                content = await answer.read()
                if answer.content_type == "text/html":
                    self.record.quote(_main(content.decode()))
                else:
                    self.record.note(str(answer.headers["Content-Disposition"]))
                    self._keep_workbook("jalon.xlsx", content)
        await self.settle()

    async def jalon(self, *arguments: str) -> str:
        """Run a command; keep what it prints, and how it ends. Returns its standard output."""
        await self.step(f"$ jalon {' '.join(arguments)}")
        (program,) = entry_points(group="console_scripts", name="jalon")
        result = await asyncio.to_thread(CliRunner().invoke, program.load(), list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.record.note(f"exit {result.exit_code}")
        for name, printed in (("out", result.stdout), ("err", result.stderr)):
            if printed:
                self.record.note("\n".join(f"{name}| {line}" for line in printed.rstrip("\n").split("\n")))
        await self.settle()
        return result.stdout

    def keep_file(self, name: str, path: Path) -> None:
        """Keep what a file that a command wrote holds."""
        self.keep(f"{name}.txt", Names(*self.fixed).named(digest(path.name, path.read_bytes())))

    def _under_way(self) -> bool:
        if self.local.state.updates.pending() or self.inside.busy:
            return True
        now = self.now.moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        (waiting,) = self.database.execute(_WAITING, {"now": now}).fetchone()
        return bool(waiting)

    async def chat(self, person: int) -> list[dict[str, Any]]:
        """Return the messages on a phone."""
        async with self.http.get(f"/sim/users/{person}/chat") as answer:
            found: list[dict[str, Any]] = await answer.json()
        return found

    async def _note_chat(self, person: int) -> None:
        # Asking every phone at every step is slow: those on which nothing moved are passed over.
        shown = [(one.message_id, one.text, one.keyboard) for one in self.local.state.chats[person].messages.values()]
        if self._shown.get(person, []) == shown:
            return
        self._shown[person] = shown
        messages = {one["message_id"]: one for one in await self.chat(person)}
        seen, places = self._seen.setdefault(person, {}), self._places.setdefault(person, {})
        name = self.local.state.people[person].first_name
        self.record.note(f"{name}'s phone ({person})")
        for number in seen.keys() - messages.keys():
            self.record.note(f"message {places[number]} is gone")
        for number, message in messages.items():
            before = seen.get(number)
            if before == message:
                continue
            places.setdefault(number, len(places) + 1)
            self.record.message(message, places[number], before)
            if before is None and message["from"] == "bot":
                await self._note_file(message["document"] or message["photo"])
        self._seen[person] = messages

    async def _note_file(self, shown: dict[str, Any] | None) -> None:
        if shown is None:
            return
        async with self.http.get(f"/sim/files/{shown['file_id']}") as answer:
            content = await answer.read()
        if shown["file_name"].endswith(".xlsx"):
            self._keep_workbook(shown["file_name"], content)
        else:
            self.record.quote(digest(shown["file_name"], content), "#")

    def _keep_workbook(self, name: str, content: bytes) -> None:
        kept = f"{self._scene}-{self.record.steps:02}-{name}.txt"
        self.record.note(f"its cells: {kept}", 2)
        self.keep(kept, Names(*self.fixed).named(digest(name, content)))

    def _note_letter(self, letter: Letter) -> None:
        self.record.note(f"letter to {letter.to}")
        self.record.quote(letter.text)


def _next(moment: datetime, hour: int) -> datetime:
    """Return the next time that it is that hour in Paris."""
    local = moment.astimezone(PARIS)
    days = 0 if local.hour < hour else 1
    return (local + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def _main(page: str) -> str:
    """Return what a page shows, without its style."""
    return page.partition("<main>")[2].partition("</main>")[0].strip()
