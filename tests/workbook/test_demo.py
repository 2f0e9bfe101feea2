"""The demonstration workbook: real-looking, within the rules, and what the demo promises of it."""

from collections import Counter
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.accounts.permissions import COMMAND_LINE
from models.events import rules
from models.events.form import carried
from models.events.rules import PastEvent, Situation
from models.reference.nomenclature import Emploi, Niveau, Statut
from models.workbook.imports.planning import Workbook, plan
from models.workbook.imports.records import EventRecord, PersonRecord, Plan
from models.workbook.imports.repository import CurrentValues, HeldCampaign
from models.workbook.reading.sheets import read_workbook
from tests.data.demo_people import CAMPAIGNS
from tests.data.make_demo import FILE, build

NEXT = date(2026, 12, 31)


def planned() -> Plan:
    held = CurrentValues(campaigns={day: HeldCampaign(day, open=False, over=True) for day in CAMPAIGNS})
    return plan(Workbook(read_workbook(FILE)), held, COMMAND_LINE)


def histories() -> dict[str, tuple[PersonRecord, list[EventRecord]]]:
    whole = planned()
    found: dict[str, tuple[PersonRecord, list[EventRecord]]] = {
        change.after.reference: (change.after, []) for change in whole.persons
    }
    for change in sorted(whole.events, key=lambda change: change.after.day, reverse=True):
        found[change.after.person][1].append(change.after)
    return found


def test_it_raises_neither_error_nor_warning() -> None:
    findings = planned().findings
    assert findings.errors == findings.warnings == []


def test_it_is_what_its_script_writes() -> None:
    committed, made = load_workbook(FILE), build()
    assert committed.sheetnames == made.sheetnames
    for sheet in made.worksheets:
        assert cells(committed[sheet.title]) == cells(sheet)


def cells(sheet: Worksheet) -> list[list[object]]:
    def plain(cell: object) -> object:
        return cell.date() if isinstance(cell, datetime) else cell

    return [[plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_twenty_persons_one_of_them_new() -> None:
    assert Counter(len(events) for _, events in histories().values()) == {3: 15, 2: 2, 1: 2, 0: 1}
    assert {change.after.email for change in planned().assignments} == {"coach@exemple.fr"}
    assert len({reference[-3:] for reference in histories()}) == 20  # told apart by their ends


def test_nothing_changed_breaks_no_rule() -> None:
    for person, events in histories().values():
        if events:
            past = [PastEvent(event.day, event.answers) for event in events]
            situation = Situation(carried(events[0].answers), NEXT, person.entry_date, person.exit_date, past)
            assert rules.errors(situation) == rules.warnings(situation) == []


def test_two_are_worth_a_look() -> None:
    jobs = {ref: [e.answers.emploi_date for e in events] for ref, (_, events) in histories().items()}
    assert [ref for ref, own in jobs.items() if own[:2] == [Emploi.CDD] * 2] == ["84ABC010004529"]
    assert jobs["84ABC010004529"] == [Emploi.CDD] * 3
    assert not any(own[:1] == [Emploi.PMSMP] for own in jobs.values())
    silent = {
        ref: [e.answers for e in events if e.answers.statut != Statut.SUIVI] for ref, (_, events) in histories().items()
    }
    assert {ref: len(answers) for ref, answers in silent.items() if answers} == {"84ABC010004640": 2}
    assert all(a.statut == Statut.VEILLE_TOTALE and a.niveau_soutien == Niveau.VEILLE for a in silent["84ABC010004640"])
