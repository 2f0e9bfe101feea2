"""E-mail addresses: by them the national tool, and so Jalon, names a person who uses it."""

import re

EMAIL = re.compile(r"[^@\s;,<>\"]+@[^@\s;,<>\"]+\.[^@\s;,<>\".]+")
MAX_LENGTH = 254


def normalised(text: str) -> str | None:
    """Return the address in lower case, or None where `text` is not one: case does not tell persons apart."""
    address = text.strip().lower()
    return address if len(address) <= MAX_LENGTH and EMAIL.fullmatch(address) else None
