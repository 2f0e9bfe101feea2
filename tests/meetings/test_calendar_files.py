"""Calendar files, read back by another library: a change and a cancellation replace what a calendar holds."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import vobject
from sqlalchemy.ext.asyncio import AsyncSession

from models.base.screens import typeset
from models.meetings.bodies import Body, Function
from models.meetings.contacts.service import AddressBook
from models.meetings.invitations.calendar_files import CalendarFile, calendar_file, withdrawal
from models.meetings.invitations.service import Invitations, left
from models.meetings.kinds import MeetingKind
from models.meetings.planning.checks import Doubt
from models.meetings.planning.service import Done, Planning
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from models.meetings.territories import territory
from tests.meetings.platform import NOW, REUNION, SLOT, People, point


class Agenda:
    """What a calendar program does with the files it gets (RFC 5546): by UID, the highest SEQUENCE wins."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}

    def take(self, file: CalendarFile) -> Any:
        """Read a file and keep its event, unless what is there is newer."""
        calendar = vobject.readOne(file.content.decode())
        assert calendar.method.value == file.method
        event = calendar.vevent
        held = self.events.get(event.uid.value)
        if held is None or int(held.sequence.value) < int(event.sequence.value):
            self.events[event.uid.value] = event
        return event


async def file_of(session: AsyncSession, meeting: Meeting, now: datetime = NOW) -> CalendarFile:
    there = await territory(session, meeting.scope)
    assert there is not None
    return calendar_file(meeting, there, now)


