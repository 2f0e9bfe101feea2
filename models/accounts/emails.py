"""E-mail addresses: by them the national tool, and so Jalon, names a person who uses it."""

import re

EMAIL = re.compile(r"[^@\s;,<>\"]+@[^@\s;,<>\"]+\.[^@\s;,<>\".]+")
MAX_LENGTH = 254


def normalised(text: str) -> str | None:
    """Return the address in lower case, or None where `text` is not one: case does not tell persons apart.

    One with accents is none: few servers take a letter for it (RFC 6531), and a typing slip is more likely.
    """
    address = text.strip().lower()
    fits = address.isascii() and len(address) <= MAX_LENGTH and EMAIL.fullmatch(address)
    return address if fits else None
