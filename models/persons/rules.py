"""The rules of `regles.yaml` about a person, each under its number: errors refuse, warnings are told."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.reference.nomenclature import Handicap, Orientation

REFERENCE_LENGTH = 14
MINIMUM_AGE = 16
LAW_OF_2020 = date(2020, 7, 30)
"""The law that opened the prescription to the public employment service (W18)."""

DISPOSITIF_REFERENCE = re.compile(r"[A-Za-z]{3}[0-9]{2}")


@dataclass(frozen=True)
class PersonFacts:
    """What the rules look at of a person, identifying fields included: never kept, never logged."""

    reference: str
    entry_date: date | None = None
    exit_date: date | None = None
    birth_date: date | None = None
    orientation: Orientation | None = None
    handicap_principal: Handicap | None = None
    handicap_associe: Handicap | None = None
    months_without_job: int | None = None


@dataclass(frozen=True)
class PersonRule:
    """A rule by its number, whether it fires, and the indicator to look at when it does."""

    number: str
    fires: Callable[[PersonFacts], bool]
    indicator: str


def is_dispositif_reference(text: str) -> bool:
    """Whether `text` is three letters and two digits (E02)."""
    return DISPOSITIF_REFERENCE.fullmatch(text) is not None


def birthday(birth: date, age: int) -> date:
    """Return the day on which `age` is reached; 29 February counts as 1 March in other years."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


def _before(earlier: date | None, later: date | None) -> bool:
    return earlier is not None and later is not None and earlier < later


def _too_young(person: PersonFacts) -> bool:
    if person.birth_date is None or person.entry_date is None:
        return False
    return person.birth_date < person.entry_date < birthday(person.birth_date, MINIMUM_AGE)


def _jobless_since_before_sixteen(person: PersonFacts) -> bool:
    if person.birth_date is None or person.entry_date is None or person.months_without_job is None:
        return False
    start = birthday(person.birth_date, MINIMUM_AGE)
    months = (person.entry_date.year - start.year) * 12 + person.entry_date.month - start.month
    if person.entry_date.day < start.day:
        months -= 1
    return person.months_without_job > max(months, 0)


ERRORS = (
    PersonRule("E03", lambda p: len(p.reference) != REFERENCE_LENGTH, "pers_reference"),
    PersonRule("E14", lambda p: _before(p.exit_date, p.entry_date), "pers_date_sortie"),
    PersonRule(
        "E14",
        lambda p: p.birth_date is not None and p.entry_date is not None and p.birth_date >= p.entry_date,
        "pers_date_naissance",
    ),
    PersonRule("E16", _too_young, "pers_date_entree"),
)

WARNINGS = (
    PersonRule(
        "W10",
        lambda p: (
            p.handicap_associe is not None
            and (p.handicap_principal is None or p.handicap_associe == p.handicap_principal)
        ),
        "pers_handicap_associe",
    ),
    PersonRule("W11", _jobless_since_before_sixteen, "pers_duree_sans_emploi"),
    PersonRule(
        "W18",
        lambda p: p.orientation == Orientation.SPE and _before(p.entry_date, LAW_OF_2020),
        "pers_orientation",
    ),
    PersonRule("W22", lambda p: p.birth_date is None, "pers_date_naissance"),
    PersonRule("W22", lambda p: p.entry_date is None, "pers_date_entree"),
    PersonRule("W22", lambda p: p.orientation is None, "pers_orientation"),
    PersonRule("W22", lambda p: p.handicap_principal is None, "pers_handicap_principal"),
)


def errors(person: PersonFacts) -> list[PersonRule]:
    """Return the blocking rules the person breaks."""
    return [rule for rule in ERRORS if rule.fires(person)]


def warnings(person: PersonFacts) -> list[PersonRule]:
    """Return the warnings the person raises."""
    return [rule for rule in WARNINGS if rule.fires(person)]
