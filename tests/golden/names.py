"""What is drawn by chance gets a name: the first revision that a scene shows is REVISION1, the second REVISION2.

This is the one place where what was seen is changed before it is kept; nothing is dropped. What is named:

- what `secrets` and `uuid4` gave: in the process that plays they remember it, so that nothing is guessed;
- sums of such numbers, and of workbooks into which a library writes the machine's time: by the words before them;
- addresses of the servers that the play runs on this machine, and numbers that only mail servers read.

Time is virtual, and the address of the pages a setting: they are kept as they are.
"""

import random
import re
import secrets
import uuid

_WORD = re.compile(r"[A-Za-z0-9_-]{6,}")
_PART = re.compile(r"[A-Za-z0-9]{6,}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_BY_PLACE = (
    # What a review showed, or decided: a sum of the revisions of its entries.
    ("SUM", re.compile(r"(?<=:)([0-9a-f]{12})(?![0-9a-z])")),
    # Of a workbook; a message shows the beginning of it.
    ("SHA", re.compile(r"(?<![0-9a-f])([0-9a-f]{16})(?:[0-9a-f]{48}(?![0-9a-f])|(?=…))")),
    # The row of a letter: in what order the letters of one moment are written, nobody sees.
    ("LETTER", re.compile(r"(?<=<outbox-)(\d+)(?=@)")),
)

_source = random.Random()
_drawn: dict[str, tuple[str, str]] = {}
"""What was drawn, as it may be written: what it is called, and which one it is."""


def remember_what_is_drawn(seed: int) -> None:
    """Let `secrets` and `uuid4` draw from a seed and remember; for a process that does nothing but play."""
    _source.seed(seed)
    secrets.randbits = _randbits
    secrets.randbelow = _randbelow
    secrets.token_urlsafe = _token_urlsafe
    secrets.token_hex = _token_hex
    uuid.uuid4 = _uuid4


class Names:
    """The names within one scene. `fixed`: texts that have a name of their own, with it."""

    def __init__(self, *fixed: tuple[str, str]) -> None:
        self._fixed = fixed
        self._names: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def named(self, text: str) -> str:
        """Return a text in which what was drawn by chance has its name."""
        for found, name in self._fixed:
            text = text.replace(found, name)
        for kind, place in _BY_PLACE:
            text = place.sub(lambda found, kind=kind: self._name(kind, found[1]), text)  # type: ignore[misc]
        return _WORD.sub(lambda word: self._drawn(word[0]) or _PART.sub(self._part, word[0]), text)

    def _part(self, part: "re.Match[str]") -> str:
        return self._drawn(part[0]) or part[0]

    def _drawn(self, word: str) -> str | None:
        return self._name(*_drawn[word]) if word in _drawn else None

    def _name(self, kind: str, which: str) -> str:
        if which not in self._names:
            self._last[kind] = self._last.get(kind, 0) + 1
            self._names[which] = f"{kind}{self._last[kind]}"
        return self._names[which]


def _randbits(k: int) -> int:
    # The first bit is set: no small number is ever drawn, that could be taken for another.
    number = 1 << (k - 1) | _source.getrandbits(k - 1)
    short, rest = "", number
    while rest:
        rest, digit = divmod(rest, 36)
        short = _DIGITS[digit] + short
    _drawn[str(number)] = _drawn[short] = "REVISION", short
    return number


def _randbelow(exclusive_upper_bound: int) -> int:
    half = exclusive_upper_bound // 2
    number = half + _source.randrange(exclusive_upper_bound - half)
    if exclusive_upper_bound >= 10**6:
        # What is wanted from 1 on is drawn from 0 on.
        _drawn[str(number)] = _drawn[str(number + 1)] = "NUMBER", str(number)
    return number


def _token_urlsafe(nbytes: int | None = None) -> str:
    # Letters and figures alone: no token begins or ends with what a text may put around it.
    token = "".join(_source.choice(_DIGITS) for _ in range((nbytes or 32) * 4 // 3))
    _drawn[token] = "TOKEN", token
    return token


def _token_hex(nbytes: int | None = None) -> str:
    token = f"{_source.getrandbits(8 * (nbytes or 32)):0{2 * (nbytes or 32)}x}"
    _drawn[token] = "HEX", token
    return token


def _uuid4() -> uuid.UUID:
    drawn = uuid.UUID(int=_source.getrandbits(128), version=4)
    _drawn[str(drawn)] = "UUID", str(drawn)
    return drawn
