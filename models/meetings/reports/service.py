"""What may be done with a report, by who leads there: write it, sign it, correct it by a dated addendum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import Actor
from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings import repository
from models.meetings.bodies import Body
from models.meetings.changes import repository as changes
from models.meetings.contacts import repository as contacts
from models.meetings.permissions import MeetingPermissions, meeting_permissions
from models.meetings.planning.checks import MOST_PARTICIPANTS
from models.meetings.reports import repository as reports
from models.meetings.reports.report import Content, Decided, Report, ReportRefused, Setting, parts, refused, with_parts
from models.meetings.reports.texts import ReportRefusal
from models.meetings.repository import Meeting
from models.meetings.states import Gesture, MeetingState, Reason
from models.meetings.territories import territory


@dataclass(frozen=True)
class Written:
    """The report as it stands now, and its meeting, whose revision has changed."""

    meeting: Meeting
    report: Report


Outcome = Written | ReportRefused


@dataclass(frozen=True)
class Reporting:
    """The reports in one actor's name, at one moment. Every method raises `Unknown` to who does not lead there."""

    session: AsyncSession
    actor: Actor
    now: datetime

    async def report(self, meeting_id: int) -> tuple[Meeting, Report | None]:
        """Return a meeting with its report, signed or not, if it has one."""
        rights = await meeting_permissions(self.session, self.actor)
        meeting = await self._led(rights, meeting_id)
        return meeting, await reports.report_of(self.session, rights, meeting_id)

    async def came(self, meeting_id: int, revision: int, contact_id: int) -> Meeting | ReportRefused:
        """Add to a meeting somebody who came without being invited, and return it: nobody is told of what is over.

        A report that is signed does not say yet that they were there: an addendum does. Raises `Stale`.
        """
        rights = await meeting_permissions(self.session, self.actor)
        meeting = await self._led(rights, meeting_id, revision)
        if meeting.state not in {MeetingState.HELD, MeetingState.REPORTED}:
            return ReportRefused(ReportRefusal.NOT_HELD)
        found = await contacts.chosen(self.session, rights, [contact_id])
        if not found:
            raise Unknown
        already = [one.contact.id for one in meeting.participants]
        if contact_id in already:
            return meeting
        if found[0].email in {one.contact.email for one in meeting.participants}:
            return ReportRefused(ReportRefusal.SAME_ADDRESS)
        if len(already) >= MOST_PARTICIPANTS:
            return ReportRefused(ReportRefusal.TOO_MANY_PEOPLE)
        await changes.change(self.session, meeting, self.now, {})
        await changes.invite(self.session, meeting_id, [contact_id])
        told = {"contacts": sorted(already)}, {"contacts": sorted([*already, contact_id])}
        await self._tell(meeting_id, Gesture.CHANGED, *told)
        return await self._led(rights, meeting_id)

    async def to_follow(self, meeting_id: int) -> list[Decided]:
        """Return the decisions of the meetings before that this one is to say something of."""
        meeting = await self._led(await meeting_permissions(self.session, self.actor), meeting_id)
        return await reports.open_decisions(self.session, meeting)

    async def write(self, meeting_id: int, revision: int, content: Content) -> Outcome:
        """Write the report of a meeting that was held, whole or in part, in the place of what it said.

        Raises `Stale` if the meeting changed since it was shown.
        """
        rights = await meeting_permissions(self.session, self.actor)
        meeting, report = await self._open(rights, meeting_id, revision)
        if isinstance(meeting, ReportRefused):
            return meeting
        stands = refused(content, await self._setting(meeting))
        if stands:
            return stands
        before = parts(report.content) if report else None
        await reports.write(self.session, meeting_id, report, content)
        await changes.change(self.session, meeting, self.now, {})
        await self._tell(meeting_id, Gesture.REPORT_WRITTEN, before, parts(content))
        return await self._written(rights, meeting_id)

    async def sign(self, meeting_id: int, revision: int) -> Outcome:
        """Sign the report: it is frozen, and the meeting proves its obligation (OB05). Raises `Stale`."""
        rights = await meeting_permissions(self.session, self.actor)
        meeting, report = await self._open(rights, meeting_id, revision)
        if isinstance(meeting, ReportRefused):
            return meeting
        if report is None:
            return ReportRefused(ReportRefusal.NO_REPORT)
        missing = refused(report.content, await self._setting(meeting), signing=True)
        if missing:
            return missing
        await reports.sign(self.session, self.actor, self.now, report.id, await self._role(rights, meeting))
        await changes.change(self.session, meeting, self.now, {"state": MeetingState.REPORTED})
        state = ({"state": meeting.state}, {"state": MeetingState.REPORTED})
        await self._tell(meeting_id, Gesture.SIGNED, *state)
        return await self._written(rights, meeting_id)

    async def correct(self, meeting_id: int, revision: int, content: Content, reason: Reason) -> Outcome:
        """Correct a signed report by an addendum that holds what `content` says otherwise than what holds today.

        Who was there, the prescriptions and the subsidiarity may be corrected; decisions are followed up instead.
        Raises `Stale`.
        """
        rights = await meeting_permissions(self.session, self.actor)
        meeting = await self._led(rights, meeting_id, revision)
        report = await reports.report_of(self.session, rights, meeting_id)
        if report is None or report.signed_at is None:
            return ReportRefused(ReportRefusal.NOT_SIGNED)
        before, after = parts(report.corrected), parts(content)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return ReportRefused(ReportRefusal.SAME)
        corrected = with_parts(report.content, after)
        setting = Setting(meeting.kind, meeting.day, _invited(meeting), set(report.content.follow_ups))
        missing = refused(corrected, setting, signing=True)
        if missing:
            return missing
        told = ({name: before[name] for name in changed}, {name: after[name] for name in changed})
        role = await self._role(rights, meeting)
        await reports.add_addendum(self.session, self.actor, self.now, report.id, role, reason, *told)
        await changes.change(self.session, meeting, self.now, {})
        await self._tell(meeting_id, Gesture.ADDENDUM, *told)
        return await self._written(rights, meeting_id)

    async def _open(
        self, rights: MeetingPermissions, meeting_id: int, revision: int
    ) -> tuple[Meeting, Report | None] | tuple[ReportRefused, None]:
        meeting = await self._led(rights, meeting_id, revision)
        if meeting.state is MeetingState.REPORTED:
            return ReportRefused(ReportRefusal.SIGNED), None
        if meeting.state is not MeetingState.HELD:
            return ReportRefused(ReportRefusal.NOT_HELD), None
        return meeting, await reports.report_of(self.session, rights, meeting_id)

    async def _led(self, rights: MeetingPermissions, meeting_id: int, revision: int | None = None) -> Meeting:
        found = await repository.one_led(self.session, rights, meeting_id, lock=revision is not None)
        if found is None:
            raise Unknown
        if revision is not None and found.revision != revision:
            raise Stale
        return found

    async def _setting(self, meeting: Meeting) -> Setting:
        to_follow = {one.id for one in await reports.open_decisions(self.session, meeting) if one.id is not None}
        return Setting(meeting.kind, meeting.day, _invited(meeting), to_follow)

    async def _role(self, rights: MeetingPermissions, meeting: Meeting) -> str:
        there = await territory(self.session, meeting.scope)
        if there is None:
            raise Unknown
        return min(rights.roles(there))

    async def _written(self, rights: MeetingPermissions, meeting_id: int) -> Written:
        report = await reports.report_of(self.session, rights, meeting_id)
        assert report is not None
        return Written(await self._led(rights, meeting_id), report)

    async def _tell(
        self, meeting_id: int, gesture: Gesture, before: Mapping[str, Any] | None, after: Mapping[str, Any]
    ) -> None:
        await changes.tell(self.session, self.actor, self.now, meeting_id, gesture, before, after)


def _invited(meeting: Meeting) -> dict[int, Body]:
    return {one.contact.id: one.contact.body for one in meeting.participants}
