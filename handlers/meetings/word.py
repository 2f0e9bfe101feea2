"""Whether a meeting took place: told from its card, or from the message that asks for it."""

from handlers.feature import Forged
from handlers.meetings import card_texts, texts
from handlers.meetings.card import card
from handlers.meetings.feature import elsewhere_nothing, feature, led, place_of_meeting, planning
from handlers.meetings.report import open_report
from handlers.turn import Turn
from models.events.revision import short
from models.events.writing import Stale
from models.meetings.repository import Meeting
from models.meetings.service import Done
from models.meetings.states import MeetingState
from models.screens import Action, Screen, button, one_a_row

_YES, _NO = "yes", "no"
_ALREADY = {_YES: {MeetingState.HELD, MeetingState.REPORTED}, _NO: {MeetingState.NOT_HELD}}


@feature.action("mt_word")
async def keep_word(turn: Turn, number: int, said: str, revision: str) -> Screen:
    """Keep whether a meeting took place, and open its report if it did; what contradicts an earlier word asks first.

    The same word again shows what follows from it; one on a meeting that changed shows the meeting as it stands.
    """
    meeting = await _spoken_of(turn, number, said)
    if meeting.state in _ALREADY[said]:
        return await _what_follows(turn, meeting, said)
    if short(meeting.revision) != revision:
        shown = await card(turn, meeting, await place_of_meeting(turn, meeting))
        return shown.headed(card_texts.CHANGED).noticed(card_texts.CHANGED)
    if meeting.state in {MeetingState.HELD, MeetingState.NOT_HELD}:
        rows = one_a_row(
            [
                button(card_texts.CONTRADICT[said], "mt_word_sure", number, said, revision),
                button(texts.BACK, "mt", number),
            ]
        )
        return Screen(card_texts.contradicting(meeting, said), rows, Action.of("mt", number))
    return await _kept(turn, meeting, said)


@feature.action("mt_word_sure")
async def keep_other_word(turn: Turn, number: int, said: str, revision: str) -> Screen:
    """Keep the contrary of what was said before."""
    meeting = await _spoken_of(turn, number, said)
    if short(meeting.revision) != revision:
        raise Stale
    return await _kept(turn, meeting, said)


async def _spoken_of(turn: Turn, number: int, said: str) -> Meeting:
    if said not in _ALREADY:
        raise Forged
    return await led(turn, number)


async def _kept(turn: Turn, meeting: Meeting, said: str) -> Screen:
    with elsewhere_nothing():
        outcome = await planning(turn).held(meeting.id, meeting.revision, took_place=said == _YES)
    if not isinstance(outcome, Done):
        shown = await card(turn, meeting, await place_of_meeting(turn, meeting))
        return shown.headed(outcome.sentence).noticed(outcome.sentence)
    done = card_texts.SAID_HELD if said == _YES else card_texts.SAID_NOT_HELD
    return (await _what_follows(turn, outcome.meeting, said)).headed(done).noticed(done)


async def _what_follows(turn: Turn, meeting: Meeting, said: str) -> Screen:
    if said == _YES:
        return await open_report(turn, meeting.id)
    return await card(turn, meeting, await place_of_meeting(turn, meeting))
