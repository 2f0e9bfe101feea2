"""All that is read and written of exports. Persons come in pages, in the order of their codes, so memory stays flat.

Each read is bounded by the actor's rights as they stand at that moment, whatever the service checked before.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor, Permission
from models.accounts.queries import of_dispositifs
from models.accounts.tables import RoleGrant
from models.base.metadata import table
from models.campaigns.tables import Campaign
from models.dispositifs.tables import Dispositif, Structure
from models.events import repository as events
from models.events.form import FIELDS
from models.events.repository import Gesture
from models.events.tables import Event, EventHistory, EventState
from models.persons.tables import Person
from models.reference.scopes import Scope
from models.workbook.exports.tables import Export, ExportedEvent

_person = table(Person)
_structure = table(Structure)
_campaign = table(Campaign)
_dispositif = table(Dispositif)
_event = table(Event)
_history = table(EventHistory)
_export = table(Export)
_exported = table(ExportedEvent)
_grant = table(RoleGrant)

PAGE = 2_000

_PLACE = (
    _person.c.id.label("person_id"),
    _person.c.reference,
    _person.c.dispositif_id,
    _person.c.coach_id,
    _structure.c.name.label("structure"),
    _structure.c.dispositif_id.label("structure_of"),
    _event.c.state,
    _event.c.revision,
    *(_event.c[field] for field in FIELDS),
)
_WHOLE = (
    *_PLACE,
    _person.c.entry_date,
    _person.c.exit_date,
    _person.c.duree_sans_emploi,
    _person.c.orientation,
    _person.c.birth_date,
    _person.c.sexe,
    _person.c.handicap_principal,
    _person.c.handicap_associe,
)


@dataclass(frozen=True)
class ExportReader:
    """Reads what one actor may export of one campaign in one scope."""

    session: AsyncSession
    actor: Actor
    scope: Scope
    campaign_id: int

    async def dispositifs(self) -> Sequence[Row[Any]]:
        """Return the dispositifs, in the order of their references."""
        query = select(_dispositif).where(*self._bounds()).order_by(_dispositif.c.reference)
        return (await self.session.execute(query, self.actor.scope)).all()

    async def structures(self) -> Mapping[int, list[str]]:
        """Return the names of the structures of each dispositif, in alphabetical order."""
        query = (
            select(_structure.c.dispositif_id, _structure.c.name)
            .join(_dispositif, _dispositif.c.id == _structure.c.dispositif_id)
            .where(*self._bounds())
        )
        found: dict[int, list[str]] = {}
        rows: Any = await self.session.execute(query, self.actor.scope)
        for dispositif_id, name in sorted(map(tuple, rows)):
            found.setdefault(dispositif_id, []).append(name)
        return found

    async def person_pages(self) -> AsyncIterator[Sequence[Row[Any]]]:
        """Yield the persons, what identifies them included, with their event of the campaign if there is one."""
        async for page in self._pages(select(*_WHOLE)):
            yield page

    async def event_pages(self) -> AsyncIterator[Sequence[Row[Any]]]:
        """Yield the validated events of the campaign, without what identifies their persons."""
        async for page in self._pages(select(*_PLACE).where(_event.c.state == EventState.VALIDATED)):
            yield page

    async def sent(self, person_ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
        """Return what the national tool holds of these persons' events, by person: the codes first sent up.

        It comes from the workbooks declared sent up, and from the history of what was sent up otherwise.
        """
        found: dict[int, Mapping[str, str]] = {}
        exported = (
            select(_exported.c.person_id, _exported.c.answers)
            .join(_export, _export.c.id == _exported.c.export_id)
            .where(
                _export.c.campaign_id == self.campaign_id,
                _export.c.sent_up_at.is_not(None),
                _exported.c.person_id.in_(person_ids),
            )
            .order_by(_export.c.id)
        )
        rows: Any = await self.session.execute(exported)
        for person_id, answers in rows:
            found.setdefault(person_id, answers)
        told = [cast(snapshot, Text).contains(EventState.SENT_UP) for snapshot in (_history.c.before, _history.c.after)]
        history = (
            select(_history.c.person_id, _history.c.before, _history.c.after, _event.c.state)
            .join(
                _event, (_event.c.person_id == _history.c.person_id) & (_event.c.campaign_id == _history.c.campaign_id)
            )
            .where(_history.c.campaign_id == self.campaign_id, _history.c.person_id.in_(person_ids), or_(*told))
            .order_by(_history.c.id)
        )
        rows = await self.session.execute(history)
        for person_id, before, after, state in rows:
            # What a change found sent up was so for ever; what it left sent up is, as long as it still says so.
            if _is_sent_up(before):
                found.setdefault(person_id, before)
            elif _is_sent_up(after) and state == EventState.SENT_UP:
                found.setdefault(person_id, after)
        return found

    async def _pages(self, query: Select[Any]) -> AsyncIterator[Sequence[Row[Any]]]:
        joined = (
            query.select_from(_person)
            .join(_dispositif, _dispositif.c.id == _person.c.dispositif_id)
            .join(_structure, _structure.c.id == _person.c.structure_id)
            .outerjoin(_event, (_event.c.person_id == _person.c.id) & (_event.c.campaign_id == self.campaign_id))
            .where(*self._bounds(), _person.c.reference > bindparam("after"))
            .order_by(_person.c.reference)
            .limit(PAGE)
        )
        after = ""
        while page := (await self.session.execute(joined, {**self.actor.scope, "after": after})).all():
            yield page
            after = page[-1].reference

    def _bounds(self) -> list[ColumnElement[bool]]:
        bounds = [of_dispositifs(Permission.EXPORT)]
        if self.scope.dispositif is not None:
            bounds.append(_dispositif.c.reference == self.scope.dispositif)
        if self.scope.departements:
            bounds.append(_dispositif.c.departement_no.in_(self.scope.departements))
        return bounds


def _is_sent_up(snapshot: Mapping[str, str] | None) -> bool:
    return snapshot is not None and snapshot.get("state") == EventState.SENT_UP


async def record(session: AsyncSession, export: Mapping[str, Any], pages: Iterable[Sequence[Mapping[str, Any]]]) -> int:
    """Write an export and, page by page, the events its workbook holds; return its number."""
    number: int | None = await session.scalar(insert(_export).values(export).returning(_export.c.id))
    assert number is not None
    for page in pages:
        await session.execute(insert(_exported), [{"export_id": number, **event} for event in page])
    return number


async def export_of(session: AsyncSession, sha256: str) -> Row[Any] | None:
    """Return the newest export whose file has that SHA-256, with the date (`day`) of its campaign."""
    query = (
        select(_export, _campaign.c.date.label("day"))
        .join(_campaign, _campaign.c.id == _export.c.campaign_id)
        .where(_export.c.sha256 == sha256)
        .order_by(_export.c.id.desc())
        .limit(1)
    )
    return (await session.execute(query)).first()


async def mark_sent_up(session: AsyncSession, gesture: Gesture, export_id: int) -> int:
    """Mark an export as sent up, and its events that are still as they left; return how many these are."""
    await session.execute(update(_export).where(_export.c.id == export_id).values(sent_up_at=gesture.at))
    unchanged = (
        select(_event.c.id)
        .join(_exported, (_exported.c.person_id == _event.c.person_id) & (_exported.c.revision == _event.c.revision))
        .where(_exported.c.export_id == export_id, _event.c.state == EventState.VALIDATED)
    )
    return await events.mark_sent_up(session, gesture, unchanged)
