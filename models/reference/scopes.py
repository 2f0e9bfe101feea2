"""Scopes: the part of the country in which a role is held, a meeting due, something counted or exported.

The database and the buttons hold their text: `national`, `region:84`, `departement:69`, `dispositif:ABC01`, and for the
statistics `structure:12` and `caseload`. Each feature says which levels it accepts; how they are read is written here.
"""

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from models.reference.departements import departements

NATIONAL = "national"
WHOLE_COUNTRY = "France entière"


class Level(StrEnum):
    """How large a scope is, from the widest to the narrowest: the first word of its text."""

    NATIONAL = NATIONAL
    REGION = "region"
    DEPARTEMENT = "departement"
    DISPOSITIF = "dispositif"
    STRUCTURE = "structure"
    CASELOAD = "caseload"

    def scope(self, code: str | None) -> str:
        """Return the text of the scope of that code; without one, of a scope that is nowhere."""
        return str(self) if self in _WITHOUT_CODE else f"{self}:{code}"


COMMON = (Level.NATIONAL, Level.REGION, Level.DEPARTEMENT, Level.DISPOSITIF)
"""The levels of the country itself: what commands, exports and announcements accept."""

_WITHOUT_CODE = frozenset({Level.NATIONAL, Level.CASELOAD})


class Scope(NamedTuple):
    """A level and a code, INSEE's or the national tool's: the two arguments of a button that names a place."""

    level: Level
    code: str = ""

    @classmethod
    def parse(cls, text: str, accepted: Collection[Level] = frozenset(Level)) -> "Scope":
        """Return the scope of a text. Raises `ValueError` for what is none, or is of a level not accepted."""
        word, separator, code = text.partition(":")
        level = Level(word)
        well_written = not separator if level in _WITHOUT_CODE else code != ""
        if level not in accepted or not well_written:
            raise ValueError(text)
        return cls(level, code)

    @property
    def text(self) -> str:
        """The scope as it is stored, and written in commands."""
        return self.level.scope(self.code)

    @property
    def dispositif(self) -> str | None:
        """The reference of the dispositif it names, if it names one."""
        return self.code if self.level is Level.DISPOSITIF else None

    @property
    def departements(self) -> list[str]:
        """The numbers of the départements of a region, or the département's own; none at the other levels."""
        return _departements().get(self, [])

    @property
    def exists(self) -> bool:
        """Whether there is such a region or département; of the other levels only the database knows."""
        return self.level not in {Level.REGION, Level.DEPARTEMENT} or self in _names()

    @property
    def name(self) -> str:
        """How a region or a département is called: « Auvergne-Rhône-Alpes », « Rhône »; else the code."""
        return _names().get(self, self.code)

    @property
    def called(self) -> str:
        """How a scope of the common levels is told: « France entière », « région Corse », « dispositif ABC01 »."""
        return _CALLED[self.level].format(name=self.name)


_CALLED = {
    Level.NATIONAL: WHOLE_COUNTRY,
    Level.REGION: "région {name}",
    Level.DEPARTEMENT: "département {name}",
    Level.DISPOSITIF: "dispositif {name}",
}


@cache
def _departements() -> dict[Scope, list[str]]:
    found = {Scope(Level.DEPARTEMENT, code): [code] for code in departements()}
    for one in departements().values():
        found.setdefault(Scope(Level.REGION, one.region_code), []).append(one.code)
    return found


@cache
def _names() -> dict[Scope, str]:
    known = departements().values()
    regions = {Scope(Level.REGION, one.region_code): one.region for one in known}
    return regions | {Scope(Level.DEPARTEMENT, one.code): one.name for one in known}


def region_names() -> dict[str, str]:
    """Return the names of the regions by their code, in the order of the names."""
    named = {one.code: name for one, name in _names().items() if one.level is Level.REGION}
    return dict(sorted(named.items(), key=lambda region: region[1]))


def enclosing_scopes(departement: str | None) -> list[str]:
    """Return the texts of the scopes that hold a département, itself first; the country alone for an unknown one."""
    of = departements().get(departement or "")
    return [Level.DEPARTEMENT.scope(of.code), Level.REGION.scope(of.region_code), NATIONAL] if of else [NATIONAL]
