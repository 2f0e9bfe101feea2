"""What a workbook says and what the database holds, in the same shape, so that they compare."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from models.events.form import Answers
from models.events.tables import EventState
from models.reference.nomenclature import Orientation, StatutDispositif
from models.workbook.findings import Findings


@dataclass(frozen=True)
class DispositifRecord:
    """A dispositif by its reference, with its structures in their order."""

    reference: str
    email_responsable: str | None = None
    nom_responsable: str | None = None
    prenom_responsable: str | None = None
    nom: str | None = None
    departement_no: str | None = None
    emails_conseillers: tuple[str, ...] = ()
    statut: StatutDispositif = StatutDispositif.EN_ACTIVITE
    structures: frozenset[str] = frozenset()
    capacite: int | None = None
    etp_total: float | None = None
    etp_hors_admin: float | None = None
    professionnels_hors_admin: int | None = None
    liste_attente: int | None = None
    sans_suite: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person by their reference; `dispositif` is a reference, `structure` a name."""

    reference: str
    dispositif: str
    structure: str
    entry_date: date | None = None
    exit_date: date | None = None
    duree_sans_emploi: int | None = None
    orientation: Orientation | None = None
    birth_date: date | None = field(default=None, repr=False)
    sexe: str | None = field(default=None, repr=False)
    handicap_principal: str | None = field(default=None, repr=False)
    handicap_associe: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A person's event at a campaign's date. What confirms its warnings does not make it another event."""

    person: str
    day: date
    answers: Answers
    state: EventState
    confirmations: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """Which job coach, by e-mail address, follows a person."""

    person: str
    email: str | None


RecordT = TypeVar("RecordT", DispositifRecord, PersonRecord, EventRecord, AssignmentRecord)


@dataclass(frozen=True, slots=True)
class Change(Generic[RecordT]):
    """What a row does: create (nothing before), update, or nothing (before and after are equal)."""

    row: int
    before: RecordT | None
    after: RecordT

    @property
    def creates(self) -> bool:
        """Whether nothing stands under that key yet."""
        return self.before is None

    @property
    def updates(self) -> bool:
        """Whether something else stands under that key."""
        return self.before is not None and self.before != self.after


@dataclass(frozen=True)
class Count:
    """How many rows of a sheet create, update, or change nothing."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True)
class Plan:
    """What importing a workbook would do: a value, to be shown, confirmed, or applied."""

    dispositifs: tuple[Change[DispositifRecord], ...]
    persons: tuple[Change[PersonRecord], ...]
    events: tuple[Change[EventRecord], ...]
    assignments: tuple[Change[AssignmentRecord], ...]
    findings: Findings

    @property
    def refused(self) -> bool:
        """Whether a cell refuses the workbook: then nothing of it may be written."""
        return bool(self.findings.errors)

    def counts(self) -> Iterator[tuple[str, Count]]:
        """Yield the counts of each sheet, under the names the command line prints."""
        yield "dispositifs", count(self.dispositifs)
        yield "personnes", count(self.persons)
        yield "evenements", count(self.events)
        yield "affectations", count(self.assignments)


def count(changes: tuple[Change[RecordT], ...]) -> Count:
    """Return how many of the changes create, update, or change nothing."""
    created = sum(change.creates for change in changes)
    updated = sum(change.updates for change in changes)
    return Count(created, updated, len(changes) - created - updated)
