"""Lists of persons, a page at a time: who is to enter, who is entered, all."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, bindparam, func, select, true

from models.accounts.permissions import ENTERABLE
from models.base.metadata import table
from models.dispositifs.tables import Structure
from models.events.queries import ASKED_AGAIN, ENTERED, EXPECTED, STARTED
from models.persons.tables import Person

_person = table(Person)
_structure = table(Structure)


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


_FILTERS: dict[Filter, ColumnElement[bool]] = {
    Filter.TO_DO: and_(EXPECTED, ~ENTERED),
    Filter.DONE: ENTERED,
    Filter.ALL: true(),
}

_SIZE = bindparam("size", type_=Integer)
_SKIPPED = bindparam("skipped", type_=BigInteger)
PAGES = {
    which: select(
        _person.c.id,
        _person.c.reference,
        _structure.c.name,
        ENTERED.label("entered"),
        STARTED.label("started"),
        EXPECTED.label("expected"),
        ASKED_AGAIN.label("sent_back"),
        func.count().over().label("matching"),
    )
    .select_from(_person)
    .join(_structure, _structure.c.id == _person.c.structure_id)
    .where(ENTERABLE, clause)
    .order_by(_person.c.reference)
    .limit(_SIZE)
    .offset(_SKIPPED)
    for which, clause in _FILTERS.items()
}
