"""A real mail server of a test: what it received, and how it behaves."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "jalon@exemple.fr", "mot de passe"


@dataclass
class Post:
    """What arrived, and what the server answers at each step where it is told to answer anything else."""

    url: str = ""
    received: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    silent_after_data: bool = False
    logins: list[str] = field(default_factory=list)

    def letters(self) -> list[EmailMessage]:
        """Return the e-mails as a mail program reads them."""
        parsed = (
            message_from_bytes(bytes(one.original_content or b""), policy=policy.default) for one in self.received
        )
        return [letter for letter in parsed if isinstance(letter, EmailMessage)]

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take an e-mail, or not."""
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.received.append(envelope)
        if self.silent_after_data:
            await asyncio.Event().wait()
        return "250 OK"

    def let_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, who: Any) -> AuthResult:
        """Look at a name and a password."""
        assert isinstance(who, LoginPassword)
        self.logins.append(who.login.decode())
        return AuthResult(success=(who.login.decode(), who.password.decode()) == (USER, PASSWORD), handled=False)


class _OnAnyPort(Controller):
    """Takes a port that is free, and says which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def post_office(
    host: str = "127.0.0.1", *, implicit: SSLContext | None = None, starttls: SSLContext | None = None
) -> Iterator[Post]:
    """A mail server that takes a name and a password, on this machine only; `host` is how it is called.

    In the clear, or encrypted from the first byte, or from where the client asks for it on: no password before.
    """
    post = Post()
    server = _OnAnyPort(
        post,
        hostname="127.0.0.1",
        port=0,
        authenticator=post.let_in,
        auth_require_tls=starttls is not None,
        ssl_context=implicit,
        tls_context=starttls,
    )
    server.start()
    try:
        scheme = "smtps" if implicit else "smtp"
        post.url = f"{scheme}://jalon%40exemple.fr:mot%20de%20passe@{host}:{server.port}"
        yield post
    finally:
        server.stop()
