"""Undo an import as a whole, as long as nothing later touched its rows.

What it created goes, what it changed is as before; both leave their line. The accounts of job coaches it made stay:
without a role they open nothing, and somebody may have been invited meanwhile.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE, Actor
from models.audit import repository as audit
from models.base.clock import local_day
from models.base.history import Snapshot
from models.base.revision import Stale
from models.events.repository import Gesture, take_back
from models.events.tables import Origin
from models.workbook.findings import Findings
from models.workbook.imports import runs
from models.workbook.imports.allowed import Allowed
from models.workbook.imports.loading import Loading
from models.workbook.imports.records import AssignmentRecord, Change, Plan, RecordT
from models.workbook.imports.repository import current_values
from models.workbook.imports.runs import Changed
from models.workbook.refusals import UndoRefused
from models.workbook.texts import UndoRefusal

ACTION = "import_undone"


@dataclass(frozen=True)
class Undone:
    """How many rows an undoing took away, and how many it put back as before."""

    removed: int
    restored: int


async def undo_import(session: AsyncSession, actor: Actor, now: datetime, import_id: int) -> Undone:
    """Take back everything an import wrote, in the transaction of `session`; return how much.

    Raises `UndoRefused` for an import that is not the actor's (an administrator's are all), that concerns a
    dispositif no longer theirs (E12), that is undone already, or of whose rows something changed since.
    """
    run = await runs.find(session, actor, import_id)
    if run is None:
        raise UndoRefused(UndoRefusal.NO_IMPORT, number=import_id)
    if run.undone_at is not None:
        raise UndoRefused(UndoRefusal.ALREADY_UNDONE, number=import_id)
    done = await runs.changed(session, run)
    if not await _all_allowed(session, actor, now, done):
        raise UndoRefused(UndoRefusal.NO_IMPORT, number=import_id)
    if touched := await runs.touched(session, run, done, local_day(now)):
        raise UndoRefused(UndoRefusal.CHANGED_SINCE, rows=touched)
    try:
        undone = await _Undoing(session, actor, now, done).write()
    except (IntegrityError, Stale) as error:
        # Something that this module does not know hangs on what the import created, or changed it.
        raise UndoRefused(UndoRefusal.CHANGED_SINCE, rows=1) from error
    run.undone_at, run.undone_by = now, actor.account_id
    session.add(run)
    audit.record(session, actor, now, ACTION, f"import:{import_id}", None, asdict(undone))
    await session.flush()
    return undone


async def _all_allowed(session: AsyncSession, actor: Actor, now: datetime, done: Changed) -> bool:
    persons = {
        *(change.after.reference for change in done.persons),
        *(change.after.person for change in done.assignments),
        *(event.person for event in done.events),
    }
    # All of them, whoever asks: a person who was moved elsewhere since forbids it.
    known = await current_values(session, Allowed(COMMAND_LINE), persons, (), local_day(now), described=())
    allowed = Allowed(actor)
    dispositifs = {person.dispositif for person in known.persons.values()}
    dispositifs.update(change.after.reference for change in done.dispositifs)
    dispositifs.update(change.before.dispositif for change in done.persons if change.before is not None)
    return all(map(allowed.writes, dispositifs))


class _Undoing:
    """One import on its way back."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime, done: Changed) -> None:
        self._session = session
        self._asker = actor
        self._now = now
        self._done = done
        self._new_persons = {c.after.reference for c in done.persons if c.creates}

    async def write(self) -> Undone:
        done, new = self._done, self._new_persons
        lines = [event.line for event in done.events if event.person not in new]
        await take_back(self._session, Gesture(self._asker.account_id, self._now, Origin.UNDONE), lines)
        assignments = [c for c in done.assignments if c.after.person not in new]
        plan = Plan(
            _reversed(done.dispositifs),
            _reversed(done.persons),
            (),
            tuple(Change(0, c.after, c.before or AssignmentRecord(c.after.person, None)) for c in assignments),
            Findings(),
        )
        await Loading(self._session, self._asker, self._now, action=ACTION).write(plan)
        await self._remove_created()
        put_back = sum(line.before is not None for line in lines)
        restored = len(plan.dispositifs) + len(plan.persons) + put_back + len(assignments)
        return Undone(self._written() - restored, restored)

    def _written(self) -> int:
        done = self._done
        return len(done.dispositifs) + len(done.persons) + len(done.assignments) + len(done.events)

    async def _remove_created(self) -> None:
        """Remove the persons and dispositifs; what the history said of their events goes on in the audit."""
        events: dict[str, dict[str, Snapshot | None]] = defaultdict(dict)
        for line, person, day in self._done.events:
            events[person][day.isoformat()] = line.after
        dispositifs = [c.after for c in self._done.dispositifs if c.creates]
        await runs.remove_persons(self._session, self._new_persons)
        await runs.remove_dispositifs(self._session, [record.reference for record in dispositifs])
        lines: list[audit.Change] = [
            (
                f"person:{c.after.reference}",
                asdict(c.after) | {"events": events[c.after.reference]},
                None,
            )
            for c in self._done.persons
            if c.creates
        ]
        lines += [
            (f"dispositif:{record.reference}", asdict(record) | {"structures": sorted(record.structures)}, None)
            for record in dispositifs
        ]
        await audit.record_all(self._session, self._asker, self._now, ACTION, lines)


def _reversed(changes: Any) -> tuple[Change[RecordT], ...]:
    return tuple(Change(0, change.after, change.before) for change in changes if change.before is not None)
