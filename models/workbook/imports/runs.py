"""The applied imports and what each of them changed, as the audit and the events' history tell it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor, Extent, Permission
from models.audit.repository import AUDIT
from models.audit.tables import Audit
from models.base.bulk import chunks
from models.base.metadata import table
from models.base.rows import Query
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.repository import HISTORY, LINES, Line, forget
from models.events.tables import Draft, Event, EventHistory, EventState, Origin
from models.persons.tables import Person
from models.reference.nomenclature import Orientation, StatutDispositif
from models.workbook.imports.loading import ACTION
from models.workbook.imports.records import AssignmentRecord, Change, DispositifRecord, PersonRecord, Plan
from models.workbook.imports.tables import ImportRun

_person = table(Person)
_campaign = table(Campaign)
_history = table(EventHistory)
_audit = table(Audit)

Numbers = tuple[int, int]
"""The last line of the audit and the last of the events' history."""


class EventLine(NamedTuple):
    """One event an import wrote: its line in the history, whose event it is, of which campaign."""

    line: Line
    person: str
    day: date

    @property
    def state(self) -> EventState:
        """Where the import left the event."""
        assert self.line.after is not None
        return EventState(self.line.after["state"])


_IMPORTED = Query(
    EventLine,
    LINES.add_columns(_person.c.reference, _campaign.c.date)
    .join(_person, _person.c.id == _history.c.person_id)
    .join(_campaign, _campaign.c.id == _history.c.campaign_id)
    .where(HISTORY.written_by(Origin.IMPORTED)),
)


class AuditLine(NamedTuple):
    """A line of the audit: what was changed, what it was and what it became, as texts."""

    subject: str
    before: str | None
    after: str


_LOADED = Query(
    AuditLine,
    select(_audit.c.subject, _audit.c.before, _audit.c.after).where(AUDIT.written_by(ACTION)).order_by(_audit.c.id),
)


@dataclass(frozen=True)
class Changed:
    """Everything an import wrote."""

    dispositifs: tuple[Change[DispositifRecord], ...]
    persons: tuple[Change[PersonRecord], ...]
    assignments: tuple[Change[AssignmentRecord], ...]
    events: tuple[EventLine, ...]

    @property
    def subjects(self) -> frozenset[str]:
        """What the audit calls the dispositifs and persons it wrote."""
        return frozenset(
            [f"dispositif:{c.after.reference}" for c in self.dispositifs]
            + [f"person:{c.after.reference}" for c in self.persons]
            + [f"person:{c.after.person}" for c in self.assignments]
        )


async def last_numbers(session: AsyncSession) -> Numbers:
    """Return the numbers up to which the audit and the history are written."""
    return await AUDIT.last(session), await HISTORY.last(session)


async def keep(session: AsyncSession, actor: Actor, now: datetime, plan: Plan, before: Numbers) -> int:
    """Record that the plan was applied after these numbers; return the import's number."""
    counts = [count for _, count in plan.counts()]
    after = await last_numbers(session)
    run = ImportRun(
        at=now,
        account_id=actor.account_id,
        created=sum(count.created for count in counts),
        updated=sum(count.updated for count in counts),
        audit_before=before[0],
        audit_last=after[0],
        history_before=before[1],
        history_last=after[1],
    )
    session.add(run)
    await session.flush()
    assert run.id is not None
    return run.id


async def find(session: AsyncSession, actor: Actor, number: int) -> ImportRun | None:
    """Return the import of that number, if it is the actor's own or they are an administrator; locked."""
    query = select(ImportRun).where(col(ImportRun.id) == number).with_for_update()
    if not actor.may(Permission.IMPORT, Extent.NATIONAL):
        query = query.where(col(ImportRun.account_id) == actor.account_id)
    return (await session.scalars(query)).one_or_none()


async def changed(session: AsyncSession, run: ImportRun) -> Changed:
    """Return what the import wrote, from the audit and the history."""
    dispositifs, persons, assignments = [], [], []
    wrote = {"at": run.at, "account": run.account_id}
    for subject, old, new in await _LOADED.all(session, {**wrote, "after": run.audit_before, "last": run.audit_last}):
        before: Any = None if old is None else json.loads(old)
        after = json.loads(new)
        if subject.startswith("dispositif:"):
            dispositifs.append(Change(0, before and _dispositif(before), _dispositif(after)))
        elif subject.startswith("person:") and "person" in after:
            assignments.append(Change(0, before and AssignmentRecord(**before), AssignmentRecord(**after)))
        elif subject.startswith("person:"):
            persons.append(Change(0, before and _person_record(before), _person_record(after)))
    events = await _IMPORTED.all(session, {**wrote, "after": run.history_before, "last": run.history_last})
    return Changed(tuple(dispositifs), tuple(persons), tuple(assignments), tuple(events))


