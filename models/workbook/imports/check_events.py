"""The rows of "Évènements" against the rules (E05, E10, E11, E12, E14, E15, E17, E19, warnings)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.events import rules
from models.events.form import QUESTIONS, Answers
from models.events.rules import PastEvent, Situation
from models.events.tables import EventState
from models.workbook import texts
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.names import NameRefused, Names
from models.workbook.imports.records import Change, EventRecord, PersonRecord
from models.workbook.imports.repository import CurrentValues
from models.workbook.reading.rows import CheckedRow, unique

CONFIRMED_BY_IMPORT = "import"
"""The reason kept for a warning that nobody confirmed by hand."""

ANSWERS = {question.field: question.indicator.id for question in QUESTIONS}
_ANSWER_CELLS = tuple(ANSWERS.values())


def check(
    rows: Sequence[CheckedRow],
    held: CurrentValues,
    allowed: Allowed,
    names: Names,
    persons: Mapping[str, PersonRecord],
) -> list[Change[EventRecord]]:
    """Return what the rows do to the events, a person's in the order of their dates.

    `persons` are those that will exist, as far as the actor's scope goes. Cells that break a rule are named; of a
    person outside that scope, who is told alike whether or not they exist (E12), nothing more is looked at.
    """
    written: dict[str, dict[date, tuple[CheckedRow, Answers]]] = defaultdict(dict)
    same: dict[Answers, Answers] = {}
    for row in unique(rows, _key, "evt_personne", "E17", texts.SECOND_EVENT):
        person = _person(row, allowed, names, persons)
        if person is None and not allowed.everywhere:
            continue
        known_day = _check_day(row, held)
        if person is not None and known_day and row.bad.isdisjoint(_ANSWER_CELLS):
            answers = _answers(row)
            written[person.reference][row.get("evt_date")] = (row, same.setdefault(answers, answers))
    return [
        change
        for reference, events in written.items()
        for change in _changes(persons[reference], events, held, allowed)
    ]


def _key(row: CheckedRow) -> Any:
    person, day = row.get("evt_personne"), row.get("evt_date")
    return None if person is None or day is None else (person, day)


def _person(
    row: CheckedRow, allowed: Allowed, names: Names, persons: Mapping[str, PersonRecord]
) -> PersonRecord | None:
    reference = row.get("evt_personne")
    person = persons.get(reference)
    if person is None:
        row.error("evt_personne", *allowed.unknown(texts.PERSON_UNKNOWN))
        return None
    if not person.dispositif:
        return person  # its own row names what is wrong
    written = row.get("evt_dispositif_concerne")
    if written is not None:
        try:
            same = names.find(written).reference == person.dispositif
        except NameRefused:
            same = written == names.by_reference[person.dispositif].nom
        if not same:
            message = texts.OTHER_DISPOSITIF.format(reference=person.dispositif)
            row.error("evt_dispositif_concerne", "E10", message)
    return person


def _check_day(row: CheckedRow, held: CurrentValues) -> bool:
    day = row.get("evt_date")
    campaign = held.campaigns.get(day)
    if campaign is None:
        row.error("evt_date", "E05", texts.NO_CAMPAIGN.format(iso=day.isoformat()))
        return False
    if not campaign.open and not campaign.over:
        row.error("evt_date", "E05", texts.CAMPAIGN_TO_COME.format(opens=texts.day(campaign.opens)))
        return False
    return True


def _answers(row: CheckedRow) -> Answers:
    return Answers(*map(row.values.__getitem__, _ANSWER_CELLS))


def _changes(
    person: PersonRecord, events: dict[date, tuple[CheckedRow, Answers]], held: CurrentValues, allowed: Allowed
) -> list[Change[EventRecord]]:
    standing = held.events.get(person.reference, {})
    history = {day: event.answers for day, event in standing.items()}
    history.update({day: answers for day, (_, answers) in events.items()})
    newest_first = sorted(history, reverse=True)
    changes = []
    for day, (row, answers) in sorted(events.items()):
        before = standing.get(day)
        if before is not None and before.state == EventState.SENT_UP:
            if answers != before.answers:
                row.error("evt_personne", "E19", texts.SENT_UP)
            changes.append(Change(row.number, before, before))
            continue
        past = [PastEvent(earlier, history[earlier]) for earlier in newest_first if earlier < day]
        situation = Situation(answers, day, person.entry_date, person.exit_date, past)
        after = EventRecord(
            person.reference,
            day,
            answers,
            _state(
                before, answers, over=held.campaigns[day].over, by_coordinator=allowed.coordinates(person.dispositif)
            ),
            _confirmations(row, situation, before),
        )
        changes.append(Change(row.number, before, after))
    return changes


def _state(before: EventRecord | None, answers: Answers, *, over: bool, by_coordinator: bool) -> EventState:
    if over:
        return EventState.SENT_UP
    if by_coordinator:
        return EventState.VALIDATED  # their workbook is their word
    if before is not None and before.answers == answers:
        return before.state
    return EventState.ENTERED


def _confirmations(row: CheckedRow, situation: Situation, before: EventRecord | None) -> tuple[tuple[str, str], ...]:
    for rule in rules.errors(situation):
        row.error(_indicator(rule), rule.number, texts.event_error(rule.number))
    given = dict(before.confirmations) if before is not None else {}
    kept = {}
    for rule in rules.warnings(situation):
        row.warning(_indicator(rule), rule.number, texts.event_warning(rule.number))
        kept[rule.number] = given.get(rule.number, CONFIRMED_BY_IMPORT)
    return tuple(kept.items())


def _indicator(rule: rules.Rule) -> str:
    """Return the column to look at: an answer of the sheet, or its date where a person's date is at stake."""
    return next((ANSWERS[field] for field in rule.fields if field in ANSWERS), "evt_date")
