"""What is done with a meeting that was planned: moved, replaced, cancelled, said to have been held; its files."""

from datetime import date, time

from handlers.context import Context
from handlers.jobs.once import ask_once
from handlers.meetings import card_texts, texts
from handlers.meetings.card import UNDO, card
from handlers.meetings.feature import (
    elsewhere_nothing,
    feature,
    led,
    place_of_meeting,
    planning,
    tell_changed,
)
from handlers.meetings.planning.draft import PLANNING, MeetingDraft, Purpose
from handlers.meetings.planning.people import show_people
from handlers.meetings.planning.recap import recap
from handlers.meetings.planning.when import days
from models.base.revision import Stale, short
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.invitations.files import send_file
from models.meetings.invitations.service import Invitations
from models.meetings.jobs import PACK
from models.meetings.planning.checks import Doubt, PlanningRefused
from models.meetings.planning.service import Done, Outcome
from models.meetings.planning.slots import Slot
from models.meetings.repository import Meeting


@feature.action("mt_change")
async def change(context: Context, number: int, purpose: Purpose) -> Screen:
    """Begin moving or replacing a meeting, or saying anew who takes part."""
    meeting = await led(context, number)
    draft = MeetingDraft(purpose, meeting.kind, meeting.scope, meeting.id, meeting.revision).like(meeting)
    PLANNING.keep(context, draft, day=meeting.day, people=tuple(one.contact.id for one in meeting.participants))
    if purpose == Purpose.PEOPLE:
        return await show_people(context)
    return await (recap(context) if purpose == Purpose.MOVE else days(context, f"{meeting.day:%Y-%m}"))


@feature.action("mt_back")
async def move_back(context: Context, number: int, revision: str) -> Screen:
    """Undo the last move: the meeting is where and when it was, and those invited are told."""
    before = context.memo.get(UNDO)
    meeting = await _as_shown(context, number, revision)
    if before is None or before[0] != number:
        raise Stale
    _, day, hour, minutes, place, link = before
    slot = Slot(date.fromisoformat(day), time.fromisoformat(hour), minutes, place or None, link or None)
    # What was odd about the former day was confirmed once.
    outcome = await planning(context).move(number, meeting.revision, slot, list(Doubt))
    if isinstance(outcome, Done):
        context.memo.pop(UNDO)
    return await _shown(context, meeting, outcome, card_texts.MOVED_BACK)


@feature.action("mt_cancel")
async def ask_cancel(context: Context, number: int, revision: str) -> Screen:
    """Ask before cancelling: those invited are told at once."""
    meeting = await _as_shown(context, number, revision)
    there = await place_of_meeting(context, meeting)
    rows = one_a_row(
        [
            button(card_texts.CANCEL_NOW, "mt_cancelled", number, revision),
            button(card_texts.MOVE_INSTEAD, "mt_change", number, "move"),
            button(texts.BACK, "mt", number),
        ]
    )
    return Screen(card_texts.cancelling(meeting, there), rows, Action.of("mt", number))


@feature.action("mt_cancelled")
async def cancel(context: Context, number: int, revision: str) -> Screen:
    """Cancel a meeting; the others of its series stay."""
    meeting = await _as_shown(context, number, revision)
    outcome = await planning(context).cancel(number, meeting.revision)
    return await _shown(context, meeting, outcome, card_texts.CANCELLED)


@feature.action("mt_resend")
async def resend(context: Context, number: int, contact: int, revision: str) -> Screen:
    """Send the invitation of somebody whom it did not reach again, the same message."""
    meeting = await _as_shown(context, number, revision)
    with elsewhere_nothing():
        again = await Invitations(context.session, context.actor, context.now).resend(number, meeting.revision, contact)
    told = again.sentence if isinstance(again, PlanningRefused) else card_texts.RESENT
    return (await card(context, meeting, await place_of_meeting(context, meeting))).headed(told).noticed(told)


@feature.action("mt_pack")
async def pack(context: Context, number: int) -> Screen:
    """Have the meeting's pack made; asked again while it is under way, it is made once."""
    meeting = await led(context, number)
    told = card_texts.PACKING if await ask_once(context, PACK, meeting=number) else card_texts.PACKING_ALREADY
    return (await card(context, meeting, await place_of_meeting(context, meeting))).headed(told).noticed(told)


@feature.action("mt_file")
async def calendar_again(context: Context, number: int) -> Screen:
    """Send the meeting's calendar file again, to who asks for it."""
    meeting = await led(context, number)
    there = await place_of_meeting(context, meeting)
    await send_file(context.session, context.actor, context.now, meeting, there)
    return (await card(context, meeting, there)).headed(card_texts.FILE_SENT).noticed(card_texts.FILE_SENT)


async def _as_shown(context: Context, number: int, revision: str) -> Meeting:
    meeting = await led(context, number)
    if short(meeting.revision) != revision:
        raise Stale
    return meeting


async def _shown(context: Context, before: Meeting, outcome: Outcome, done: str) -> Screen:
    there = await place_of_meeting(context, before)
    if not isinstance(outcome, Done):
        return (await card(context, before, there)).headed(outcome.sentence).noticed(outcome.sentence)
    await tell_changed(context, outcome)
    meeting = next(one for one in outcome.meetings if one.id == before.id)
    return (await card(context, meeting, there)).headed(done).noticed(done)