async def touched(session: AsyncSession, run: ImportRun, done: Changed, today: date) -> int:
    """Return how many of the import's rows something later changed, used, or froze."""
    subjects: set[str] = set()
    for some in chunks(done.subjects):
        query = select(col(Audit.subject)).where(col(Audit.id) > run.audit_last, col(Audit.subject).in_(some))
        subjects.update((await session.scalars(query)).all())
    over = {c.date for c in (await session.scalars(select(Campaign))).all() if c.is_over(today)}
    standing = await _standing(session, done.events)
    events = sum(
        standing.get(event.line.revision) != event.state or (event.state != EventState.SENT_UP and event.day in over)
        for event in done.events
    )
    return len(subjects) + events + await _used_since(session, done)


async def remove_persons(session: AsyncSession, references: Collection[str]) -> None:
    """Remove persons, their events and the history of these; the caller keeps it in the audit."""
    for some in chunks(references):
        numbers = select(col(Person.id)).where(col(Person.reference).in_(some))
        await forget(session, [number for number in (await session.scalars(numbers)).all() if number is not None])
        await session.execute(delete(Person).where(col(Person.reference).in_(some)))


async def remove_dispositifs(session: AsyncSession, references: Collection[str]) -> None:
    """Remove dispositifs with their structures."""
    for some in chunks(references):
        numbers = select(col(Dispositif.id)).where(col(Dispositif.reference).in_(some))
        await session.execute(delete(Structure).where(col(Structure.dispositif_id).in_(numbers)))
        await session.execute(delete(Dispositif).where(col(Dispositif.reference).in_(some)))


async def _standing(session: AsyncSession, events: Sequence[EventLine]) -> dict[int, EventState]:
    found: dict[int, EventState] = {}
    for some in chunks(event.line.revision for event in events):
        rows: Any = await session.execute(
            select(col(Event.revision), col(Event.state)).where(col(Event.revision).in_(some)).with_for_update()
        )
        found.update(rows.all())
    return found


async def _used_since(session: AsyncSession, done: Changed) -> int:
    """Count what came to hang on what the import created: entries, drafts, persons in new structures."""
    new_persons = {c.after.reference for c in done.persons if c.creates}
    own = {(line.person_id, line.campaign_id) for line, *_ in done.events}
    used: set[str] = set()
    for some in chunks(new_persons):
        events: Any = await session.execute(
            select(col(Person.reference), col(Event.person_id), col(Event.campaign_id))
            .join(Event, col(Event.person_id) == col(Person.id))
            .where(col(Person.reference).in_(some))
        )
        used.update(reference for reference, *key in events if tuple(key) not in own)
        drafts = select(col(Person.reference)).join(Draft, col(Draft.person_id) == col(Person.id))
        used.update((await session.scalars(drafts.where(col(Person.reference).in_(some)))).all())
    return len(used) + await _moved_in(session, done)


async def _moved_in(session: AsyncSession, done: Changed) -> int:
    new_places = {
        (c.after.reference, name)
        for c in done.dispositifs
        for name in c.after.structures - (c.before.structures if c.before else frozenset())
    }
    own = {c.after.reference for c in done.persons}
    moved: set[str] = set()
    for some in chunks({reference for reference, _ in new_places}):
        rows: Any = await session.execute(
            select(col(Person.reference), col(Dispositif.reference), col(Structure.name))
            .join(Structure, col(Structure.id) == col(Person.structure_id))
            .join(Dispositif, col(Dispositif.id) == col(Structure.dispositif_id))
            .where(col(Dispositif.reference).in_(some))
        )
        moved.update(person for person, *place in rows if tuple(place) in new_places and person not in own)
    return len(moved)


def _dispositif(facts: dict[str, Any]) -> DispositifRecord:
    return DispositifRecord(
        **facts
        | {
            "emails_conseillers": tuple(facts["emails_conseillers"]),
            "statut": StatutDispositif(facts["statut"]),
            "structures": frozenset(facts["structures"]),
        }
    )


def _person_record(facts: dict[str, Any]) -> PersonRecord:
    days = {key: facts[key] and date.fromisoformat(facts[key]) for key in ("entry_date", "exit_date", "birth_date")}
    return PersonRecord(**facts | days | {"orientation": facts["orientation"] and Orientation(facts["orientation"])})
