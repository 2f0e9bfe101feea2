"""Lists of persons, a page at a time: who is to enter, who is entered, all. How far a caseload is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Progress(NamedTuple):
    """How many persons are asked about, how many are entered, how many were sent back."""

    total: int
    done: int
    sent_back: int


@dataclass(frozen=True)
class ListedPerson:
    """A person in a list."""

    person_id: int
    reference: str
    structure: str
    entered: bool
    started: bool
    expected: bool
    sent_back: bool


@dataclass(frozen=True)
class PersonPage:
    """One page of a list, and how many persons match in all."""

    lines: tuple[ListedPerson, ...]
    matching: int


class Filter(StrEnum):
    """Which persons a list shows."""

    TO_DO = "todo"
    DONE = "done"
    ALL = "all"
