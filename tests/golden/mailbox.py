"""A mail server that keeps what it is given."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Letter:
    """A letter: to whom, and all of it that a person or a calendar reads."""

    to: str
    text: str


@dataclass
class Mailbox:
    """What arrived and was not looked at yet."""

    url: str = ""
    _letters: list[Letter] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the server's name
        """Take a letter."""
        letter = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self._letters.append(Letter(", ".join(envelope.rcpt_tos), _read(letter)))
        return "250 OK"

    def taken(self) -> list[Letter]:
        """Return the letters that came since the last time, by who they are for: several leave at once."""
        letters, self._letters = sorted(self._letters, key=lambda letter: (letter.to, letter.text)), []
        return letters


class _OnAnyPort(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Run a mail server on this machine."""
    box = Mailbox()
    server = _OnAnyPort(box, hostname="127.0.0.1", port=0)
    server.start()
    try:
        box.url = f"smtp://127.0.0.1:{server.port}?from=jalon@exemple.fr"
        yield box
    finally:
        server.stop()


def _read(letter: EmailMessage) -> str:
    lines = [f"{name}: {value}" for name, value in letter.items() if name not in {"Content-Type", "MIME-Version"}]
    said = ""
    for part in letter.walk():
        if part.is_multipart():
            continue
        # The boundary between the parts is drawn by chance, and nobody reads it.
        kind = ", ".join(f"{name}={value}" for name, value in sorted(part["Content-Type"].params.items()))
        content = part.get_content()
        text = content.decode() if isinstance(content, bytes) else content
        lines += ["", f"-- {part.get_content_type()} {kind} {part.get_filename() or ''}".rstrip()]
        # The calendar file is there twice: for whoever shows it beside the text, and for the others.
        lines += ["(the same)"] if text.splitlines() == said.splitlines() else text.splitlines()
        said = text
    return "\n".join(lines)
