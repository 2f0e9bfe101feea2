"""The cases to look at together at a point: a closed list of reasons, each a rule over what was entered of a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.events.tables import EventState
from models.reference.nomenclature import Emploi, Statut

QUARTERS = 3
"""How many quarters of the same make a reason."""

WAITING_DAYS = 180
"""From how many days after the entry on somebody without a job all along is a case."""


class CaseReason(StrEnum):
    """Why a person is spoken of."""

    SENT_BACK = "saisie_renvoyee"
    NOT_ENTERED = "sans_saisie"
    VEILLE_TOTALE = "veille_totale"
    CDD = "cdd_trois_trimestres"
    NEVER_EMPLOYED = "sans_emploi_depuis_l_entree"


@dataclass(frozen=True)
class Said:
    """One event: the campaign's date, the situation then, where the event stands."""

    day: date
    statut: Statut
    emploi: Emploi
    state: EventState


@dataclass(frozen=True)
class Followed:
    """A person of the platform who is in the process: code, dispositif, entry, events from the newest on.

    `due`: they are asked about in the campaign under way, and it has come to its date.
    """

    reference: str
    dispositif: str
    entry_date: date | None
    said: Sequence[Said]
    due: bool
    entered: bool


@dataclass(frozen=True)
class Case:
    """A person to look at, and the first reason for it."""

    reference: str
    dispositif: str
    reason: CaseReason


def _never_employed(one: Followed, today: date) -> bool:
    waited = one.entry_date is not None and (today - one.entry_date).days >= WAITING_DAYS
    return waited and bool(one.said) and all(said.emploi is Emploi.SANS_EMPLOI for said in one.said)


REASONS: dict[CaseReason, Callable[[Followed, date], bool]] = {
    CaseReason.SENT_BACK: lambda one, _: bool(one.said) and one.said[0].state is EventState.SENT_BACK,
    CaseReason.NOT_ENTERED: lambda one, _: one.due and not one.entered,
    CaseReason.VEILLE_TOTALE: lambda one, _: bool(one.said) and one.said[0].statut is Statut.VEILLE_TOTALE,
    CaseReason.CDD: lambda one, _: (
        len(one.said) >= QUARTERS and all(said.emploi is Emploi.CDD for said in one.said[:QUARTERS])
    ),
    CaseReason.NEVER_EMPLOYED: _never_employed,
}
"""In the order in which they matter: a person has one reason, the first that holds."""


def cases(followed: Sequence[Followed], today: date) -> list[Case]:
    """Return the persons to look at, by reason and code."""
    order = list(REASONS)
    found = [
        Case(one.reference, one.dispositif, reason)
        for one in followed
        if (reason := next((reason for reason in order if REASONS[reason](one, today)), None)) is not None
    ]
    return sorted(found, key=lambda case: (order.index(case.reason), case.reference))
