"""When and where a meeting takes place: hours are local time there, so that no change of clocks moves them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from models.meetings.planning.series import RecurrenceRule, occurrences
from models.meetings.repository import Meeting
from models.meetings.territories import Territory


@dataclass(frozen=True)
class Slot:
    """When and where a meeting takes place: day and local hour, length in minutes, place or link."""

    day: date
    hour: time
    minutes: int
    place: str | None = None
    link: str | None = None

    def starts_at(self, zone: tzinfo) -> datetime:
        """Return the moment it begins, with the clock of that zone on that day."""
        return datetime.combine(self.day, self.hour, zone)

    def ends_at(self, zone: tzinfo) -> datetime:
        """Return the moment it ends; in elapsed time, whatever the clocks do meanwhile."""
        return self.starts_at(zone).astimezone(UTC) + timedelta(minutes=self.minutes)


def values(slot: Slot, there: Territory) -> dict[str, Any]:
    """Return the columns of a meeting that takes place then and there."""
    zone = there.place.zone
    return {
        "day": slot.day,
        "hour": slot.hour,
        "zone": zone.key,
        "starts_at": slot.starts_at(zone),
        "ends_at": slot.ends_at(zone),
        "minutes": slot.minutes,
        "place": slot.place or None,
        "link": slot.link or None,
    }


def repeated(rule: RecurrenceRule, slot: Slot, there: Territory, now: datetime) -> list[Slot]:
    """Return the slots of a series that are still to come, on the days of its rule with the hour and place of one."""
    slots = [replace(slot, day=one.day) for one in occurrences(rule, slot.day, there.place)]
    return [one for one in slots if one.starts_at(there.place.zone) > now]


def slot_of(meeting: Meeting) -> Slot:
    """Return when and where a meeting takes place."""
    return Slot(meeting.day, meeting.hour, meeting.minutes, meeting.place, meeting.link)


def said(slot: Slot) -> dict[str, Any]:
    """Return a slot as the history keeps it."""
    return {
        "day": slot.day.isoformat(),
        "hour": slot.hour.isoformat(timespec="minutes"),
        "minutes": slot.minutes,
        "place": slot.place,
        "link": slot.link,
    }
