"""E-mail, for whoever Telegram does not reach: one e-mail, and what became of it."""

import email.policy
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from ssl import SSLError
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from models.notifications.calendars import Calendar
from models.notifications.emails import Email

ANSWER_WITHIN_S = 15.0
PORTS = {"smtp": 587, "smtps": 465}
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
REFUSED_FOR_GOOD = 500
NAME = "Jalon"

_POLICY = email.policy.SMTP.clone(cte_type="7bit")
"""Accents travel encoded: not every server on the way takes eight bits."""


class MailAddressRefused(ValueError):
    """The address of the mail server cannot be used; the message is a French sentence."""


class MailFailed(Exception):
    """An e-mail surely did not leave; it may the next time. `cause` is for whoever looks for the reason."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class MailRefused(MailFailed):
    """The server will not have this e-mail, however often it is sent."""


class MailUncertain(MailFailed):
    """The server was given the whole e-mail, and did not say that it has it."""


class Mail:
    """A mail server, from `smtp://user:password@host:587?from=address` (encrypted where it can be) or `smtps://`."""

    def __init__(self, url: str) -> None:
        """Read the address; nothing is asked of the server yet. Raises `MailAddressRefused`."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise MailAddressRefused("L’adresse JALON_SMTP_URL n’est pas valable.") from error
        if parts.scheme not in PORTS or not parts.hostname:
            raise MailAddressRefused(
                "L’adresse JALON_SMTP_URL doit commencer par smtp:// ou smtps://, puis un serveur."
            )
        self._host = parts.hostname
        self._port = port or PORTS[parts.scheme]
        self._implicit = parts.scheme == "smtps"
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = parse_qs(parts.query).get("from", [self._user or ""])[0]
        if "@" not in self._sender:
            raise MailAddressRefused("JALON_SMTP_URL ne dit pas qui écrit : ajoutez « ?from=adresse » à la fin.")

    async def check(self) -> None:
        """Ask the server whether it lets us in. Raises `MailFailed`."""
        try:
            async with self._client() as client:
                await client.noop()
        except (SMTPException, OSError) as error:
            raise MailFailed(_cause(error)) from error

    async def send(self, to: str, letter: Email, number: int, now: datetime, calendar: Calendar | None = None) -> None:
        """Send an e-mail under the number of its message. Raises `MailFailed`, `MailRefused` or `MailUncertain`."""
        handed_over = False
        try:
            written = self.written(to, letter, number, now, calendar)
            async with self._client() as client:
                try:
                    await client.mail(self._sender)
                    await client.rcpt(to)
                    handed_over = True
                    await client.data(written)
                except SMTPResponseException as error:
                    cause = f"{type(error).__name__} {error.code}"
                    raise (MailRefused if error.code >= REFUSED_FOR_GOOD else MailFailed)(cause) from error
        except UnicodeError as error:
            # An address of before such were refused, that the protocol cannot carry: no e-mail will ever go there.
            raise MailRefused(type(error).__name__) from error
        except (SMTPException, OSError) as error:
            raise (MailUncertain if handed_over else MailFailed)(_cause(error)) from error

    def written(self, to: str, letter: Email, number: int, now: datetime, calendar: Calendar | None = None) -> bytes:
        """Return the e-mail as it travels; the same number always makes the same one."""
        message = EmailMessage(_POLICY)
        message["From"] = formataddr((NAME, self._sender))
        message["To"] = to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<outbox-{number}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        if calendar is not None:
            # Beside the text, where mail programs look for an invitation to show; and as a file, for the others.
            message.add_alternative(calendar.text, subtype="calendar", params={"method": calendar.method})
            message.add_attachment(calendar.text.encode(), "application", "ics", filename=calendar.name)
        return message.as_bytes()

    def _client(self) -> SMTP:
        secret = self._user is not None and self._host not in LOCAL
        return SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user,
            password=self._password,
            use_tls=self._implicit,
            # A password never travels in the clear; without one, encrypted wherever the server can.
            start_tls=True if secret and not self._implicit else None,
            timeout=ANSWER_WITHIN_S,
        )


def _cause(error: SMTPException | OSError) -> str:
    """Return what failed; of a connection refused for the server's certificate, that, for it is mended elsewhere."""
    return type(error.__cause__ if isinstance(error.__cause__, SSLError) else error).__name__
