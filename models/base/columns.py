"""Column types of our own: moments in UTC, closed lists, texts encrypted at rest."""

import base64
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC whatever the database thinks of time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone: it would mean something else on each machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time zone back to databases that forget it (SQLite)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def closed_list(values: type[StrEnum], name: str) -> Enum:
    """Return the type of a closed list kept by its codes, with the CHECK constraint `name` (E06)."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


class EncryptedText(TypeDecorator[str]):
    """A text encrypted with a key that is not in the database (birth date, sex, disability)."""

    impl = Text
    cache_ok = True
    _cipher: ClassVar[MultiFernet | None] = None

    @classmethod
    def use_secret(cls, secret: str) -> None:
        """Take the key from `secret`; several, comma-separated, allow a rotation: the first one writes."""
        cls._cipher = MultiFernet([_cipher_of(one) for one in secrets_of(secret)])

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way in."""
        return None if value is None else self._key().encrypt(value.encode()).decode("ascii")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else self._key().decrypt(value.encode("ascii")).decode()

    @classmethod
    def _key(cls) -> MultiFernet:
        if cls._cipher is None:
            raise RuntimeError("EncryptedText.use_secret was not called")
        return cls._cipher


def secrets_of(given: str) -> list[str]:
    """Return the secrets of a setting, the one that writes first."""
    return [part.strip() for part in given.split(",") if part.strip()]


def key_check(secret: str) -> str:
    """Return what tells a secret from another and does not give it away."""
    return _derived(secret, b"jalon key check").hex()


def can_read(secret: str, encrypted: str) -> bool:
    """Whether an encrypted text, as it is kept, was written with that secret."""
    try:
        _cipher_of(secret).decrypt(encrypted)
    except InvalidToken:
        return False
    return True


def _cipher_of(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(secret, b"jalon persons")))


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
