"""What part of the country, or of a caseload, statistics are about."""

from dataclasses import dataclass
from enum import StrEnum

from models.accounts.rights import NATIONAL
from models.dispositifs.departements import departements
from models.statistics import texts


class Kind(StrEnum):
    """The kinds of scopes, from the widest to the narrowest."""

    NATIONAL = NATIONAL
    REGION = "region"
    DEPARTEMENT = "departement"
    DISPOSITIF = "dispositif"
    STRUCTURE = "structure"
    CASELOAD = "caseload"


@dataclass(frozen=True)
class Scope:
    """A scope: its text (`national`, `region:84`, `structure:12`, `caseload`…) and its French name."""

    kind: Kind
    code: str
    name: str

    @property
    def text(self) -> str:
        """The scope as it is written in commands and grants."""
        return f"{self.kind}:{self.code}" if self.code else str(self.kind)


def parsed(text: str) -> Scope | None:
    """Return the scope of that text, none if it is not one; dispositifs and structures are named by the database."""
    word, _, code = text.strip().partition(":")
    if word not in set(Kind) or (word in {Kind.NATIONAL, Kind.CASELOAD}) != (code == ""):
        return None
    kind = Kind(word)
    if kind == Kind.NATIONAL:
        return Scope(kind, "", texts.COUNTRY)
    if kind == Kind.CASELOAD:
        return Scope(kind, "", texts.CASELOAD)
    if kind == Kind.DEPARTEMENT:
        found = departements().get(code)
        return Scope(kind, code, f"{found.name} ({code})") if found else None
    if kind == Kind.REGION:
        names = {one.region_code: one.region for one in departements().values()}
        return Scope(kind, code, names[code]) if code in names else None
    if kind == Kind.STRUCTURE and not (code.isascii() and code.isdigit() and len(code) < _DIGITS):
        return None
    return Scope(kind, code, code)


_DIGITS = 10
"""Of a structure's number: a longer one is none that the database could hold."""
