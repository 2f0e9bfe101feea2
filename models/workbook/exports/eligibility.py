"""What may leave in a workbook, and why the rest stays: pure rules, the numbers are those of `regles.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.events import rules as event_rules
from models.events.form import FIELDS, Answers
from models.events.rules import Situation
from models.events.tables import EventState
from models.persons import rules as person_rules
from models.persons.rules import PersonFacts
from models.reference.nomenclature import Handicap
from models.workbook.exports import texts

_OF_PERSON = {"entry_date": "pers_date_entree", "exit_date": "pers_date_sortie"}


@dataclass(frozen=True)
class Blocking:
    """A cell that keeps its row out of the workbook: its indicator, the rule, what is wrong in French."""

    indicator: str
    rule: str
    message: str


@dataclass(frozen=True)
class LeftOut:
    """What does not leave, by its reference, and why; `blocking` are the cells that keep it.

    `person_id` and `coach_id` say whom to ask; a dispositif has neither.
    """

    reference: str
    reason: str
    blocking: tuple[Blocking, ...] = ()
    person_id: int | None = None
    coach_id: int | None = None


@dataclass(frozen=True)
class Correction:
    """A value to change by hand in the national tool (E19): what was sent up and what holds now, as codes."""

    reference: str
    dispositif_id: int
    field: str
    sent: str
    now: str


@dataclass(frozen=True)
class Verdict:
    """What becomes of a person and of their event of the campaign."""

    person_leaves: bool
    event_leaves: bool
    left_out: LeftOut | None = None
    corrections: tuple[Correction, ...] = ()


def decide(row: Any, day: date, sent: Mapping[str, str] | None) -> Verdict:
    """Return what leaves of a person's row (see `Reader.person_pages`); `sent` are the codes already sent up."""
    of_person = _person_cells(row)
    if row.state is None:
        return Verdict(not of_person, False, _left_out(row, *of_person) if of_person else None)
    if sent is not None or row.state == EventState.SENT_UP:
        corrections = _corrections(row, sent or {})
        sentence = texts.TO_CORRECT_BY_HAND if corrections else texts.NOT_SENT_UP_AGAIN
        return Verdict(not of_person, False, _stays(row, texts.reason(sentence, "E19"), of_person), corrections)
    if row.state != EventState.VALIDATED:
        return Verdict(not of_person, False, _stays(row, texts.STATES[row.state], of_person))
    if cells := of_person + _event_cells(row, day):
        return Verdict(not of_person, False, _left_out(row, *cells))
    return Verdict(True, True)


def dispositif_cells(row: Any) -> tuple[Blocking, ...]:
    """Return the cells of a dispositif that keep it out of the workbook (E02, E18)."""
    cells = []
    if not person_rules.is_dispositif_reference(row.reference):
        cells.append(Blocking("disp_reference", "E02", texts.DISPOSITIF_REFERENCE))
    total, direct = row.etp_total, row.etp_hors_admin
    if total is not None and direct is not None and direct > total:
        cells.append(Blocking("disp_etp_hors_admin", "E18", texts.ETP))
    return tuple(cells)


def reason_of(cells: tuple[Blocking, ...]) -> str:
    """Return why these cells keep their row, in one sentence."""
    return ", ".join(dict.fromkeys(texts.reason(cell.message, cell.rule) for cell in cells))


def _person_cells(row: Any) -> tuple[Blocking, ...]:
    cells = []
    if not row.structure.strip():
        cells.append(("pers_structure", "E01", texts.NO_STRUCTURE))
    if row.structure_of != row.dispositif_id:
        cells.append(("pers_structure", "E09", texts.error("E09")))
    for indicator, code in (
        ("pers_handicap_principal", row.handicap_principal),
        ("pers_handicap_associe", row.handicap_associe),
    ):
        if code is not None and code not in set(Handicap):
            cells.append((indicator, "E06", texts.UNKNOWN_VALUE))
    facts = PersonFacts(
        row.reference,
        row.entry_date,
        row.exit_date,
        None if row.birth_date is None else date.fromisoformat(row.birth_date),
    )
    cells.extend((rule.indicator, rule.number, texts.error(rule.number)) for rule in person_rules.errors(facts))
    return tuple(Blocking(*cell) for cell in cells)


def _event_cells(row: Any, day: date) -> tuple[Blocking, ...]:
    situation = Situation(_answers(row), day, row.entry_date, row.exit_date)
    return tuple(_event_cell(rule) for rule in event_rules.errors(situation))


def _event_cell(rule: event_rules.Rule) -> Blocking:
    field = rule.fields[0]
    return Blocking(_OF_PERSON.get(field, f"evt_{field}"), rule.number, texts.error(rule.number))


def _corrections(row: Any, sent: Mapping[str, str]) -> tuple[Correction, ...]:
    if row.state not in {EventState.VALIDATED, EventState.SENT_UP}:
        return ()  # a correction under way is told once it is validated
    return tuple(
        Correction(row.reference, row.dispositif_id, field, sent[field], now)
        for field, now in _answers(row).codes().items()
        if sent.get(field, now) != now
    )


def _answers(row: Any) -> Answers:
    return Answers(*(getattr(row, field) for field in FIELDS))


def _left_out(row: Any, *cells: Blocking) -> LeftOut:
    return LeftOut(row.reference, reason_of(cells), cells, row.person_id, row.coach_id)


def _stays(row: Any, reason: str, cells: tuple[Blocking, ...]) -> LeftOut:
    whole = f"{reason} ; {reason_of(cells)}" if cells else reason
    return LeftOut(row.reference, whole, cells, row.person_id, row.coach_id)