async def test_an_invitation_read_back(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    file = await file_of(session, meeting)
    assert (file.name, file.method) == ("point-2027-01-12.ics", "REQUEST")
    event = Agenda().take(file)
    assert event.summary.value == "Point MDPH–SPE – Rhône"
    assert event.uid.value == meeting.uid
    assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Paris"]
    assert f"{event.dtstart.value:%d/%m/%Y %H:%M}" == "12/01/2027 14:00"
    assert event.dtstart.value.astimezone(UTC) == meeting.starts_at
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.location.value == "MDPH, salle 2"
    assert "https://visio.exemple.fr/point" in event.description.value
    assert event.organizer.value == "mailto:poste2000@exemple.fr"
    attendees = {one.value: one.params for one in event.attendee_list}
    assert set(attendees) == {
        "mailto:referente@mdph.exemple.fr",
        "mailto:conseil@ft.exemple.fr",
        "mailto:equipe@capemploi.exemple.fr",
    }
    for params in attendees.values():
        assert (params["RSVP"], params["PARTSTAT"]) == (["TRUE"], ["NEEDS-ACTION"])
    assert [alarm.trigger.value for alarm in event.valarm_list] == [timedelta(days=-1), timedelta(hours=-2)]


async def test_lines_are_folded_and_end_as_the_format_says(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    content = (await file_of(session, meeting)).content
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert re.search(rb"\r\n ", content), "the description is longer than a line"
    assert b"BEGIN:VTIMEZONE" in content


async def test_a_changed_and_a_cancelled_meeting_replace_the_first_one(session: AsyncSession, people: People) -> None:
    agenda, planning = Agenda(), Planning(session, people["chef"], NOW)
    meeting = await point(session, people)
    first = await file_of(session, meeting)
    agenda.take(first)

    moved = await planning.move(meeting.id, meeting.revision, replace(SLOT, day=date(2027, 1, 14), hour=time(9, 30)))
    assert isinstance(moved, Done)
    agenda.take(await file_of(session, moved.meeting))
    [event] = agenda.events.values()
    assert f"{event.dtstart.value:%d/%m/%Y %H:%M}" == "14/01/2027 09:30"
    assert event.sequence.value == "1"

    agenda.take(first)  # one that comes late changes nothing
    [event] = agenda.events.values()
    assert event.sequence.value == "1"

    cancelled = await planning.cancel(meeting.id, moved.meeting.revision)
    assert isinstance(cancelled, Done)
    file = await file_of(session, cancelled.meeting)
    agenda.take(file)
    [event] = agenda.events.values()
    assert (event.sequence.value, event.status.value, file.method) == ("2", "CANCELLED", "CANCEL")
    assert event.summary.value == typeset("Annulé : Point MDPH–SPE – Rhône")
    assert "valarm" not in event.contents


async def test_a_replaced_meeting_is_another_entry(session: AsyncSession, people: People) -> None:
    agenda, planning = Agenda(), Planning(session, people["chef"], NOW)
    meeting = await point(session, people)
    agenda.take(await file_of(session, meeting))
    done = await planning.replace(meeting.id, meeting.revision, replace(SLOT, day=date(2027, 1, 20)))
    assert isinstance(done, Done)
    for one in done.meetings:
        agenda.take(await file_of(session, one))
    assert sorted(event.status.value for event in agenda.events.values()) == ["CANCELLED", "CONFIRMED"]


async def test_who_is_no_longer_invited_is_told_so_alone(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    done = await Planning(session, people["chef"], NOW).invite(meeting.id, meeting.revision, people.contacts[1:])
    assert isinstance(done, Done)
    there = await territory(session, meeting.scope)
    assert there is not None
    file = withdrawal(done.meeting, there, NOW, done.uninvited)
    event = Agenda().take(file)
    assert file.method == "CANCEL"
    assert [one.value for one in event.attendee_list] == ["mailto:referente@mdph.exemple.fr"]
    assert (event.uid.value, event.sequence.value) == (meeting.uid, "1")


async def test_answers_stand_in_the_file(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    answers = dict(zip(people.contacts, (Answer.PRESENT, Answer.ABSENT, Answer.MAYBE), strict=True))
    for contact, answer in answers.items():
        await Invitations(session, people["chef"], NOW).answer_for(meeting.id, contact, answer)
    seen = await Planning(session, people["chef"], NOW).meeting(meeting.id)
    event = Agenda().take(await file_of(session, seen))
    assert {one.value: one.params["PARTSTAT"] for one in event.attendee_list} == {
        "mailto:referente@mdph.exemple.fr": ["ACCEPTED"],
        "mailto:conseil@ft.exemple.fr": ["DECLINED"],
        "mailto:equipe@capemploi.exemple.fr": ["TENTATIVE"],
    }


async def test_it_is_kept_that_an_invitation_left(session: AsyncSession, people: People) -> None:
    meeting = await point(session, people)
    await left(session, NOW, [(meeting, one) for one in people.contacts[:2]])
    seen = await Planning(session, people["chef"], NOW).meeting(meeting.id)
    assert {one.contact.id: (one.invited_at, one.invited_sequence) for one in seen.participants} == {
        people.contacts[0]: (NOW, 0),
        people.contacts[1]: (NOW, 0),
        people.contacts[2]: (None, None),
    }


@pytest.mark.parametrize(
    ("day", "hour_utc"), [(date(2027, 3, 26), 13), (date(2027, 3, 30), 12), (date(2027, 11, 2), 13)]
)
async def test_fourteen_hours_on_both_sides_of_a_clock_change(
    session: AsyncSession, people: People, day: date, hour_utc: int
) -> None:
    event = Agenda().take(await file_of(session, await point(session, people, day)))
    assert event.dtstart.value.hour == 14
    assert event.dtstart.value.astimezone(UTC).hour == hour_utc


async def test_overseas_the_hour_is_that_of_the_wall_there(session: AsyncSession, people: People) -> None:
    chef = people["chef of La Réunion"]
    contact = await AddressBook(session, chef, NOW).add(REUNION, Body.MDPH, Function.REFERENT, "mdph974@exemple.fr")
    done = await Planning(session, chef, NOW).plan(
        MeetingKind.POINT, REUNION, replace(SLOT, link=None), [contact.id], [Doubt.LACKING]
    )
    assert isinstance(done, Done)
    event = Agenda().take(await file_of(session, done.meeting))
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Indian/Reunion"]
    assert (event.dtstart.value.hour, event.dtstart.value.astimezone(UTC).hour) == (14, 10)
    assert event.summary.value == "Point MDPH–SPE – La Réunion"
