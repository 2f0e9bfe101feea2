"""Write a plan, whole, with its history and its audit, in the transaction of the caller.

Rows go in bulk: the number of statements does not grow with the number of rows.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from models.accounts.permissions import Actor
from models.accounts.tables import Account
from models.audit import repository as audit
from models.base.bulk import insert_all
from models.base.metadata import Table, table
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events.form import Answers
from models.events.repository import Change as EventChange
from models.events.repository import Gesture, snapshot, write
from models.events.tables import EventState, Origin
from models.persons.tables import Person
from models.workbook.imports.records import (
    AssignmentRecord,
    Change,
    DispositifRecord,
    EventRecord,
    PersonRecord,
    Plan,
    RecordT,
)
from models.workbook.imports.repository import Place, event_revisions, ids, place_ids

ACTION = "import"


class Loading:
    """One import under way, or one undone: in whose name, at which moment, under which name in the audit."""

    def __init__(
        self,
        session: AsyncSession,
        actor: Actor,
        now: datetime,
        *,
        action: str = ACTION,
    ) -> None:
        self._session = session
        self._asker = actor
        self._now = now
        self._action = action

    async def write(self, plan: Plan) -> None:
        """Write everything the plan changes; the caller has made sure that nothing in it is refused."""
        await self._write_dispositifs(_changing(plan.dispositifs))
        await self._write_persons(_changing(plan.persons))
        await self._remove_structures(_changing(plan.dispositifs))
        await self._write_events(_changing(plan.events))
        await self._write_assignments(_changing(plan.assignments))

    async def _write_dispositifs(self, changes: Sequence[Change[DispositifRecord]]) -> None:
        known = await self._dispositif_ids([c.after.reference for c in changes if not c.creates])
        await self._insert(Dispositif, [_dispositif_row(c.after) for c in changes if c.creates])
        await self._update(
            Dispositif,
            [{"id": known[c.after.reference], **_dispositif_row(c.after)} for c in changes if not c.creates],
        )
        numbers = await self._dispositif_ids([c.after.reference for c in changes])
        await self._insert(
            Structure,
            [
                {"dispositif_id": numbers[change.after.reference], "name": name}
                for change in changes
                for name in sorted(change.after.structures - _structures(change.before))
            ],
        )
        await self._record((f"dispositif:{c.after.reference}", _facts(c.before), _facts(c.after)) for c in changes)

    async def _remove_structures(self, changes: Sequence[Change[DispositifRecord]]) -> None:
        """Remove the structures no longer listed; after the persons have moved out of them."""
        left = [c for c in changes if _structures(c.before) - c.after.structures]
        numbers = await self._dispositif_ids([c.after.reference for c in left])
        for change in left:
            names = sorted(_structures(change.before) - change.after.structures)
            await self._session.execute(
                delete(Structure).where(
                    col(Structure.dispositif_id) == numbers[change.after.reference],
                    col(Structure.name).in_(names),
                )
            )

    async def _write_persons(self, changes: Sequence[Change[PersonRecord]]) -> None:
        places = await place_ids(self._session, {c.after.dispositif for c in changes})
        known = await self._person_ids([c.after.reference for c in changes if not c.creates])
        rows = [(change, _person_row(change.after, places)) for change in changes]
        await self._insert(Person, [row for change, row in rows if change.creates])
        await self._update(Person, [{"id": known[c.after.reference], **row} for c, row in rows if not c.creates])
        await self._record((f"person:{c.after.reference}", _facts(c.before), _facts(c.after)) for c in changes)

    async def _write_events(self, changes: Sequence[Change[EventRecord]]) -> None:
        persons = await self._person_ids({c.after.person for c in changes})
        campaigns = await ids(self._session, col(Campaign.date), col(Campaign.id), {c.after.day for c in changes})
        keys = {(persons[c.after.person], campaigns[c.after.day]): c for c in changes}
        seen = await event_revisions(
            self._session, {person for (person, _), c in keys.items() if not c.creates}, set(campaigns.values())
        )
        kept = cache(_snapshot)  # few differ: each is built, and written out, once
        gesture = Gesture(self._asker.account_id, self._now, Origin.IMPORTED)
        await write(
            self._session,
            [
                EventChange(
                    gesture,
                    person,
                    campaign,
                    None if before is None else kept(before.answers, before.confirmations, before.state),
                    kept(after.answers, after.confirmations, after.state),
                    None if before is None else seen[person, campaign],
                )
                for (person, campaign), change in keys.items()
                for before, after in [(change.before, change.after)]
            ],
        )

    async def _write_assignments(self, changes: Sequence[Change[AssignmentRecord]]) -> None:
        emails = {c.after.email for c in changes if c.after.email is not None}
        accounts = await ids(self._session, col(Account.email), col(Account.id), emails)
        new = sorted(emails - accounts.keys())
        await self._insert(Account, [{"email": email, "created_at": self._now} for email in new])
        added = await ids(self._session, col(Account.email), col(Account.id), new)
        await self._record((f"account:{added[email]}", None, {"email": email}) for email in new)
        accounts.update(added)
        persons = await self._person_ids([c.after.person for c in changes])
        await self._update(
            Person,
            [{"id": persons[c.after.person], "coach_id": accounts.get(c.after.email)} for c in changes],
        )
        await self._record((f"person:{c.after.person}", _facts(c.before), _facts(c.after)) for c in changes)

    async def _record(self, changes: Iterable[audit.Change]) -> None:
        await audit.record_all(self._session, self._asker, self._now, self._action, changes)

    async def _insert(self, declared: type[Table], rows: list[dict[str, Any]]) -> None:
        await insert_all(self._session, table(declared), rows)

    async def _update(self, declared: type[Table], rows: list[dict[str, Any]]) -> None:
        if rows:
            await self._session.execute(update(declared), rows)

    async def _dispositif_ids(self, references: Collection[str]) -> dict[str, int]:
        return await ids(self._session, col(Dispositif.reference), col(Dispositif.id), references)

    async def _person_ids(self, references: Collection[str]) -> dict[str, int]:
        return await ids(self._session, col(Person.reference), col(Person.id), references)


def _changing(changes: Sequence[Change[RecordT]]) -> list[Change[RecordT]]:
    return [change for change in changes if change.creates or change.updates]


def _structures(record: DispositifRecord | None) -> frozenset[str]:
    return frozenset() if record is None else record.structures


def _dispositif_row(record: DispositifRecord) -> dict[str, Any]:
    row = asdict(record) | {"emails_conseillers": list(record.emails_conseillers)}
    del row["structures"]
    return row


def _person_row(record: PersonRecord, places: dict[Place, tuple[int, int]]) -> dict[str, Any]:
    dispositif, structure = places[record.dispositif, record.structure]
    row = asdict(record) | {"dispositif_id": dispositif, "structure_id": structure}
    del row["dispositif"], row["structure"]
    return row | {"birth_date": record.birth_date and record.birth_date.isoformat()}


def _snapshot(answers: Answers, confirmations: tuple[tuple[str, str], ...], state: EventState) -> dict[str, Any]:
    return snapshot(answers, dict(confirmations), state)


def _facts(record: Any) -> dict[str, Any] | None:
    """Return a record as the audit keeps it (encrypted); sets in a steady order."""
    if record is None:
        return None
    return {key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(record).items()}
