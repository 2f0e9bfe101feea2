"""What keeps a meeting from being planned, and what asks for a confirmation first: values with codes."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.accounts.tables import Role
from models.meetings import texts
from models.meetings.bodies import SPE, Body
from models.meetings.contacts.texts import BODIES
from models.meetings.kinds import KINDS, MeetingKind
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting
from models.meetings.territories import Territory
from models.meetings.texts import KINDS as KIND_NAMES
from models.meetings.texts import PlanningRefusal
from models.reference.working_days import holiday, is_working_day

MOST_PARTICIPANTS = 50
MOST_MINUTES = 24 * 60
MOST_AHEAD = timedelta(days=2 * 366)
"""A series goes a year ahead; a year typed wrong goes further."""
LONGEST_PLACE, LONGEST_LINK = 200, 300
_DAY = timedelta(days=1)  # the day it is differs from one zone to another


class Doubt(StrEnum):
    """What is done only once confirmed."""

    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    CONFLICT = "conflict"
    LACKING = "lacking"


@dataclass(frozen=True)
class PlanningRefused:
    """It cannot be done, for a reason that is a code; `arguments` are what its sentence names."""

    refusal: PlanningRefusal
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Why, in French."""
        return texts.why_not(self.refusal, **self.arguments)


@dataclass(frozen=True)
class ToConfirm:
    """It waits for a confirmation: ask again with `doubts` among those confirmed. The sentence tells them all."""

    doubts: tuple[Doubt, ...]
    sentence: str


def kind_refused(kind: MeetingKind, where: Territory, roles: Collection[Role]) -> PlanningRefused | None:
    """Return why meetings of that kind are not planned there, or not by who has those roles there."""
    known = KINDS[kind]
    if where.level not in {known.level, *known.also_at} or not known.applies_in(where.region):
        return PlanningRefused(PlanningRefusal.KIND_NOT_HERE)
    if known.planned_by.isdisjoint(roles):
        return PlanningRefused(PlanningRefusal.KIND_NOT_YOURS)
    return None


def change_refused(meeting: Meeting, now: datetime) -> PlanningRefused | None:
    """Return why a meeting is not moved, replaced or cancelled: it is settled, or has begun."""
    if not meeting.is_live:
        return PlanningRefused(PlanningRefusal.NOT_LIVE)
    if meeting.starts_at <= now:
        return PlanningRefused(PlanningRefusal.BEGUN)
    return None


def slot_refused(slot: Slot, where: Territory, now: datetime) -> PlanningRefused | None:
    """Return what is impossible about when and where."""
    if slot.minutes <= 0:
        return PlanningRefused(PlanningRefusal.ENDS_BEFORE_START)
    if slot.minutes > MOST_MINUTES:
        return PlanningRefused(PlanningRefusal.TOO_LONG, {"hours": MOST_MINUTES // 60})
    far = day_refused(slot.day, now)
    if far:
        return far
    if slot.starts_at(where.place.zone) <= now:
        return PlanningRefused(PlanningRefusal.PAST)
    if not slot.place and not slot.link:
        return PlanningRefused(PlanningRefusal.NOWHERE)
    if slot.place and (len(slot.place) > LONGEST_PLACE or not slot.place.isprintable()):
        return PlanningRefused(PlanningRefusal.LONG_PLACE, {"most": LONGEST_PLACE})
    if slot.link and not is_link(slot.link):
        return PlanningRefused(PlanningRefusal.BAD_LINK, {"most": LONGEST_LINK})
    return None


def day_refused(day: date, now: datetime) -> PlanningRefused | None:
    """Return why nothing begins on a day, a single meeting or a series: too long ago, or too far ahead."""
    if now.date() - day > _DAY:
        return PlanningRefused(PlanningRefusal.PAST)
    if day - now.date() > MOST_AHEAD:
        return PlanningRefused(PlanningRefusal.TOO_FAR)
    return None


def people_refused(invited: Collection[int], found: Mapping[int, str]) -> PlanningRefused | None:
    """Return what is impossible about who is invited; `found`: the address of each contact that exists for the actor.

    An address may stand in the book of a département and in that of a dispositif: it is that of one person.
    """
    if not invited:
        return PlanningRefused(PlanningRefusal.NOBODY)
    if len(set(invited)) > MOST_PARTICIPANTS:
        return PlanningRefused(PlanningRefusal.TOO_MANY, {"invited": len(set(invited)), "most": MOST_PARTICIPANTS})
    if not set(invited) <= set(found):
        return PlanningRefused(PlanningRefusal.UNKNOWN_CONTACT)
    if twice := {email for email, times in Counter(found[one] for one in set(invited)).items() if times > 1}:
        return PlanningRefused(PlanningRefusal.SAME_ADDRESS, {"address": min(twice)})
    return None


def day_doubt(day: date, where: Territory) -> tuple[Doubt, str] | None:
    """Return what is odd about a day there: a holiday, or a Saturday or Sunday."""
    name = holiday(day, where.place)
    if name is not None:
        return Doubt.HOLIDAY, texts.on_holiday(day, name)
    if not is_working_day(day, where.place):
        return Doubt.WEEKEND, texts.WEEKEND.format(day=texts.full_day(day))
    return None


def people_doubts(kind: MeetingKind, invited: Collection[Body]) -> list[tuple[Doubt, str]]:
    """Return the doubt about the bodies that are to take part in a kind of meeting and are not invited, if there are.

    Of the public employment service one operator is enough: the texts name it as a whole (OB04).
    """
    expected = KINDS[kind].takes_part
    # Whoever convenes is there without an invitation.
    lacking = [BODIES[body] for body in expected if body not in {*invited, *SPE, Body.CHEF_DE_FILE}]
    if set(SPE) & set(expected) and not set(SPE) & set(invited):
        lacking.append(texts.SPE)
    if not lacking:
        return []
    # A point proves that MDPH and employment service met: without one of them its report is refused (OB04, OB05).
    said = [texts.LACKING.format(bodies=", ".join(lacking)), *([texts.UNSIGNABLE] if kind is MeetingKind.POINT else [])]
    return [(Doubt.LACKING, " ".join(said))]


def conflict(other: Meeting) -> tuple[Doubt, str]:
    """Return the doubt about a meeting at the same time as another of the platform."""
    sentence = texts.CONFLICT.format(
        day=texts.full_day(other.day), kind=KIND_NAMES[other.kind], hour=texts.clock(other.hour)
    )
    return Doubt.CONFLICT, sentence


def unconfirmed(doubts: Sequence[tuple[Doubt, str]], confirmed: Collection[Doubt]) -> ToConfirm | None:
    """Return the doubts that were not confirmed yet, in one question."""
    left = [(doubt, sentence) for doubt, sentence in doubts if doubt not in confirmed]
    if not left:
        return None
    sentences = dict.fromkeys(sentence for _, sentence in left)
    asked = texts.CONFIRM if all(doubt is not Doubt.LACKING for doubt, _ in left) else texts.CONFIRM_ALL
    return ToConfirm(tuple(dict.fromkeys(doubt for doubt, _ in left)), "\n".join((*sentences, asked)))


def is_link(link: str) -> bool:
    """Whether a text may be the link of a video conference."""
    return link.startswith("https://") and len(link) <= LONGEST_LINK and link.isprintable() and " " not in link
