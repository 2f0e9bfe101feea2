"""Calendar files (iCalendar, RFC 5545 and 5546): an invitation, its changes, its cancellation.

A meeting keeps its UID; each change raises SEQUENCE, so that a calendar replaces what it has. A file says what, when,
where and which bodies: nothing about the persons accompanied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from models.base.screens import typeset
from models.meetings import texts
from models.meetings.contacts.texts import named
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer, MeetingState
from models.meetings.territories import Territory
from models.meetings.texts import KINDS as KIND_NAMES

PRODUCT = "-//Jalon//Emploi accompagné//FR"
ALARMS = ((timedelta(days=-1), texts.ALARM), (timedelta(hours=-2), texts.ALARM_SOON))

_REQUEST, _CANCEL, _PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_FRENCH = {"LANGUAGE": "fr"}
_YEAR = timedelta(days=366)

_PARTSTAT = {
    None: "NEEDS-ACTION",
    Answer.PRESENT: "ACCEPTED",
    Answer.ABSENT: "DECLINED",
    Answer.MAYBE: "TENTATIVE",
}


@dataclass(frozen=True)
class CalendarFile:
    """A file, its name, and its method, which an e-mail must repeat beside the media type."""

    name: str
    method: str
    content: bytes


def calendar_file(meeting: Meeting, where: Territory, now: datetime) -> CalendarFile:
    """Return the file that invites to a meeting as it stands, or takes it back once it is cancelled."""
    cancelled = meeting.state is MeetingState.CANCELLED
    event = _event(meeting, where, now, meeting.participants, cancelled=cancelled)
    return _file(_CANCEL if cancelled else _REQUEST, meeting, event)


def withdrawal(meeting: Meeting, where: Territory, now: datetime, uninvited: Sequence[Participant]) -> CalendarFile:
    """Return the file that takes a meeting back from those no longer invited; for the others it stands."""
    return _file(_CANCEL, meeting, _event(meeting, where, now, uninvited, cancelled=True))


def series_file(meetings: Sequence[Meeting], where: Territory, now: datetime) -> CalendarFile:
    """Return the file with all these meetings of a series, at least one; whoever takes it answers in the chat.

    It publishes them: a request may hold one UID only (RFC 5546, 3.2.2), and names who is asked.
    """
    events = [_event(one, where, now, one.participants, cancelled=False, published=True) for one in meetings]
    file = _file(_PUBLISH, meetings[0], *events, until=meetings[-1].day)
    return replace(file, name=file.name.replace(".ics", "-serie.ics"))


def _file(method: str, meeting: Meeting, *events: Event, until: date | None = None) -> CalendarFile:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    # The clock changes that a calendar needs to place these hours.
    zone = Timezone.from_tzinfo(meeting.zone, meeting.zone.key, meeting.day - _YEAR, (until or meeting.day) + _YEAR)
    calendar.add_component(zone)
    for event in events:
        calendar.add_component(event)
    name = f"{meeting.kind}-{meeting.day.isoformat()}.ics".replace("_", "-")
    return CalendarFile(name, method, calendar.to_ical())


def _event(
    meeting: Meeting,
    where: Territory,
    now: datetime,
    people: Sequence[Participant],
    *,
    cancelled: bool,
    published: bool = False,
) -> Event:
    kind = KIND_NAMES[meeting.kind]
    summary = texts.SUMMARY.format(kind=kind, where=where.name)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(meeting.zone))
    event.add("dtend", meeting.ends_at.astimezone(meeting.zone))
    title = texts.CANCELLED.format(summary=summary) if cancelled else summary
    event.add("summary", typeset(title), _FRENCH)
    event.add("description", typeset(_description(meeting, where, people)), _FRENCH)
    event.add("location", meeting.place or meeting.link)
    if meeting.link:
        event.add("url", meeting.link)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{meeting.organiser}")
    organiser.params["CN"] = vText(texts.ORGANISER)
    event.add("organizer", organiser, encode=False)
    for one in () if published else people:
        event.add("attendee", _attendee(one, cancelled=cancelled), encode=False)
    if not cancelled:
        for before, text in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", before)
            alarm.add("description", typeset(text.format(summary=summary)))
            event.add_component(alarm)
    return event


def _attendee(one: Participant, *, cancelled: bool) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.contact.email}")
    address.params["CN"] = vText(named(one.contact.body, one.contact.function))
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = _PARTSTAT[one.answer]
    if not cancelled:
        address.params["RSVP"] = "TRUE"
    return address


def _description(meeting: Meeting, where: Territory, people: Sequence[Participant]) -> str:
    lines = [f"{KIND_NAMES[meeting.kind]}, {where.name}."]
    if people:
        lines.append(texts.TAKING_PART.format(bodies=" ; ".join(dict.fromkeys(one.contact.name for one in people))))
    if meeting.link:
        lines.append(texts.LINK.format(link=meeting.link))
    return "\n".join(lines)
