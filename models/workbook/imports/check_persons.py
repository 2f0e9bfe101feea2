"""The rows of "Personnes accompagnées" and "Affectations" against the rules (E03, E04, E09, E11, E12, …)."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.events import rules as event_rules
from models.events.rules import Situation
from models.events.tables import EventState
from models.persons import rules
from models.persons.rules import PersonFacts
from models.workbook import texts
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.names import NameAmbiguous, NameRefused, Names, NameUnknown
from models.workbook.imports.records import AssignmentRecord, Change, DispositifRecord, PersonRecord
from models.workbook.imports.repository import CurrentValues, Place
from models.workbook.reading.rows import CheckedRow, unique

EVENT_FIELDS = {"entry_date": "pers_date_entree", "exit_date": "pers_date_sortie"}


def check(
    rows: Sequence[CheckedRow],
    held: CurrentValues,
    allowed: Allowed,
    names: Names,
    rewritten: Mapping[str, frozenset[date]],
) -> list[Change[PersonRecord]]:
    """Return what the rows do to the persons; cells that break a rule are named. A row outside the actor's scope
    changes nothing.

    `rewritten` tells, for each person of "Évènements", the dates of the events the workbook holds itself.
    """
    changes = []
    for row in unique(rows, lambda r: r.get("pers_reference"), "pers_reference", "E04", texts.DUPLICATE):
        reference = row.get("pers_reference")
        outside = None if allowed.everywhere else _outside(row, held, allowed, names)
        if outside is not None:
            row.error(outside, "E12", texts.OUT_OF_SCOPE)
            continue
        before = held.persons.get(reference)
        dispositif = _dispositif(row, names)
        _check_structure(row, dispositif)
        after = _record(row, dispositif, before)
        _check_rules(row, after)
        if before is not None:
            _check_events_standing(row, before, after, held, rewritten.get(reference, frozenset()))
        changes.append(Change(row.number, before, after))
    return changes


def places(rows: Sequence[CheckedRow], names: Names) -> dict[str, Place]:
    """Return, by person, the dispositif and the structure the rows give them, where both can be told."""
    found = {}
    for row in rows:
        reference, written, structure = (
            row.get(key) for key in ("pers_reference", "pers_dispositif", "pers_structure")
        )
        if reference and written and structure:
            try:
                found[reference] = (names.find(written).reference, structure)
            except NameRefused:
                continue  # said where the row itself is checked
    return found


def check_assignments(
    rows: Sequence[CheckedRow],
    held: CurrentValues,
    allowed: Allowed,
    persons: Mapping[str, PersonRecord],
) -> list[Change[AssignmentRecord]]:
    """Return what the rows do to who follows whom; `persons` are those that will exist."""
    changes = []
    for row in unique(rows, lambda r: r.get("aff_personne"), "aff_personne", "E04", texts.DUPLICATE):
        reference = row.get("aff_personne")
        person = persons.get(reference)
        if person is None:
            row.error("aff_personne", *allowed.unknown(texts.PERSON_UNKNOWN))
            continue
        after = AssignmentRecord(reference, row.get("aff_email_coach"))
        coach = held.coaches.get(reference)
        before = None if coach is None else AssignmentRecord(reference, coach)
        changes.append(Change(row.number, before, after))
    return changes


def _outside(row: CheckedRow, held: CurrentValues, allowed: Allowed, names: Names) -> str | None:
    """Return the column by which a row leaves the actor's scope, if one does (E12).

    Nothing more is looked at then. A dispositif that is not theirs comes first: that row is refused alike whether or
    not there is such a dispositif and such a person. A code that a person of another dispositif bears cannot be
    created in theirs either: that alone is told, by the sentence of every E12, and only of a row that would create.
    """
    written = row.get("pers_dispositif")
    if written is None:
        return None
    try:
        dispositif = names.find(written)
    except NameUnknown:
        return "pers_dispositif"
    except NameAmbiguous:
        return None
    if not allowed.writes(dispositif.reference):
        return "pers_dispositif"
    return "pers_reference" if row.get("pers_reference") in held.elsewhere else None


def _dispositif(row: CheckedRow, names: Names) -> DispositifRecord | None:
    written = row.get("pers_dispositif")
    if written is None:
        return None
    try:
        return names.find(written)
    except NameRefused as refused:
        row.error("pers_dispositif", "E11", str(refused))
        return None


def _check_structure(row: CheckedRow, dispositif: DispositifRecord | None) -> None:
    structure = row.get("pers_structure")
    if dispositif is None or structure is None or structure in dispositif.structures:
        return
    expected = ", ".join(f"« {name} »" for name in sorted(dispositif.structures)) or "aucune"
    row.error("pers_structure", "E09", texts.STRUCTURE_UNKNOWN.format(structures=expected))


def _record(row: CheckedRow, dispositif: DispositifRecord | None, before: PersonRecord | None) -> PersonRecord:
    known = before.dispositif if before is not None else ""
    return PersonRecord(
        reference=row.get("pers_reference"),
        dispositif=dispositif.reference if dispositif is not None else known,
        structure=row.get("pers_structure") or "",
        entry_date=row.get("pers_date_entree"),
        exit_date=row.get("pers_date_sortie"),
        duree_sans_emploi=row.get("pers_duree_sans_emploi"),
        orientation=row.get("pers_orientation"),
        birth_date=row.get("pers_date_naissance"),
        sexe=row.get("pers_sexe"),
        handicap_principal=row.get("pers_handicap_principal"),
        handicap_associe=row.get("pers_handicap_associe"),
    )


def _check_rules(row: CheckedRow, record: PersonRecord) -> None:
    facts = PersonFacts(
        reference=record.reference,
        entry_date=record.entry_date,
        exit_date=record.exit_date,
        birth_date=record.birth_date,
        orientation=record.orientation,
        handicap_principal=row.get("pers_handicap_principal"),
        handicap_associe=row.get("pers_handicap_associe"),
        months_without_job=record.duree_sans_emploi,
    )
    for rule in rules.errors(facts):
        row.error(rule.indicator, rule.number, texts.person_error(rule.number))
    for rule in rules.warnings(facts):
        if rule.indicator not in row.bad:
            row.warning(rule.indicator, rule.number, texts.person_warning(rule.number))


def _check_events_standing(
    row: CheckedRow, before: PersonRecord, after: PersonRecord, held: CurrentValues, rewritten: frozenset[date]
) -> None:
    """Refuse dates that an event entered here, and not rewritten by the same workbook, contradicts (E14, E15).

    What was sent up is history: a later return rewrites the person's dates and leaves it as it was.
    """
    if (before.entry_date, before.exit_date) == (after.entry_date, after.exit_date):
        return
    for day, event in held.events.get(after.reference, {}).items():
        if event.state == EventState.SENT_UP or day in rewritten:
            continue
        situation = Situation(event.answers, day, after.entry_date, after.exit_date)
        for rule in event_rules.errors(situation):
            indicator = next((EVENT_FIELDS[f] for f in rule.fields if f in EVENT_FIELDS), "pers_date_sortie")
            message = texts.DATES_AGAINST_EVENT.format(day=texts.day(day))
            row.error(indicator, rule.number, message)
