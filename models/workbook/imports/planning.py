"""Compare a workbook with what the database holds: a pure function, whose result is a value."""

from datetime import date

from models.accounts.permissions import Actor
from models.reference.nomenclature import AFFECTATIONS, DISPOSITIFS, EVENEMENTS, PERSONNES
from models.workbook.findings import Finding, Findings
from models.workbook.imports import check_dispositifs, check_events, check_persons
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.names import Names
from models.workbook.imports.records import Plan
from models.workbook.imports.repository import CurrentValues
from models.workbook.reading.headings import SHEETS
from models.workbook.reading.rows import CheckedRow, converted
from models.workbook.reading.sheets import RawWorkbook


class Workbook:
    """The converted rows of a workbook, and the keys they speak of."""

    def __init__(self, raw: RawWorkbook) -> None:
        self.findings = Findings(list(raw.findings.errors), list(raw.findings.warnings))
        self.dispositifs = converted(DISPOSITIFS, raw.of(DISPOSITIFS), self.findings)
        self.persons = converted(PERSONNES, raw.of(PERSONNES), self.findings)
        self.events = converted(EVENEMENTS, raw.of(EVENEMENTS), self.findings)
        self.assignments = converted(AFFECTATIONS, raw.of(AFFECTATIONS), self.findings)

    @property
    def dispositif_references(self) -> frozenset[str]:
        """The dispositifs the workbook rewrites."""
        return _keys(self.dispositifs, "disp_reference")

    @property
    def described_persons(self) -> frozenset[str]:
        """The persons the workbook rewrites."""
        return _keys(self.persons, "pers_reference")

    @property
    def person_references(self) -> frozenset[str]:
        """Every person the workbook speaks of, on any sheet."""
        return self.described_persons | _keys(self.events, "evt_personne") | _keys(self.assignments, "aff_personne")


def plan(workbook: Workbook, held: CurrentValues, actor: Actor) -> Plan:
    """Return what importing the workbook would do, with every cell to look at.

    What is not refused is compared as it will stand: a person may come with their dispositif in one workbook.
    """
    allowed = Allowed(actor)
    dispositifs = check_dispositifs.check(workbook.dispositifs, held, allowed)
    names = Names([*held.dispositifs.values(), *(change.after for _, change in dispositifs)])
    moving = check_persons.places(workbook.persons, names)
    check_dispositifs.check_structures_left(dispositifs, held, moving)
    persons = check_persons.check(workbook.persons, held, allowed, names, _event_days(workbook))
    standing = {**held.persons, **{change.after.reference: change.after for change in persons}}
    events = check_events.check(workbook.events, held, allowed, names, standing)
    assignments = check_persons.check_assignments(workbook.assignments, held, allowed, standing)
    return Plan(
        tuple(change for _, change in dispositifs),
        tuple(persons),
        tuple(events),
        tuple(assignments),
        _in_order(workbook.findings),
    )


def _event_days(workbook: Workbook) -> dict[str, frozenset[date]]:
    days: dict[str, set[date]] = {}
    for row in workbook.events:
        person, day = row.get("evt_personne"), row.get("evt_date")
        if person is not None and day is not None:
            days.setdefault(person, set()).add(day)
    return {person: frozenset(own) for person, own in days.items()}


def _keys(rows: list[CheckedRow], indicator_id: str) -> frozenset[str]:
    return frozenset(row.get(indicator_id) for row in rows if row.get(indicator_id) is not None)


def _in_order(findings: Findings) -> Findings:
    """Return the findings as a reader goes through the workbook: by sheet, row and column."""
    sheets = {sheet.title: sheet for sheet in SHEETS}
    titles = list(sheets)
    labels = {title: [i.label for i in sheet.indicators] for title, sheet in sheets.items()}

    def place(finding: Finding) -> tuple[int, int, int, str]:
        known = finding.sheet in sheets
        columns = labels.get(finding.sheet, [])
        column = columns.index(finding.column) if finding.column in columns else len(columns)
        return (titles.index(finding.sheet) if known else len(titles), finding.row, column, finding.rule)

    return Findings(sorted(findings.errors, key=place), sorted(findings.warnings, key=place))
