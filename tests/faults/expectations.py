"""What the database holds at the end: each person's event once, each recorded tap once in the history."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Table, select

from models.base.database import Database
from models.entry.card import END_LENGTH
from models.events.tables import Origin
from models.tables import metadata

_person = metadata.tables["person"]
_event = metadata.tables["event"]
_history = metadata.tables["event_history"]
_campaign = metadata.tables["campaign"]


@dataclass(frozen=True)
class Ledger:
    """How often each person was recorded in the open campaign, by the end of their code."""

    events: Counter[str]
    history: Counter[str]

    def not_once(self, persons: int) -> dict[str, tuple[int, int]]:
        """Return whoever is not there exactly once: their events and lines of history."""
        ends = (f"{number:04d}" for number in range(persons))
        counts = {end: (self.events[end], self.history[end]) for end in {*ends, *self.events, *self.history}}
        return {end: count for end, count in counts.items() if count != (1, 1)}


async def ledger(database: Database) -> Ledger:
    """Read what is recorded in the open campaign."""
    return Ledger(await _counted(database, _event), await _counted(database, _history))


async def _counted(database: Database, table: Table) -> Counter[str]:
    query = (
        select(_person.c.reference)
        .join(table, table.c.person_id == _person.c.id)
        .join(_campaign, _campaign.c.id == table.c.campaign_id)
        .where(_campaign.c.closed_at.is_(None))
    )
    if table is _history:
        query = query.where(table.c.origin != Origin.UNDONE)
    async with database.transaction() as session:
        return Counter(reference[-END_LENGTH:] for reference in (await session.scalars(query)))
