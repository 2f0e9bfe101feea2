"""Revisions: numbers drawn anew at each write, by which an old button is recognised."""

import secrets

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

REVISION_BITS = 52
"""Wide enough that a history of millions of lines does not meet the same number twice."""


def new_revision() -> int:
    """Return a number no other write of an event has drawn."""
    return secrets.randbits(REVISION_BITS)


def short(revision: int | None) -> str:
    """Return a revision in few characters, as callback data carries it; « 0 » where there is none."""
    digits, rest = "", revision or 0
    while rest:
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"


class Stale(Exception):
    """What a button showed is no longer so: the present state is to be shown instead."""
