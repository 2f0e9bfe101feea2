"""What an import would do, as plain data: shown to its sender before they confirm.

Nothing in it identifies a person: such cells are told to change, not from what to what.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from models.reference.nomenclature import AFFECTATIONS, DISPOSITIFS, EVENEMENTS, PERSONNES, Indicator, NationalSheet
from models.workbook.findings import HIDDEN, IDENTIFYING, Finding
from models.workbook.imports.check_events import ANSWERS
from models.workbook.imports.records import Change, Count, EventRecord, Plan, RecordT

MOST_SHOWN = 200
"""Changes and findings listed; the counts are of all."""

PERSON_FIELDS = {
    "dispositif": "pers_dispositif",
    "structure": "pers_structure",
    "entry_date": "pers_date_entree",
    "exit_date": "pers_date_sortie",
    "duree_sans_emploi": "pers_duree_sans_emploi",
    "orientation": "pers_orientation",
    "birth_date": "pers_date_naissance",
    "sexe": "pers_sexe",
    "handicap_principal": "pers_handicap_principal",
    "handicap_associe": "pers_handicap_associe",
}
STATE = "État"
STATES = {"entered": "saisi", "sent_back": "renvoyé", "validated": "validé", "sent_up": "remonté"}


@dataclass(frozen=True)
class Difference:
    """One cell that would change: where, of what, from what to what."""

    sheet: str
    row: int
    reference: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Preview:
    """Counts by sheet, the first differences, the first errors and warnings with how many there are."""

    counts: Mapping[str, Count]
    differences: tuple[Difference, ...]
    more_differences: bool
    errors: tuple[Finding, ...]
    error_count: int
    warnings: tuple[Finding, ...]
    warning_count: int

    @property
    def refused(self) -> bool:
        """Whether a cell refuses the workbook."""
        return self.error_count > 0

    def as_dict(self) -> dict[str, Any]:
        """Return it as a job keeps it: texts and numbers alone."""
        return asdict(self) | {"refused": self.refused}


def preview(plan: Plan, most: int = MOST_SHOWN) -> Preview:
    """Return what the plan would do; at most so many differences, errors and warnings are listed."""
    found: list[Difference] = []
    for difference in _differences(plan):
        found.append(difference)
        if len(found) > most:
            break
    findings = plan.findings
    return Preview(
        # Refused, a workbook does nothing at all.
        {name: Count(0, 0, 0) if plan.refused else count for name, count in plan.counts()},
        () if plan.refused else tuple(found[:most]),
        len(found) > most and not plan.refused,
        tuple(findings.errors[:most]),
        len(findings.errors),
        tuple(findings.warnings[:most]),
        len(findings.warnings),
    )


def _differences(plan: Plan) -> Iterator[Difference]:
    dispositif_fields = {f"{indicator.id}".removeprefix("disp_"): indicator.id for indicator in DISPOSITIFS.indicators}
    dispositif_fields["structures"] = "disp_structures_rattachees"
    for dispositif in plan.dispositifs:
        yield from _of(DISPOSITIFS, dispositif, dispositif.after.reference, dispositif_fields)
    for person in plan.persons:
        yield from _of(PERSONNES, person, person.after.reference, PERSON_FIELDS)
    for event in plan.events:
        yield from _of_event(event)
    for assignment in plan.assignments:
        yield from _of(AFFECTATIONS, assignment, assignment.after.person, {"email": "aff_email_coach"})


def _of(
    sheet: NationalSheet,
    change: Change[RecordT],
    reference: str,
    columns: Mapping[str, str],
    part: Callable[[Any], Any] = lambda record: record,
) -> Iterator[Difference]:
    if not change.updates:
        return
    before, after = part(change.before), part(change.after)
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name in columns:
            indicator = sheet.indicator(columns[field.name])
            yield Difference(
                sheet.title, change.row, reference, indicator.label, _shown(indicator, old), _shown(indicator, new)
            )


def _of_event(change: Change[EventRecord]) -> Iterator[Difference]:
    reference = f"{change.after.person}, {change.after.day:%d/%m/%Y}"
    yield from _of(EVENEMENTS, change, reference, ANSWERS, lambda record: record.answers)
    if change.before is not None and change.before.state != change.after.state:
        old, new = STATES[change.before.state], STATES[change.after.state]
        yield Difference(EVENEMENTS.title, change.row, reference, STATE, old, new)


def _shown(indicator: Indicator, value: Any) -> str:
    if value in (None, (), frozenset()):
        return ""
    if indicator.id in IDENTIFYING:
        return HIDDEN
    if indicator.choices is not None and isinstance(value, StrEnum):
        return indicator.choices[value]
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, frozenset | tuple):
        return " ; ".join(sorted(value))
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)
