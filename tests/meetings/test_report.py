"""A report: written in parts, signed, frozen, corrected by a dated addendum, followed up at the next point."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.kinds import MeetingKind
from models.meetings.planning.checks import PlanningRefused
from models.meetings.planning.service import Done, Planning
from models.meetings.reports.report import Content, Decided, Report, ReportRefused
from models.meetings.reports.service import Reporting, Written
from models.meetings.reports.texts import DECISIONS, GROUNDS, OUTCOMES, PRESCRIBERS, REASONS, REFUSALS, ReportRefusal
from models.meetings.repository import Meeting
from models.meetings.states import Decision, Ground, MeetingState, Outcome, Prescriber, Reason
from models.meetings.texts import PlanningRefusal
from tests.meetings.platform import COMPLETE, INVITED, NOW, SLOT, People, after, point


async def held(
    session: AsyncSession, people: People, day: date = SLOT.day, kind: MeetingKind = MeetingKind.POINT
) -> Meeting:
    """Plan a point and say that it was held."""
    meeting = await point(session, people, day, kind)
    done = await Planning(session, people["chef"], after(meeting)).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(done, Done)
    return done.meeting


def complete(people: People) -> Content:
    decision = Decided(Decision.CIRCUIT, date(2027, 2, 1), people.contacts[0])
    return replace(COMPLETE, present=people.contacts[:2], decisions=(decision,))


async def written(session: AsyncSession, people: People, meeting: Meeting, content: Content) -> Written:
    done = await Reporting(session, people["chef"], after(meeting)).write(meeting.id, meeting.revision, content)
    assert isinstance(done, Written), done
    return done


async def signed(session: AsyncSession, people: People, meeting: Meeting, content: Content) -> Written:
    wrote = await written(session, people, meeting, content)
    done = await Reporting(session, people["chef"], after(meeting)).sign(meeting.id, wrote.meeting.revision)
    assert isinstance(done, Written), done
    return done


def test_every_closed_list_is_named() -> None:
    for members, names in (
        (Prescriber, PRESCRIBERS),
        (Ground, GROUNDS),
        (Decision, DECISIONS),
        (Outcome, OUTCOMES),
        (Reason, REASONS),
        (ReportRefusal, REFUSALS),
    ):
        assert set(members) == set(names)


async def test_a_report_is_written_signed_and_proves_the_point(session: AsyncSession, people: People) -> None:
    meeting = await held(session, people)
    begun = await written(session, people, meeting, Content(present=people.contacts[:1]))
    assert begun.report.signed_at is None
    done = await signed(session, people, begun.meeting, complete(people))
    assert done.meeting.state is MeetingState.REPORTED
    assert (done.report.signed_at, done.report.signed_role) == (after(meeting), "chef_de_file")
    content = done.report.content
    assert content.present == people.contacts[:2]
    assert content.examined[Prescriber.MDPH] == 6
    assert content.own_structure == {Ground.AUCUN_AUTRE: 1}
    assert content.subsidiarity is True
    assert [(one.what, one.due_on) for one in content.decisions] == [(Decision.CIRCUIT, date(2027, 2, 1))]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"present": (999,)}, ReportRefusal.NOT_INVITED),
        ({"examined": {Prescriber.MDPH: -1}}, ReportRefusal.NUMBER),
        ({"examined": {Prescriber.MDPH: 1001}}, ReportRefusal.NUMBER),
        ({"own_structure": {Ground.CHOIX: 2, Ground.AUCUN_AUTRE: 1}}, ReportRefusal.MORE_THAN_EXAMINED),
        ({"decisions": (Decided(Decision.CIRCUIT, date(2027, 2, 1), 999),)}, ReportRefusal.OWNER),
        ({"decisions": (Decided(Decision.CIRCUIT, date(2027, 1, 11), 1),)}, ReportRefusal.DUE_BEFORE),
        ({"decisions": (Decided(Decision.CIRCUIT, date(2027, 2, 1), 1),) * 21}, ReportRefusal.TOO_MANY),
        ({"follow_ups": {999: Outcome.DONE}}, ReportRefusal.NOT_TO_FOLLOW),
    ],
)
async def test_what_cannot_stand_in_a_report(
    session: AsyncSession, people: People, change: dict[str, object], refusal: ReportRefusal
) -> None:
    assert people.contacts[0] == 1
    meeting = await held(session, people)
    reporting = Reporting(session, people["chef"], after(meeting))
    refused = await reporting.write(meeting.id, meeting.revision, replace(complete(people), **change))  # type: ignore[arg-type]
    assert refused == ReportRefused(refusal)
    assert (await reporting.report(meeting.id))[1] is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"present": ()}, ReportRefusal.NOBODY),
        ({"present": (2, 3)}, ReportRefusal.WITHOUT_MDPH),
        ({"present": (1,)}, ReportRefusal.WITHOUT_SPE),
        ({"examined": {Prescriber.CAP_EMPLOI: 2}}, ReportRefusal.NOT_COUNTED),
        ({"subsidiarity": None}, ReportRefusal.SUBSIDIARITY),
    ],
)
async def test_what_is_missing_before_signing(
    session: AsyncSession, people: People, change: dict[str, object], refusal: ReportRefusal
) -> None:
    meeting = await held(session, people)
    wrote = await written(session, people, meeting, replace(complete(people), **change))  # type: ignore[arg-type]
    reporting = Reporting(session, people["chef"], after(meeting))
    assert await reporting.sign(meeting.id, wrote.meeting.revision) == ReportRefused(refusal)
    assert (await reporting.report(meeting.id))[0].state is MeetingState.HELD


async def test_a_point_that_looked_at_no_prescription_is_not_asked_about_common_law(
    session: AsyncSession, people: People
) -> None:
    nothing = replace(complete(people), examined=dict.fromkeys(Prescriber, 0), own_structure={}, subsidiarity=None)
    done = await signed(session, people, await held(session, people), nothing)
    assert (done.meeting.state, done.report.content.subsidiarity) == (MeetingState.REPORTED, None)


async def test_a_committee_reports_who_was_there_and_what_was_decided(session: AsyncSession, people: People) -> None:
    meeting = await held(session, people, kind=MeetingKind.COMITE_DEPARTEMENTAL)
    done = await signed(session, people, meeting, Content(present=people.contacts))
    assert done.meeting.state is MeetingState.REPORTED


async def test_no_report_without_a_meeting_that_was_held(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    reporting = Reporting(session, people["chef"], after(meeting))
    unheld = await reporting.write(meeting.id, meeting.revision, complete(people))
    assert unheld == ReportRefused(ReportRefusal.NOT_HELD)
    assert await reporting.sign(meeting.id, meeting.revision) == ReportRefused(ReportRefusal.NOT_HELD)
    there = await held(session, people, date(2027, 1, 13))
    assert await reporting.sign(there.id, there.revision) == ReportRefused(ReportRefusal.NO_REPORT)


async def test_signed_is_frozen_and_corrected_by_addenda_only(session: AsyncSession, people: People) -> None:
    done = await signed(session, people, await held(session, people), complete(people))
    number, revision = done.meeting.id, done.meeting.revision
    later = after(done.meeting) + timedelta(days=20)
    reporting = Reporting(session, people["chef"], later)
    assert await reporting.write(number, revision, complete(people)) == ReportRefused(ReportRefusal.SIGNED)
    assert await reporting.sign(number, revision) == ReportRefused(ReportRefusal.SIGNED)
    undone = await Planning(session, people["chef"], later).held(number, revision, took_place=False)
    assert isinstance(undone, PlanningRefused)
    assert undone.refusal is PlanningRefusal.SETTLED

    same = await reporting.correct(number, revision, complete(people), Reason.ERREUR)
    assert same == ReportRefused(ReportRefusal.SAME)
    content = replace(complete(people), present=people.contacts)
    first = await reporting.correct(number, revision, content, Reason.ERREUR)
    assert isinstance(first, Written)
    with pytest.raises(Stale):
        await reporting.correct(number, revision, complete(people), Reason.ERREUR)
    fewer = replace(content, own_structure={})
    second = await reporting.correct(number, first.meeting.revision, fewer, Reason.CONTROLE)
    assert isinstance(second, Written)

    report: Report = second.report
    assert report.content == done.report.content, "what was signed stays as it was signed"
    assert (report.corrected.present, report.corrected.own_structure) == (people.contacts, {})
    assert [(one.at, one.reason) for one in report.addenda] == [(later, Reason.ERREUR), (later, Reason.CONTROLE)]
    assert (report.addenda[1].before, report.addenda[1].after) == (
        {"own_structure": {"aucun_autre": 1}},
        {"own_structure": {}},
    )
    nobody = await reporting.correct(number, second.meeting.revision, replace(fewer, present=()), Reason.ERREUR)
    assert nobody == ReportRefused(ReportRefusal.NOBODY)


async def test_an_unsigned_report_has_no_addendum(session: AsyncSession, people: People) -> None:
    wrote = await written(session, people, await held(session, people), complete(people))
    reporting = Reporting(session, people["chef"], after(wrote.meeting))
    refused = await reporting.correct(wrote.meeting.id, wrote.meeting.revision, COMPLETE, Reason.ERREUR)
    assert refused == ReportRefused(ReportRefusal.NOT_SIGNED)


async def test_whoever_came_unannounced_is_added_for_the_report(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    planning = Planning(session, people["chef"], after(meeting))
    fewer = await Planning(session, people["chef"], NOW).invite(meeting.id, meeting.revision, people.contacts[:1])
    assert isinstance(fewer, Done)
    there = await planning.held(meeting.id, fewer.meeting.revision, took_place=True)
    assert isinstance(there, Done)
    reporting, stands = Reporting(session, people["chef"], planning.now), there.meeting
    early = await reporting.came(meeting.id, stands.revision, people.contacts[1])
    assert isinstance(early, Meeting)
    again = await reporting.came(meeting.id, early.revision, people.contacts[1])
    assert again == early, "they came once"
    done = await signed(session, people, early, replace(complete(people), present=people.contacts[:2]))
    assert early.sequence == stands.sequence, "no calendar is told"

    late = await reporting.came(meeting.id, done.meeting.revision, people.contacts[2])
    assert isinstance(late, Meeting), "an addendum may name whom nobody had listed"
    everybody = replace(done.report.content, present=people.contacts)
    corrected = await reporting.correct(meeting.id, late.revision, everybody, Reason.INFORMATION_TARDIVE)
    assert isinstance(corrected, Written)
    assert corrected.report.content.present == people.contacts[:2]
    assert corrected.report.corrected.present == people.contacts


async def test_nobody_came_to_what_was_not_held_nor_twice_by_one_address(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    book = AddressBook(session, people["chef"], NOW)
    twin = await book.add("dispositif:ABC01", Body.MDPH, Function.DIRECTION, INVITED[0][2])
    reporting = Reporting(session, people["chef"], after(meeting))
    assert await reporting.came(meeting.id, meeting.revision, twin.id) == ReportRefused(ReportRefusal.NOT_HELD)
    held = await Planning(session, people["chef"], after(meeting)).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(held, Done)
    revision = held.meeting.revision
    assert await reporting.came(meeting.id, revision, twin.id) == ReportRefused(ReportRefusal.SAME_ADDRESS)
    with pytest.raises(Unknown):
        await reporting.came(meeting.id, revision, 999)
    with pytest.raises(Unknown):
        await Reporting(session, people["chef of the Isère"], NOW).came(meeting.id, revision, twin.id)


async def test_decisions_are_followed_up_until_done_or_dropped(session: AsyncSession, people: People) -> None:
    two = (
        Decided(Decision.CIRCUIT, date(2027, 2, 1), people.contacts[0]),
        Decided(Decision.COMPLEMENT, date(2027, 1, 20), people.contacts[1]),
    )
    january = await signed(session, people, await held(session, people), replace(complete(people), decisions=two))
    circuit, complement = (one.id for one in january.report.content.decisions)
    assert circuit is not None
    assert complement is not None

    february = await held(session, people, date(2027, 2, 9))
    reporting = Reporting(session, people["chef"], after(february))
    assert [one.id for one in await reporting.to_follow(february.id)] == [circuit, complement]
    plain = replace(COMPLETE, present=people.contacts)
    wrote = await written(session, people, february, replace(plain, follow_ups={circuit: Outcome.GOING_ON}))
    assert await reporting.sign(february.id, wrote.meeting.revision) == ReportRefused(ReportRefusal.TO_FOLLOW)
    both = {circuit: Outcome.GOING_ON, complement: Outcome.DONE}
    done = await signed(session, people, wrote.meeting, replace(plain, follow_ups=both))
    assert done.report.content.follow_ups == both

    march = await held(session, people, date(2027, 3, 9))
    reporting = Reporting(session, people["chef"], after(march))
    assert [one.id for one in await reporting.to_follow(march.id)] == [circuit]
    await signed(session, people, march, replace(plain, follow_ups={circuit: Outcome.DROPPED}))
    april = await held(session, people, date(2027, 4, 13))
    assert await Reporting(session, people["chef"], after(april)).to_follow(april.id) == []
    committee = await held(session, people, date(2027, 4, 14), kind=MeetingKind.COMITE_DEPARTEMENTAL)
    assert await Reporting(session, people["chef"], after(committee)).to_follow(committee.id) == []


async def test_a_decision_of_an_unsigned_report_binds_nobody(session: AsyncSession, people: People) -> None:
    await written(session, people, await held(session, people), complete(people))
    february = await held(session, people, date(2027, 2, 9))
    assert await Reporting(session, people["chef"], after(february)).to_follow(february.id) == []
