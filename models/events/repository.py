"""The one writer of events: whatever changes one passes here, and leaves its line in the history.

Nothing else inserts, updates or deletes an event or a line of its history.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.bulk import chunks, insert_all
from models.base.database import insert_together
from models.base.history import History, Snapshot
from models.base.metadata import table
from models.base.revision import REVISION_BITS, Stale, new_revision
from models.base.rows import Query
from models.events.form import FIELDS, Answers
from models.events.tables import REVIEWING, Event, EventHistory, EventState, Origin

_event = table(Event)
_history = table(EventHistory)

HISTORY = History(_history, "origin")
"""It keeps of an event its codes, confirmations and state, and what the gesture noted beside them."""


def snapshot(answers: Answers, confirmations: Mapping[str, str], state: EventState) -> dict[str, Any]:
    """Return what the history keeps of an event: codes only."""
    return {**answers.codes(), "confirmations": confirmations, "state": state}


@dataclass(frozen=True)
class Gesture:
    """By whom events change, when and how: what every line of the history says."""

    account_id: int | None
    at: datetime
    origin: Origin


class Change(NamedTuple):
    """What a gesture makes of one event: `before` is none where it creates it, `after` where it removes it.

    `seen` is the revision that was read: the event is changed as long as it still has that one.
    """

    gesture: Gesture
    person_id: int
    campaign_id: int
    before: Snapshot | None
    after: Snapshot | None
    seen: int | None = None


class Line(NamedTuple):
    """One line of the history, by the revision it gave the event."""

    person_id: int
    campaign_id: int
    account_id: int | None
    at: datetime
    origin: Origin
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    revision: int


LINES = select(*(_history.c[name] for name in Line._fields))
"""The history, to be narrowed; read it as `Query(Line, …)`."""

_LINES_OF = Query(Line, LINES.where(_history.c.revision.in_(bindparam("revisions", expanding=True))))

_seen = (
    _event.c.person_id == bindparam("of_person"),
    _event.c.campaign_id == bindparam("of_campaign"),
    _event.c.revision == bindparam("seen"),
)
_MOVED = ("state", "revision")
_ANSWERED = (*FIELDS, "confirmations", *_MOVED, "changed_at", "changed_by")
_UPDATES = {
    columns: update(_event).where(*_seen).values({name: bindparam(f"new_{name}") for name in columns})
    for columns in (_MOVED, _ANSWERED)
}
_of_these = (
    _event.c.person_id.in_(bindparam("persons", expanding=True)),
    _event.c.campaign_id.in_(bindparam("campaigns", expanding=True)),
    _event.c.revision.in_(bindparam("revisions", expanding=True)),
)
_STANDING = select(func.count()).select_from(_event).where(*_of_these)
_REMOVE = delete(_event).where(*_of_these)
_FORGET = [delete(one).where(one.c.person_id.in_(bindparam("persons", expanding=True))) for one in (_event, _history)]


async def write(
    session: AsyncSession, changes: Sequence[Change], revisions: Sequence[int] | None = None
) -> Sequence[int]:
    """Make the changes, each with its line of history; return the revisions they drew, or those given, in order.

    Raises `Stale`, and the transaction is to be given up, where an event is not as it was seen; `IntegrityError` where
    one that is created stands already (E17).
    """
    drawn = [new_revision() for _ in changes] if revisions is None else revisions
    pairs = list(zip(changes, drawn, strict=True))
    await _remove(session, [change for change in changes if change.after is None])
    created = [_row(change, revision) for change, revision in pairs if change.before is None]
    lines = [_line(change, revision) for change, revision in pairs]
    if len(lines) == 1:
        await insert_together(session, (_event, created), (_history, lines))
    else:
        await insert_all(session, _event, created)
        await insert_all(session, _history, lines)
    changed = [(change, revision) for change, revision in pairs if change.before and change.after]
    for columns, statement in _UPDATES.items():
        these = [pair for pair in changed if (pair[0].gesture.origin in REVIEWING) == (columns is _MOVED)]
        await _update(session, statement, columns, these)
    return drawn


async def take_back(
    session: AsyncSession,
    gesture: Gesture,
    lines: Sequence[Line],
    revisions: Sequence[int] | None = None,
    **noted: str,
) -> Sequence[int]:
    """Put the events back to what they were before those lines of their history; return the revisions drawn, or given.

    The one way to undo, whatever gesture wrote the lines. Raises `Stale` where something changed one of them since, or
    where the form asks more than it did before them.
    """
    if any(line.before is not None and not line.before.keys() >= set(FIELDS) for line in lines):
        raise Stale
    changes = [
        Change(
            gesture,
            line.person_id,
            line.campaign_id,
            line.after,
            line.before if line.before is None else {**line.before, **noted},
            line.revision,
        )
        for line in lines
    ]
    return await write(session, changes, revisions)


async def lines_of(session: AsyncSession, revisions: Collection[int]) -> dict[int, Line]:
    """Return the lines of the history that gave those revisions, by revision."""
    found: dict[int, Line] = {}
    for some in chunks(revisions):
        found.update((line.revision, line) for line in await _LINES_OF.all(session, {"revisions": some}))
    return found


async def mark_sent_up(session: AsyncSession, gesture: Gesture, which: Select[tuple[int]]) -> int:
    """Mark those events, by their numbers, as sent up; return how many they are.

    Two statements however many events there are, so the database makes the lines and draws the revisions: the new one
    is the former one with the bit above `REVISION_BITS` set. It is as unique as the former one was, is never drawn
    otherwise, and each statement computes it by itself.
    """
    revision = _event.c.revision + literal(1 << REVISION_BITS, _event.c.revision.type)
    build = func.json_build_object if session.get_bind().dialect.name == "postgresql" else func.json_object
    before, after = (
        build(
            *(part for field in FIELDS for part in (literal(field), _event.c[field])),
            "confirmations",
            _event.c.confirmations if build is func.json_build_object else func.json(_event.c.confirmations),
            "state",
            state,
        )
        for state in (_event.c.state, literal(EventState.SENT_UP.value))
    )
    said = {
        "person_id": _event.c.person_id,
        "campaign_id": _event.c.campaign_id,
        "account_id": literal(gesture.account_id, Integer),
        "at": literal(gesture.at, _history.c.at.type),
        "origin": literal(gesture.origin, _history.c.origin.type),
        "before": before,
        "after": after,
        "revision": revision,
    }
    await session.execute(
        insert(_history).from_select(list(said), select(*said.values()).where(_event.c.id.in_(which)))
    )
    result: Any = await session.execute(
        update(_event).where(_event.c.id.in_(which)).values(state=EventState.SENT_UP, revision=revision)
    )
    return int(result.rowcount)


async def forget(session: AsyncSession, person_ids: Collection[int]) -> None:
    """Remove everything about those persons, history included; the caller keeps it in the audit."""
    for some in chunks(person_ids):
        for statement in _FORGET:
            await session.execute(statement, {"persons": some})


def _row(change: Change, revision: int) -> dict[str, Any]:
    assert change.after is not None
    return {
        "person_id": change.person_id,
        "campaign_id": change.campaign_id,
        **{name: change.after[name] for name in (*FIELDS, "confirmations", "state")},
        "revision": revision,
        "created_at": change.gesture.at,
        "changed_at": change.gesture.at,
        "changed_by": change.gesture.account_id,
    }


def _line(change: Change, revision: int) -> dict[str, Any]:
    by, at, origin = change.gesture.account_id, change.gesture.at, change.gesture.origin
    of = {"person_id": change.person_id, "campaign_id": change.campaign_id, "revision": revision}
    return HISTORY.line(by, at, origin, change.before, change.after, **of)


async def _update(session: AsyncSession, statement: Any, columns: Sequence[str], pairs: Sequence[Any]) -> None:
    if not pairs:
        return
    rows = []
    for change, revision in pairs:
        row = _row(change, revision)
        key = {"of_person": change.person_id, "of_campaign": change.campaign_id, "seen": change.seen}
        rows.append(key | {f"new_{name}": row[name] for name in columns})
    connection: Any = await session.connection()
    result = await connection.execute(statement, rows if len(rows) > 1 else rows[0])
    if result.rowcount >= 0:
        if result.rowcount != len(rows):
            raise Stale
    elif await _count(session, pairs) != len(rows):  # PostgreSQL does not tell how many rows many statements changed
        raise Stale


async def _count(session: AsyncSession, pairs: Sequence[tuple[Change, int]]) -> int:
    number = 0
    for some in chunks(pairs):
        number += await session.scalar(_STANDING, _keys([c for c, _ in some], [r for _, r in some])) or 0
    return number


async def _remove(session: AsyncSession, changes: Sequence[Change]) -> None:
    for some in chunks(changes):
        result: Any = await session.execute(_REMOVE, _keys(some, [change.seen for change in some]))
        if result.rowcount != len(some):
            raise Stale


def _keys(changes: Sequence[Change], revisions: Sequence[int | None]) -> dict[str, Any]:
    return {
        "persons": [change.person_id for change in changes],
        "campaigns": sorted({change.campaign_id for change in changes}),
        "revisions": revisions,
    }
