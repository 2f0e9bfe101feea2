"""A chef de file plans, moves, replaces and cancels; and what is refused or asked about first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from models.base.revision import Stale
from models.entry.service import Unknown
from models.meetings import queries, repository
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.service import Answered, Invitations
from models.meetings.kinds import MeetingKind
from models.meetings.permissions import meeting_permissions
from models.meetings.planning.checks import Doubt, PlanningRefused, ToConfirm
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.service import Done, Planning
from models.meetings.states import Answer, Gesture, MeetingState
from models.meetings.tables import MeetingAnswer, MeetingHistory
from models.meetings.texts import UNSIGNABLE, PlanningRefusal
from tests.meetings.platform import ISERE, NOW, REUNION, RHONE, SLOT, People, after, point

POINT = MeetingKind.POINT
ASCENSION, SATURDAY = date(2027, 5, 6), date(2027, 1, 16)


def planning(session: AsyncSession, people: People, post: str = "chef") -> Planning:
    return Planning(session, people[post], NOW)


async def history(session: AsyncSession, number: int) -> Sequence[MeetingHistory]:
    """Return the lines of the history of a meeting, the oldest first."""
    kept = select(MeetingHistory).where(col(MeetingHistory.meeting_id) == number).order_by(col(MeetingHistory.id))
    return (await session.scalars(kept)).all()


async def gestures(session: AsyncSession, number: int) -> list[Gesture]:
    return [line.gesture for line in await history(session, number)]


async def test_a_point_is_planned_moved_and_cancelled(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    assert (meeting.state, meeting.sequence, len(meeting.participants)) == (MeetingState.PLANNED, 0, 3)

    moved = await planning(session, people).move(meeting.id, meeting.revision, replace(SLOT, day=date(2027, 1, 14)))
    assert isinstance(moved, Done)
    assert (moved.meeting.state, moved.meeting.sequence, moved.meeting.uid) == (MeetingState.MOVED, 1, meeting.uid)
    assert moved.meeting.day == date(2027, 1, 14)

    cancelled = await planning(session, people).cancel(meeting.id, moved.meeting.revision)
    assert isinstance(cancelled, Done)
    assert (cancelled.meeting.state, cancelled.meeting.sequence) == (MeetingState.CANCELLED, 2)
    again = await planning(session, people).cancel(meeting.id, cancelled.meeting.revision)
    assert isinstance(again, PlanningRefused)
    assert again.refusal is PlanningRefusal.NOT_LIVE

    lines = await history(session, meeting.id)
    assert [line.gesture for line in lines] == [Gesture.PLANNED, Gesture.MOVED, Gesture.CANCELLED]
    assert lines[1].before is not None
    assert lines[1].after is not None
    assert (lines[1].before["day"], lines[1].after["day"]) == ("2027-01-12", "2027-01-14")
    assert {line.account_id for line in lines} == {people["chef"].account_id}


async def test_another_room_is_a_change_and_not_another_date(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    done = await planning(session, people).move(meeting.id, meeting.revision, replace(SLOT, place="Cap emploi"))
    assert isinstance(done, Done)
    assert (done.meeting.state, done.meeting.sequence, done.meeting.dated_sequence) == (MeetingState.PLANNED, 1, 0)


async def test_an_old_button_changes_nothing(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    await planning(session, people).move(meeting.id, meeting.revision, replace(SLOT, hour=time(10)))
    with pytest.raises(Stale):
        await planning(session, people).cancel(meeting.id, meeting.revision)


async def test_what_has_begun_is_neither_moved_nor_replaced_nor_cancelled(
    session: AsyncSession, people: People
) -> None:
    meeting = await point(session, people)
    late = Planning(session, people["chef"], meeting.starts_at)
    another = replace(SLOT, day=date(2027, 1, 20))
    for outcome in (
        await late.cancel(meeting.id, meeting.revision),
        await late.move(meeting.id, meeting.revision, another),
        await late.replace(meeting.id, meeting.revision, another),
    ):
        assert isinstance(outcome, PlanningRefused)
        assert (outcome.refusal, "dites si elle a eu lieu" in outcome.sentence) == (PlanningRefusal.BEGUN, True)
    just_before = Planning(session, people["chef"], meeting.starts_at - timedelta(minutes=1))
    assert isinstance(await just_before.cancel(meeting.id, meeting.revision), Done)


async def test_changing_nothing_alerts_nobody(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    for outcome in (
        await planning(session, people).move(meeting.id, meeting.revision, SLOT),
        await planning(session, people).invite(meeting.id, meeting.revision, people.contacts[::-1]),
    ):
        assert isinstance(outcome, PlanningRefused)
        assert (outcome.refusal, outcome.sentence[:18]) == (PlanningRefusal.SAME, "Rien n'a changé : ")
    assert (await planning(session, people).meeting(meeting.id)).sequence == 0
    assert await gestures(session, meeting.id) == [Gesture.PLANNED]


@pytest.mark.parametrize(
    ("kind", "invited", "said"),
    [
        (POINT, (0, 1), None),
        (POINT, (0, 2), None),
        (POINT, (1, 2), f"Parmi les invités, il manque : MDPH. {UNSIGNABLE}"),
        (
            POINT,
            (0,),
            "Parmi les invités, il manque : service public de l'emploi (France Travail, Cap emploi ou Mission locale). "
            f"{UNSIGNABLE}",
        ),
        (
            MeetingKind.COMITE_DEPARTEMENTAL,
            (0, 1),
            "Parmi les invités, il manque : DDETS, ARS, Agefiph, FIPHFP.",
        ),
    ],
)
async def test_who_is_to_take_part_and_is_not_invited(
    session: AsyncSession, people: People, kind: MeetingKind, invited: tuple[int, ...], said: str | None
) -> None:
    contacts = [people.contacts[one] for one in invited]
    asked = await planning(session, people).plan(kind, RHONE, SLOT, contacts)
    if said is None:
        assert isinstance(asked, Done)
        return
    assert isinstance(asked, ToConfirm)
    assert (asked.doubts, asked.sentence) == ((Doubt.LACKING,), f"{said}\nConfirmez-vous ?")
    assert isinstance(await planning(session, people).plan(kind, RHONE, SLOT, contacts, asked.doubts), Done)


async def test_a_series_of_twelve_with_one_cancelled_and_one_replaced(session: AsyncSession, people: People) -> None:
    done = await planning(session, people).plan_series(POINT, RHONE, RecurrenceRule(1, 1), SLOT, people.contacts)
    assert isinstance(done, Done)
    assert len(done.meetings) == 12
    assert len({one.uid for one in done.meetings}) == 12
    assert {one.hour for one in done.meetings} == {time(14)}
    [series] = {one.series_id for one in done.meetings}
    assert series is not None

    third, fourth = done.meetings[2:4]
    await planning(session, people).cancel(third.id, third.revision)
    elsewhere = replace(SLOT, day=fourth.day + timedelta(days=1))
    replaced = await planning(session, people).replace(fourth.id, fourth.revision, elsewhere)
    assert isinstance(replaced, Done)
    new, former = replaced.meetings
    assert (new.series_id, new.replaces_id, new.uid != former.uid) == (series, fourth.id, True)
    assert len(new.participants) == 3
    assert await gestures(session, former.id) == [Gesture.PLANNED, Gesture.REPLACED]

    rights = await meeting_permissions(session, people["chef"])
    states = [one.state for one in await repository.led(session, rights, queries.in_series(series))]
    assert (states.count(MeetingState.PLANNED), states.count(MeetingState.CANCELLED)) == (11, 2)


IMPOSSIBLE = [
    (replace(SLOT, day=date(2027, 1, 3)), PlanningRefusal.PAST),
    (replace(SLOT, day=NOW.date(), hour=time(9)), PlanningRefusal.PAST),
    (replace(SLOT, minutes=0), PlanningRefusal.ENDS_BEFORE_START),
    (replace(SLOT, minutes=-60), PlanningRefusal.ENDS_BEFORE_START),
    (replace(SLOT, minutes=24 * 60 + 1), PlanningRefusal.TOO_LONG),
    (replace(SLOT, place=None, link=None), PlanningRefusal.NOWHERE),
    (replace(SLOT, link="javascript:alert(1)"), PlanningRefusal.BAD_LINK),
    (replace(SLOT, link="https://visio.exemple.fr/a b"), PlanningRefusal.BAD_LINK),
    (replace(SLOT, place="x" * 201), PlanningRefusal.LONG_PLACE),
    (replace(SLOT, place="salle\r\nATTENDEE:x"), PlanningRefusal.LONG_PLACE),
    (replace(SLOT, day=date(2029, 1, 8)), PlanningRefusal.TOO_FAR),
    (replace(SLOT, day=date(9999, 12, 31)), PlanningRefusal.TOO_FAR),
    (replace(SLOT, day=date(1, 1, 1)), PlanningRefusal.PAST),
]


async def test_impossible_slots(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people, date(2027, 1, 20))
    for slot, refusal in IMPOSSIBLE:
        refused = await planning(session, people).plan(POINT, RHONE, slot, people.contacts)
        assert isinstance(refused, PlanningRefused), slot
        assert refused.refusal is refusal, slot
        assert refused.sentence.endswith((".", "»."))
        moved = await planning(session, people).move(meeting.id, meeting.revision, slot)
        assert isinstance(moved, PlanningRefused), slot
        assert moved.refusal is refusal, slot


WHERE_AND_BY_WHOM = [
    (POINT, "departement:00", "chef", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, ISERE, "chef", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, "dispositif:ZZZ99", "chef", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, "", "chef", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, "region:84", "admin", PlanningRefusal.KIND_NOT_HERE),
    (MeetingKind.COMITE_DEPARTEMENTAL, REUNION, "admin", PlanningRefusal.KIND_NOT_HERE),
    (MeetingKind.INSTANCE_OUTRE_MER, RHONE, "chef", PlanningRefusal.KIND_NOT_HERE),
    (MeetingKind.COMITE_REGIONAL, "region:84", "chef", PlanningRefusal.KIND_NOT_YOURS),
    (MeetingKind.DIALOGUE_GESTION, RHONE, "chef", PlanningRefusal.KIND_NOT_HERE),
    (POINT, RHONE, "coordinator", PlanningRefusal.KIND_NOT_YOURS),
    (POINT, RHONE, "coach", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, RHONE, "reader", PlanningRefusal.UNKNOWN_SCOPE),
    (POINT, RHONE, "chef of the Isère", PlanningRefusal.UNKNOWN_SCOPE),
]


async def test_what_is_planned_where_and_by_whom(session: AsyncSession, people: People) -> None:
    for kind, scope, post, refusal in WHERE_AND_BY_WHOM:
        refused = await planning(session, people, post).plan(kind, scope, SLOT, people.contacts)
        assert isinstance(refused, PlanningRefused), (kind, scope, post)
        assert refused.refusal is refusal, (kind, scope, post)


async def test_nobody_three_hundred_and_strangers(session: AsyncSession, people: People) -> None:
    book = AddressBook(session, people["chef of the Isère"], NOW)
    stranger = await book.add(ISERE, Body.MDPH, Function.REFERENT, "mdph38@exemple.fr")
    gone = await AddressBook(session, people["chef"], NOW).add(RHONE, Body.AUTRE, Function.AUTRE, "parti@exemple.fr")
    await AddressBook(session, people["chef"], NOW).archive(gone.id)
    for invited, refusal in (
        ([], PlanningRefusal.NOBODY),
        (list(range(1, 301)), PlanningRefusal.TOO_MANY),
        ([*people.contacts, stranger.id], PlanningRefusal.UNKNOWN_CONTACT),
        ([gone.id], PlanningRefusal.UNKNOWN_CONTACT),
        ([999_999], PlanningRefusal.UNKNOWN_CONTACT),
    ):
        refused = await planning(session, people).plan(POINT, RHONE, SLOT, invited)
        assert isinstance(refused, PlanningRefused), refusal
        assert refused.refusal is refusal
    assert "300 participants" in (await _too_many(session, people)).sentence


async def _too_many(session: AsyncSession, people: People) -> PlanningRefused:
    refused = await planning(session, people).plan(POINT, RHONE, SLOT, range(300))
    assert isinstance(refused, PlanningRefused)
    return refused


@pytest.mark.parametrize(
    ("day", "doubt", "said"),
    [
        (ASCENSION, Doubt.HOLIDAY, "Le jeudi 6 mai 2027 est férié (Ascension)."),
        (date(2027, 7, 14), Doubt.HOLIDAY, "Le mercredi 14 juillet 2027 est férié."),
        (SATURDAY, Doubt.WEEKEND, "Le samedi 16 janvier 2027 n'est pas un jour ouvré."),
    ],
)
async def test_a_holiday_and_a_saturday_are_asked_about(
    session: AsyncSession, people: People, day: date, doubt: Doubt, said: str
) -> None:
    slot = replace(SLOT, day=day)
    asked = await planning(session, people).plan(POINT, RHONE, slot, people.contacts)
    assert isinstance(asked, ToConfirm)
    assert (asked.doubts, asked.sentence.splitlines()[0]) == ((doubt,), said)
    assert isinstance(await planning(session, people).plan(POINT, RHONE, slot, people.contacts, asked.doubts), Done)


async def test_impossible_series(session: AsyncSession, people: People) -> None:
    for rule, day, hour, refusal in (
        (RecurrenceRule(5, 1), SLOT.day, SLOT.hour, PlanningRefusal.NO_SUCH_RULE),
        (RecurrenceRule(1, 5), SLOT.day, SLOT.hour, PlanningRefusal.NO_SUCH_RULE),
        (RecurrenceRule(1, 1), date(9999, 12, 31), SLOT.hour, PlanningRefusal.TOO_FAR),
        (RecurrenceRule(1, 1), date(1, 1, 1), SLOT.hour, PlanningRefusal.PAST),
    ):
        slot = replace(SLOT, day=day, hour=hour)
        refused = await planning(session, people).plan_series(POINT, RHONE, rule, slot, people.contacts)
        assert isinstance(refused, PlanningRefused), (rule, day)
        assert refused.refusal is refusal, (rule, day)

    # This year's is on that day, an hour ago; next year's is more than twelve months away.
    today = replace(SLOT, day=date(2027, 2, 1), hour=time(9))
    late = Planning(session, people["chef"], datetime(2027, 2, 1, 9, tzinfo=UTC))
    refused = await late.plan_series(POINT, RHONE, RecurrenceRule(1, 0, 12), today, people.contacts)
    assert isinstance(refused, PlanningRefused)
    assert refused.refusal is PlanningRefusal.NO_OCCURRENCE


async def test_two_points_of_one_platform_at_once(session: AsyncSession, people: People) -> None:
    first = await point(session, people)
    beside = replace(SLOT, hour=time(15, 29))
    asked = await planning(session, people).plan(POINT, "dispositif:ABC01", beside, people.contacts)
    assert isinstance(asked, ToConfirm)
    assert asked.doubts == (Doubt.CONFLICT,)
    assert "Point MDPH–SPE, 14 h" in asked.sentence
    done = await planning(session, people).plan(POINT, "dispositif:ABC01", beside, people.contacts, asked.doubts)
    assert isinstance(done, Done)

    # What it makes way for once it is cancelled: just before, just after, its own hour in another room.
    await planning(session, people).cancel(done.meeting.id, done.meeting.revision)
    for hour in (time(12, 30), time(15, 30)):
        near = await planning(session, people).plan(POINT, RHONE, replace(SLOT, hour=hour), people.contacts)
        assert isinstance(near, Done), hour
    same = await planning(session, people).move(first.id, first.revision, replace(SLOT, place="Ailleurs"))
    assert isinstance(same, Done)


async def test_another_platform_at_the_same_time_is_no_conflict(session: AsyncSession, people: People) -> None:
    await point(session, people)
    book = AddressBook(session, people["chef of the Isère"], NOW)
    contact = await book.add(ISERE, Body.MDPH, Function.REFERENT, "mdph38@exemple.fr")
    done = await planning(session, people, "chef of the Isère").plan(POINT, ISERE, SLOT, [contact.id], [Doubt.LACKING])
    assert isinstance(done, Done)


async def test_a_series_says_all_its_conflicts_at_once(session: AsyncSession, people: People) -> None:
    for day in (date(2027, 2, 2), date(2027, 3, 2)):
        await point(session, people, day)
    asked = await planning(session, people).plan_series(POINT, RHONE, RecurrenceRule(1, 1), SLOT, people.contacts)
    assert isinstance(asked, ToConfirm)
    assert (asked.doubts, len(asked.sentence.splitlines())) == ((Doubt.CONFLICT,), 3)


async def test_answers_are_kept_and_seen_by_the_chef_de_file(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    mdph, france_travail, _ = people.contacts
    chef = Invitations(session, people["chef"], NOW)
    for answer in (Answer.MAYBE, Answer.PRESENT):
        assert isinstance(await chef.answer_for(meeting.id, mdph, answer), Answered)
    await chef.answer_for(meeting.id, france_travail, Answer.ABSENT)
    seen = await planning(session, people).meeting(meeting.id)
    assert {one.contact.id: one.answer for one in seen.participants} == {
        **dict.fromkeys(people.contacts),
        mdph: Answer.PRESENT,
        france_travail: Answer.ABSENT,
    }
    said = await session.scalars(select(MeetingAnswer.answer).order_by(col(MeetingAnswer.id)))
    assert list(said) == [Answer.MAYBE, Answer.PRESENT, Answer.ABSENT]

    moved = await planning(session, people).move(meeting.id, seen.revision, replace(SLOT, day=date(2027, 1, 15)))
    assert isinstance(moved, Done)
    assert {one.answer for one in moved.meeting.participants} == {None}, "an answer to another date answers nothing"


async def test_somebody_invited_answers_for_themselves_and_sees_nobody_else(
    session: AsyncSession, people: People
) -> None:
    book = AddressBook(session, people["chef"], NOW)
    coach = await book.add(RHONE, Body.DISPOSITIF, Function.CONSEILLER, "poste2006@exemple.fr")
    assert coach.account_id == people["coach"].account_id
    done = await planning(session, people).plan(POINT, RHONE, SLOT, [*people.contacts, coach.id])
    assert isinstance(done, Done)

    invited = Invitations(session, people["coach"], NOW)
    found, total = await invited.coming(0, 8)
    assert ([one.id for one in found], total) == ([done.meeting.id], 1)
    answered = await invited.answer(done.meeting.id, Answer.MAYBE)
    assert isinstance(answered, Answered)
    assert [one.contact.id for one in answered.meeting.participants] == [coach.id]
    assert answered.meeting.participants[0].answer is Answer.MAYBE
    cancelled = await planning(session, people).cancel(done.meeting.id, done.meeting.revision)
    assert isinstance(cancelled, Done)
    late = await invited.answer(done.meeting.id, Answer.PRESENT)
    assert isinstance(late, PlanningRefused)
    assert late.refusal is PlanningRefusal.NOT_LIVE
    assert await invited.coming(0, 8) == ([], 0)
    for stranger in ("coordinator", "chef", "reader"):
        with pytest.raises(Unknown):
            await Invitations(session, people[stranger], NOW).answer(done.meeting.id, Answer.PRESENT)


async def test_whether_it_took_place_is_said_once_it_began(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    early = await planning(session, people).held(meeting.id, meeting.revision, took_place=True)
    assert isinstance(early, PlanningRefused)
    assert early.refusal is PlanningRefusal.NOT_YET
    later = Planning(session, people["chef"], after(meeting))
    missed = await later.held(meeting.id, meeting.revision, took_place=False)
    assert isinstance(missed, Done)
    assert missed.meeting.state is MeetingState.NOT_HELD
    mistaken = await later.held(meeting.id, missed.meeting.revision, took_place=True)
    assert isinstance(mistaken, Done)
    assert mistaken.meeting.state is MeetingState.HELD

    other = await point(session, people, date(2027, 1, 13))
    cancelled = await planning(session, people).cancel(other.id, other.revision)
    assert isinstance(cancelled, Done)
    never = await later.held(other.id, cancelled.meeting.revision, took_place=True)
    assert isinstance(never, PlanningRefused)
    assert never.refusal is PlanningRefusal.NOT_LIVE


async def test_who_takes_part_changes(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    book = AddressBook(session, people["chef"], NOW)
    other = await book.add(RHONE, Body.MISSION_LOCALE, Function.CONSEILLER, "ml@exemple.fr")
    done = await planning(session, people).invite(meeting.id, meeting.revision, [*people.contacts[1:], other.id])
    assert isinstance(done, Done)
    assert [one.contact.id for one in done.uninvited] == [people.contacts[0]]
    assert {one.contact.id for one in done.meeting.participants} == {*people.contacts[1:], other.id}
    assert (done.meeting.sequence, done.meeting.dated_sequence) == (1, 0)
