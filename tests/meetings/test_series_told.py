"""A series announced: one message for who has the chat, an e-mail a date for who has an address only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import vobject
from sqlalchemy.ext.asyncio import AsyncSession

from models.accounts.permissions import COMMAND_LINE, Actor
from models.accounts.repository import account_by_email, asker_of
from models.accounts.service import revoke
from models.base.screens import Screen
from models.entry.service import Unknown
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.repository import sent
from models.meetings.invitations.sending import invite_all
from models.meetings.invitations.service import Invitations, Resent
from models.meetings.kinds import MeetingKind
from models.meetings.planning.series import RecurrenceRule
from models.meetings.planning.service import Done, Planning
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from models.notifications.stored import restored
from models.notifications.tables import Delivery, OutboxMessage
from tests.harness.application import ON_SQLITE
from tests.harness.factories import account, kept_screen
from tests.harness.phone import plain
from tests.meetings.platform import INVITED, NOW, RHONE, SLOT, People
from tests.meetings.story import Platform
from tests.meetings.test_invitations_sent import became, told

MORE = (
    (Body.MISSION_LOCALE, Function.AUTRE, "agent@ml.exemple.fr"),
    (Body.AGEFIPH, Function.AUTRE, "agent@agefiph.exemple.fr"),
)
LINKED = (INVITED[0][2], INVITED[1][2], INVITED[2][2])
THIRD_TUESDAYS = RecurrenceRule(3, 1)
HALF_AN_HOUR = timedelta(minutes=30)


async def series(
    session: AsyncSession, people: People, slot: Slot = SLOT, rule: RecurrenceRule = THIRD_TUESDAYS
) -> tuple[Meeting, ...]:
    """Plan a series for five guests, of whom three have the chat, and tell them; return its meetings."""
    for number, email in enumerate(LINKED, start=2900):
        await account(session, number, None, email=email)
    book = AddressBook(session, people["chef"], NOW)
    invited = [*people.contacts, *[(await book.add(RHONE, *one)).id for one in MORE]]
    done = await Planning(session, people["chef"], NOW).plan_series(MeetingKind.POINT, RHONE, rule, slot, invited)
    assert isinstance(done, Done), done
    await invite_all(session, NOW, done.meetings)
    return done.meetings


async def guest(session: AsyncSession) -> Actor:
    """Return the MDPH, who has the chat."""
    found = await account_by_email(session, LINKED[0])
    assert found is not None
    assert found.id is not None
    return await asker_of(session, found.id)


async def as_led(session: AsyncSession, people: People, meeting: Meeting) -> Meeting:
    return await Planning(session, people["chef"], NOW).meeting(meeting.id)


def units(screen: Screen) -> int:
    return len(screen.plain().encode("utf-16-le")) // 2


async def test_three_in_the_chat_get_a_message_and_two_others_a_letter_a_date(
    session: AsyncSession, people: People
) -> None:
    meetings = await series(session, people)
    assert len(meetings) == 12
    messages = await told(session)
    at_once = [one for one in messages if one.subject == f"series:{meetings[0].series_id}"]
    assert (len(at_once), len(messages)) == (3, 3 + 24)
    assert {one.calendar["method"] for one in messages if one not in at_once and one.calendar} == {"REQUEST"}

    text = plain(kept_screen(at_once[0])["text"])
    assert text.startswith(
        "Invitation : Point MDPH–SPE, Rhône, 12 dates\nDe 14 h à 15 h 30 :\n· mardi 19 janvier 2027\n· mardi 16 février"
    )
    assert "Lieu : MDPH, salle 2\n" in text
    assert "Participants : Agefiph, Cap emploi, France Travail, MDPH, Mission locale.\n" in text
    assert kept_screen(at_once[0])["rows"] == [
        [["Présent à toutes", "sr_all:1:present"]],
        [["Absent à toutes", "sr_all:1:absent"]],
        [["Répondre date par date", "sr:1"]],
    ]
    assert at_once[0].calendar is not None
    assert at_once[0].calendar["name"] == "point-2027-01-19-serie.ics"
    agenda = vobject.readOne(at_once[0].calendar["text"])
    assert (agenda.method.value, len(agenda.vtimezone_list)) == ("PUBLISH", 1)
    assert [(e.uid.value, e.sequence.value, e.dtstart.value) for e in agenda.vevent_list] == [
        (one.uid, "0", one.starts_at) for one in meetings
    ]
    assert not any("attendee" in event.contents for event in agenda.vevent_list), "they are asked in the chat"

    planning = Planning(session, people["chef"], NOW)
    april = await as_led(session, people, meetings[3])
    cancelled = await planning.cancel(april.id, april.revision)
    assert isinstance(cancelled, Done)
    await invite_all(session, NOW, cancelled.meetings)
    since = (await told(session))[27:]
    assert len({one.account_id for one in since}) == len(since) == 5
    withdrawn = vobject.readOne((since[0].calendar or {})["text"])
    assert (withdrawn.method.value, withdrawn.vevent.uid.value) == ("CANCEL", april.uid)
    assert withdrawn.vevent.sequence.value == "1"


async def test_a_date_that_a_holiday_moved_says_so(session: AsyncSession, people: People) -> None:
    meetings = await series(session, people, rule=RecurrenceRule(-1, 0))
    assert date(2027, 3, 30) in [one.day for one in meetings]
    moved = "· mardi 30 mars 2027, au lieu du 29 mars (Lundi de Pâques)"
    (text, *_) = [kept_screen(one)["text"] for one in await told(session) if one.subject.startswith("series:")]
    assert moved in plain(text), plain(text)


@pytest.mark.parametrize("rule", [RecurrenceRule(2, 2), RecurrenceRule(1, 4), RecurrenceRule(-1, 0)])
async def test_twelve_dates_fit_beside_their_file_whatever_the_place(
    session: AsyncSession, people: People, rule: RecurrenceRule
) -> None:
    far = replace(SLOT, place="salle 😀 " * 25, link=f"https://{'v' * 290}")
    await series(session, people, far, rule)
    (screen, *_) = [restored(kept_screen(one)) for one in await told(session) if one.subject.startswith("series:")]
    assert units(screen) <= 1024
    assert "Lieu et participants : dans le fichier joint." in plain(screen.plain())
    assert plain(screen.plain()).count("\n· ") == 12


async def test_one_answer_counts_for_all_dates_but_those_that_changed_since(
    session: AsyncSession, people: People
) -> None:
    meetings = await series(session, people)
    await became(session, LINKED[0], Delivery.SENT, NOW)
    planning = Planning(session, people["chef"], NOW)
    first, second = [await as_led(session, people, one) for one in meetings[:2]]
    moved = await planning.move(first.id, first.revision, replace(SLOT, day=first.day + timedelta(days=2)))
    other = await planning.replace(second.id, second.revision, replace(SLOT, day=second.day + timedelta(days=2)))
    assert isinstance(moved, Done)
    assert isinstance(other, Done)
    for done in (moved, other):
        await invite_all(session, NOW, done.meetings)
    assert sorted(one.subject for one in (await told(session))[27:]) == sorted(
        f"meeting:{one.id}" for one in (*moved.meetings, *other.meetings) for _ in range(5)
    ), "what takes the place of a date is announced by itself"

    letters = await sent(session, [one.id for one in (*moved.meetings, *other.meetings)])
    left = [letters[one.id][people.contacts[0]].first_left_at for one in (*moved.meetings, *other.meetings)]
    assert left == [NOW, None, NOW], "and what became of the series says nothing of it"

    mine = Invitations(session, await guest(session), NOW)
    dates = await mine.answer_series(meetings[0].series_id or 0, Answer.PRESENT)

    assert [one.participants[0].answer for one in dates] == [None, None, *[Answer.PRESENT] * 10]
    seen = await as_led(session, people, meetings[5])
    assert [one.answer for one in seen.participants if one.answer] == [Answer.PRESENT]
    for stranger in ("chef", "coach", "coordinator"):
        with pytest.raises(Unknown):
            await Invitations(session, people[stranger], NOW).answer_series(meetings[0].series_id or 0, Answer.ABSENT)
        with pytest.raises(Unknown):
            await Invitations(session, people[stranger], NOW).series(meetings[0].series_id or 0)


async def test_what_became_of_the_message_is_known_of_each_date_and_it_is_sent_again_as_the_dates_stand(
    session: AsyncSession, people: People
) -> None:
    meetings = await series(session, people)
    await became(session, LINKED[0], Delivery.UNREACHABLE, NOW)
    await became(session, LINKED[1], Delivery.SENT, NOW + HALF_AN_HOUR)
    lost, arrived = people.contacts[:2]
    letters = await sent(session, [one.id for one in meetings])
    assert all(of[lost].undelivered and of[lost].can_leave_again for of in letters.values())
    assert {of[arrived].first_left_at for of in letters.values()} == {NOW + HALF_AN_HOUR}

    third = await as_led(session, people, meetings[2])
    cancelled = await Planning(session, people["chef"], NOW).cancel(third.id, third.revision)
    assert isinstance(cancelled, Done)
    await invite_all(session, NOW, cancelled.meetings)
    chef = Invitations(session, people["chef"], NOW + HALF_AN_HOUR)
    assert isinstance(await chef.resend(meetings[0].id, meetings[0].revision, lost), Resent)

    session.expire_all()
    (again,) = [one for one in await told(session) if one.due_at == NOW + HALF_AN_HOUR]
    assert (again.subject, again.state) == (f"series:{meetings[0].series_id}", Delivery.PENDING)
    assert "11 dates" in plain(kept_screen(again)["text"])
    assert again.calendar is not None
    assert len(vobject.readOne(again.calendar["text"]).vevent_list) == 11
    letters = await sent(session, [one.id for one in meetings if one.id != third.id])
    assert not any(of[lost].undelivered for of in letters.values())


async def test_sent_again_a_series_says_where_its_dates_take_place_now(session: AsyncSession, people: People) -> None:
    meetings = await series(session, people)
    await became(session, LINKED[0], Delivery.UNREACHABLE, NOW)
    await revoke(session, COMMAND_LINE, NOW, LINKED[0])
    await session.flush()
    planning = Planning(session, people["chef"], NOW)
    for number, one in enumerate(meetings):
        day = one.day if number < 2 else one.day + timedelta(days=2)
        moved = await planning.move(one.id, one.revision, replace(SLOT, day=day, place="Maison de l'emploi"))
        assert isinstance(moved, Done), moved
        await invite_all(session, NOW, moved.meetings)
    back = await account_by_email(session, LINKED[0])
    assert back is not None
    back.revoked_at = None
    await session.flush()
    chef = Invitations(session, people["chef"], NOW + HALF_AN_HOUR)

    first = await as_led(session, people, meetings[0])
    assert isinstance(await chef.resend(first.id, first.revision, people.contacts[0]), Resent)

    session.expire_all()
    (again,) = [one for one in await told(session) if one.due_at == NOW + HALF_AN_HOUR]
    text = plain(kept_screen(again)["text"])
    assert "2 dates" in text
    assert text.count("\n· ") == 2, "a date that moved is told by itself"
    assert "Lieu : Maison de l'emploi" in text


async def test_sent_again_a_series_whose_dates_differ_says_where_in_its_file(
    session: AsyncSession, people: People
) -> None:
    meetings = await series(session, people)
    await became(session, LINKED[0], Delivery.UNREACHABLE, NOW)
    elsewhere = replace(SLOT, day=meetings[0].day, place="Maison de l'emploi")
    changed = await Planning(session, people["chef"], NOW).move(meetings[0].id, meetings[0].revision, elsewhere)
    assert isinstance(changed, Done), changed
    await invite_all(session, NOW, changed.meetings)
    chef = Invitations(session, people["chef"], NOW + HALF_AN_HOUR)

    assert isinstance(await chef.resend(meetings[1].id, meetings[1].revision, people.contacts[0]), Resent)

    session.expire_all()
    (again,) = [one for one in await told(session) if one.due_at == NOW + HALF_AN_HOUR]
    text = plain(kept_screen(again)["text"])
    assert "12 dates" in text, "the answer to all counts for each"
    assert "Lieu :" not in text
    assert text.count("Lieu et participants : dans le fichier joint.") == 1


@ON_SQLITE
async def test_somebody_invited_answers_to_a_series_in_one_tap_then_to_a_date(platform: Platform) -> None:
    async with platform.app.database.transaction() as session:
        meetings = await series(session, platform.people)
    phone = await platform.app.phone(2900).send("/start")
    for data in ("sr_all:1:maybe", "sr_all:2:present", "sr:2"):
        await phone.tap(data=data)
        assert "date" not in phone.text.splitlines()[0]

    await phone.tap(data="sr_all:1:present")

    assert phone.text.startswith("C'est noté pour 12 dates : présent.")
    assert phone.labels[0] == "mardi 19 janvier 2027, 14 h : présent"
    await phone.tap("mardi 16 février 2027, 14 h")
    await phone.tap("Absent")
    await phone.tap("Les dates de la série")
    assert phone.labels[1] == "mardi 16 février 2027, 14 h : absent"
    for said in (", dont 1 où vous aviez répondu absent : présent.", " : présent."):
        await phone.tap("Présent à toutes")
        assert phone.text.startswith(f"C'est noté pour 12 dates{said}")
    assert phone.labels[1] == "mardi 16 février 2027, 14 h : présent"
    chef = await platform.phone().send("/point")
    await chef.tap(data=f"mt:{meetings[2].id}")
    assert "MDPH, référent emploi accompagné : présent" in chef.text
    assert len(await platform.app.rows(OutboxMessage)) == 27
