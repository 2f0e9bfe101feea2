"""What may be done with meetings, by who leads there: plan, plan a series, move, replace, cancel, say what took place.

Each leaves its history. What cannot be done is a value, `PlanningRefused` or `ToConfirm`; raises `Unknown`, `Stale`.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings import queries, repository
from models.meetings.changes import repository as changes
from models.meetings.contacts import repository as contacts
from models.meetings.contacts.repository import Listed
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.planning import checks
from models.meetings.planning.checks import Doubt, PlanningRefused, ToConfirm
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.slots import Slot, repeated, said, slot_of, values
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Gesture, MeetingState
from models.meetings.territories import Territory, territory
from models.meetings.texts import PlanningRefusal

UID_DOMAIN = "jalon"


@dataclass(frozen=True)
class Done:
    """It is done: the meetings as they stand now, and who is no longer invited to the first of them."""

    meetings: tuple[Meeting, ...]
    uninvited: tuple[Participant, ...] = ()

    @property
    def meeting(self) -> Meeting:
        """The meeting, where there is one."""
        return self.meetings[0]


Outcome = Done | PlanningRefused | ToConfirm


@dataclass(frozen=True)
class Planning:
    """The meetings in one actor's name, at one moment."""

    session: AsyncSession
    actor: Actor
    now: datetime

    async def meeting(self, number: int) -> Meeting:
        """Return a meeting the actor leads, with its participants and their answers; raises `Unknown`."""
        return await self._led(await self._permissions(), number)

    async def meetings(self, scope: str, first: date, last: date) -> list[Meeting]:
        """Return the meetings of a scope's platform on the days from `first` to `last`; of a region, all those in it.

        Whole where the actor leads, dates and states where they only know; nothing elsewhere.
        """
        there = await territory(self.session, scope)
        if there is None:
            return []
        rights = await self._permissions()
        platform = queries.of_territory(there)
        bounds = (platform, queries.during(first, last))
        whole = {one.id: one for one in await repository.led(self.session, rights, *bounds)}
        dated = await repository.known(self.session, rights, *bounds)
        return [whole.get(one.id, one) for one in dated]

    async def plan(
        self,
        kind: MeetingKind,
        scope: str,
        slot: Slot,
        invited: Sequence[int],
        confirmed: Collection[Doubt] = (),
    ) -> Outcome:
        """Plan a meeting; `invited` are the numbers of contacts."""
        return await self._plan(kind, await territory(self.session, scope), [slot], invited, confirmed)

    async def plan_series(
        self,
        kind: MeetingKind,
        scope: str,
        rule: RecurrenceRule,
        slot: Slot,
        invited: Sequence[int],
        confirmed: Collection[Doubt] = (),
    ) -> Outcome:
        """Plan the meetings of a series in the twelve months from the slot's day on, each with the slot's hour.

        Holidays move their occurrence (`series.occurrences`, to be shown before) and ask nothing.
        """
        if not rule.possible:
            return PlanningRefused(PlanningRefusal.NO_SUCH_RULE)
        there = await territory(self.session, scope)
        if there is None:
            return PlanningRefused(PlanningRefusal.UNKNOWN_SCOPE)
        if far := checks.day_refused(slot.day, self.now):
            return far
        if not (coming := repeated(rule, slot, there, self.now)):
            return PlanningRefused(PlanningRefusal.NO_OCCURRENCE)
        return await self._plan(kind, there, coming, invited, confirmed, rule)

    async def move(self, number: int, revision: int, slot: Slot, confirmed: Collection[Doubt] = ()) -> Outcome:
        """Move a meeting to another day, hour or place; its invitation takes the place of the former one."""
        rights = await self._permissions()
        meeting = await self._led(rights, number, revision)
        there = await self._where(meeting)
        if refused := checks.change_refused(meeting, self.now) or checks.slot_refused(slot, there, self.now):
            return refused
        if slot == slot_of(meeting):
            return PlanningRefused(PlanningRefusal.SAME)
        if doubt := await self._doubts(there, [slot], confirmed, but=[meeting.id]):
            return doubt
        changed = values(slot, there)
        dated = changed["starts_at"] != meeting.starts_at or slot.minutes != meeting.minutes
        sequence = meeting.sequence + 1
        changed["sequence"] = sequence
        if dated:
            changed |= {"dated_sequence": sequence, "state": MeetingState.MOVED}
        await changes.change(self.session, meeting, self.now, changed)
        gesture = Gesture.MOVED if dated else Gesture.CHANGED
        await self._tell(meeting, gesture, said(slot_of(meeting)), said(slot))
        return Done((await self._led(rights, number),))

    async def invite(self, number: int, revision: int, invited: Sequence[int]) -> Outcome:
        """Say anew who takes part. `uninvited` of what is returned are to be told that they no longer do.

        Once it has begun nobody is invited: who came all the same is added to its report (`Reporting.came`).
        """
        rights = await self._permissions()
        meeting = await self._led(rights, number, revision)
        if refused := checks.change_refused(meeting, self.now):
            return refused
        already = {one.contact.id: one.contact.email for one in meeting.participants}
        added, left = set(invited) - set(already), set(already) - set(invited)
        found = await contacts.chosen(self.session, rights, sorted(added))
        if refused := checks.people_refused(invited, already | _active(found)):
            return refused
        if not added | left:
            return PlanningRefused(PlanningRefusal.SAME)
        await changes.change(self.session, meeting, self.now, {"sequence": meeting.sequence + 1})
        await changes.invite(self.session, number, sorted(added))
        await changes.uninvite(self.session, number, sorted(left))
        await self._tell(meeting, Gesture.CHANGED, {"contacts": sorted(already)}, {"contacts": sorted(set(invited))})
        gone = tuple(one for one in meeting.participants if one.contact.id in left)
        return Done((await self._led(rights, number),), gone)

    async def cancel(self, number: int, revision: int) -> Outcome:
        """Cancel a meeting; the others of its series stay."""
        rights = await self._permissions()
        meeting = await self._led(rights, number, revision)
        if refused := checks.change_refused(meeting, self.now):
            return refused
        return Done((await self._cancel(meeting, Gesture.CANCELLED),))

    async def replace(self, number: int, revision: int, slot: Slot, confirmed: Collection[Doubt] = ()) -> Outcome:
        """Cancel a meeting and plan another in its stead, with the same participants, in the same series.

        Returns the new one and then the cancelled one: unlike a move, calendars get a new entry.
        """
        rights = await self._permissions()
        meeting = await self._led(rights, number, revision)
        if refused := checks.change_refused(meeting, self.now):
            return refused
        invited = [one.contact.id for one in meeting.participants]
        there = await self._where(meeting)
        planned = await self._plan(meeting.kind, there, [slot], invited, confirmed, replacing=meeting)
        if not isinstance(planned, Done):
            return planned
        return Done((planned.meeting, await self._cancel(meeting, Gesture.REPLACED)))

    async def held(self, number: int, revision: int, *, took_place: bool) -> Outcome:
        """Say whether a meeting that has begun took place; what was said may be changed until its report is signed."""
        rights = await self._permissions()
        meeting = await self._led(rights, number, revision)
        if meeting.state is MeetingState.REPORTED:
            return PlanningRefused(PlanningRefusal.SETTLED)
        if meeting.state is MeetingState.CANCELLED:
            return PlanningRefused(PlanningRefusal.NOT_LIVE)
        if meeting.starts_at > self.now:
            return PlanningRefused(PlanningRefusal.NOT_YET)
        state = MeetingState.HELD if took_place else MeetingState.NOT_HELD
        stands = await changes.settle(self.session, meeting, self.now, state, meeting.sequence)
        gesture = Gesture.HELD if took_place else Gesture.NOT_HELD
        await self._tell(meeting, gesture, {"state": meeting.state}, {"state": state})
        return Done((stands,))

    async def _plan(
        self,
        kind: MeetingKind,
        there: Territory | None,
        slots: Sequence[Slot],
        invited: Sequence[int],
        confirmed: Collection[Doubt],
        rule: RecurrenceRule | None = None,
        replacing: Meeting | None = None,
    ) -> Outcome:
        rights = await self._permissions()
        if there is None or not rights.knows(there):
            return PlanningRefused(PlanningRefusal.UNKNOWN_SCOPE)
        refused = checks.kind_refused(kind, there, rights.roles(there))
        for slot in slots:
            refused = refused or checks.slot_refused(slot, there, self.now)
        if refused:
            return refused
        kept = {one.contact.id: one.contact.email for one in replacing.participants} if replacing else {}
        people = await contacts.chosen(self.session, rights, sorted(set(invited)))
        if refused := checks.people_refused(invited, kept | _active(people)):
            return refused
        if (organiser := await repository.organiser_address(self.session, self.actor)) is None:
            return PlanningRefused(PlanningRefusal.NO_ORGANISER)
        lacking = [] if replacing else checks.people_doubts(kind, {one.body for one in people})
        doubt = await self._doubts(there, slots, confirmed, but=[replacing.id] if replacing else [], others=lacking)
        if doubt:
            return doubt
        common = {
            "kind": kind,
            "scope": there.scope,
            "departement_no": there.departement,
            "region_code": there.region,
            "organiser": organiser,
            "series_id": replacing.series_id if replacing else await self._series(rule, slots[0].day),
            "replaces_id": replacing.id if replacing else None,
            "state": MeetingState.PLANNED,
            "sequence": 0,
            "dated_sequence": 0,
            "created_at": self.now,
            "changed_at": self.now,
        }
        numbers = await self._add([common | values(slot, there) for slot in slots], slots, sorted(set(invited)))
        return Done(tuple(await repository.led(self.session, rights, queries.numbered(numbers))))

    async def _add(self, rows: Sequence[dict[str, Any]], slots: Sequence[Slot], people: Sequence[int]) -> list[int]:
        named = [row | {"uid": f"{uuid4()}@{UID_DOMAIN}"} for row in rows]
        numbers = await changes.add(self.session, named, people)
        after = [said(slot) | {"contacts": people} for slot in slots]
        await changes.tell_planned(self.session, self.actor, self.now, dict(zip(numbers, after, strict=True)))
        return numbers

    async def _series(self, rule: RecurrenceRule | None, first: date) -> int | None:
        if rule is None:
            return None
        said_once = {"first_day": first, "created_at": self.now, "created_by": self.actor.account_id}
        return await changes.add_series(self.session, asdict(rule) | said_once)

    async def _cancel(self, meeting: Meeting, gesture: Gesture) -> Meeting:
        state = MeetingState.CANCELLED
        stands = await changes.settle(self.session, meeting, self.now, state, meeting.sequence + 1)
        await self._tell(meeting, gesture, {"state": meeting.state}, {"state": state})
        return stands

    async def _doubts(
        self,
        there: Territory,
        slots: Sequence[Slot],
        confirmed: Collection[Doubt],
        but: Collection[int],
        others: Sequence[tuple[Doubt, str]] = (),
    ) -> ToConfirm | None:
        platform = queries.of_platform(there.departement, there.region, there.scope)
        zone = there.place.zone
        times = [(slot.starts_at(zone), slot.ends_at(zone)) for slot in slots]
        odd = [checks.day_doubt(slot.day, there) for slot in slots]
        beside = await repository.overlapping(self.session, platform, times, but)
        doubts = [*others, *(one for one in odd if one), *(checks.conflict(other) for other in beside)]
        return checks.unconfirmed(doubts, confirmed)

    async def _led(self, rights: MeetingPermissions, number: int, revision: int | None = None) -> Meeting:
        found = await repository.one_led(self.session, rights, number, lock=revision is not None)
        if found is None:
            raise Unknown
        if revision is not None and found.revision != revision:
            raise Stale
        return found

    async def _where(self, meeting: Meeting) -> Territory:
        there = await territory(self.session, meeting.scope)
        if there is None:
            raise Unknown
        return there

    async def _permissions(self) -> MeetingPermissions:
        return await meeting_permissions(self.session, self.actor)

    async def _tell(self, meeting: Meeting, gesture: Gesture, before: dict[str, Any], after: dict[str, Any]) -> None:
        await changes.tell(self.session, self.actor, self.now, meeting.id, gesture, before, after)


def _active(people: Sequence[Listed]) -> dict[int, str]:
    return {one.id: one.email for one in people if not one.archived}
