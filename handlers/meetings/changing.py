"""What is done with a meeting that was planned: moved, replaced, cancelled, said to have been held; its files."""

from datetime import date, time

from handlers.jobs.once import ask_once
from handlers.meetings import card_texts, texts
from handlers.meetings.card import UNDO, card
from handlers.meetings.draft import Draft, Purpose
from handlers.meetings.feature import (
    elsewhere_nothing,
    feature,
    led,
    place_of_meeting,
    planning,
    tell_changed,
)
from handlers.meetings.people import show_people
from handlers.meetings.recap import recap
from handlers.meetings.when import days
from handlers.turn import Turn
from models.events.revision import short
from models.events.writing import Stale
from models.meetings.checks import Doubt, Refused
from models.meetings.files import send_file
from models.meetings.invitations import Invitations
from models.meetings.jobs import PACK
from models.meetings.repository import Meeting
from models.meetings.service import Done, Outcome
from models.meetings.slots import Slot
from models.screens import Action, Screen, button, one_a_row


@feature.action("mt_change")
async def change(turn: Turn, number: int, purpose: Purpose) -> Screen:
    """Begin moving or replacing a meeting, or saying anew who takes part."""
    meeting = await led(turn, number)
    draft = Draft(purpose, meeting.kind, meeting.scope, meeting.id, meeting.revision)
    draft.like(meeting)
    draft.day = meeting.day.isoformat()
    draft.people = [one.contact.id for one in meeting.participants]
    draft.keep(turn)
    if purpose == Purpose.PEOPLE:
        return await show_people(turn)
    return await (recap(turn) if purpose == Purpose.MOVE else days(turn, draft.day[:7]))


@feature.action("mt_back")
async def move_back(turn: Turn, number: int, revision: str) -> Screen:
    """Undo the last move: the meeting is where and when it was, and those invited are told."""
    before = turn.memo.get(UNDO)
    meeting = await _as_shown(turn, number, revision)
    if before is None or before[0] != number:
        raise Stale
    _, day, hour, minutes, place, link = before
    slot = Slot(date.fromisoformat(day), time.fromisoformat(hour), minutes, place or None, link or None)
    # What was odd about the former day was confirmed once.
    outcome = await planning(turn).move(number, meeting.revision, slot, list(Doubt))
    if isinstance(outcome, Done):
        turn.memo.pop(UNDO)
    return await _shown(turn, meeting, outcome, card_texts.MOVED_BACK)


@feature.action("mt_cancel")
async def ask_cancel(turn: Turn, number: int, revision: str) -> Screen:
    """Ask before cancelling: those invited are told at once."""
    meeting = await _as_shown(turn, number, revision)
    there = await place_of_meeting(turn, meeting)
    rows = one_a_row(
        [
            button(card_texts.CANCEL_NOW, "mt_cancelled", number, revision),
            button(card_texts.MOVE_INSTEAD, "mt_change", number, "move"),
            button(texts.BACK, "mt", number),
        ]
    )
    return Screen(card_texts.cancelling(meeting, there), rows, Action.of("mt", number))


@feature.action("mt_cancelled")
async def cancel(turn: Turn, number: int, revision: str) -> Screen:
    """Cancel a meeting; the others of its series stay."""
    meeting = await _as_shown(turn, number, revision)
    outcome = await planning(turn).cancel(number, meeting.revision)
    return await _shown(turn, meeting, outcome, card_texts.CANCELLED)


@feature.action("mt_resend")
async def resend(turn: Turn, number: int, contact: int, revision: str) -> Screen:
    """Send the invitation of somebody whom it did not reach again, the same message."""
    meeting = await _as_shown(turn, number, revision)
    with elsewhere_nothing():
        again = await Invitations(turn.session, turn.asker, turn.now).resend(number, meeting.revision, contact)
    told = again.sentence if isinstance(again, Refused) else card_texts.RESENT
    return (await card(turn, meeting, await place_of_meeting(turn, meeting))).headed(told).noticed(told)


@feature.action("mt_pack")
async def pack(turn: Turn, number: int) -> Screen:
    """Have the meeting's pack made; asked again while it is under way, it is made once."""
    meeting = await led(turn, number)
    told = card_texts.PACKING if await ask_once(turn, PACK, meeting=number) else card_texts.PACKING_ALREADY
    return (await card(turn, meeting, await place_of_meeting(turn, meeting))).headed(told).noticed(told)


@feature.action("mt_file")
async def calendar_again(turn: Turn, number: int) -> Screen:
    """Send the meeting's calendar file again, to who asks for it."""
    meeting = await led(turn, number)
    there = await place_of_meeting(turn, meeting)
    await send_file(turn.session, turn.asker, turn.now, meeting, there)
    return (await card(turn, meeting, there)).headed(card_texts.FILE_SENT).noticed(card_texts.FILE_SENT)


async def _as_shown(turn: Turn, number: int, revision: str) -> Meeting:
    meeting = await led(turn, number)
    if short(meeting.revision) != revision:
        raise Stale
    return meeting


async def _shown(turn: Turn, before: Meeting, outcome: Outcome, done: str) -> Screen:
    there = await place_of_meeting(turn, before)
    if not isinstance(outcome, Done):
        return (await card(turn, before, there)).headed(outcome.sentence).noticed(outcome.sentence)
    await tell_changed(turn, outcome)
    meeting = next(one for one in outcome.meetings if one.id == before.id)
    return (await card(turn, meeting, there)).headed(done).noticed(done)
