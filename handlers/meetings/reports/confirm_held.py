"""Whether a meeting took place: told from its card, or from the message that asks for it."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import card_texts, texts
from handlers.meetings.card import card
from handlers.meetings.feature import elsewhere_nothing, feature, led, place_of_meeting, planning
from handlers.meetings.reports.conversation import open_report
from models.base.revision import Stale, short
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.planning.service import Done
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState

_YES, _NO = "yes", "no"
_ALREADY = {_YES: {MeetingState.HELD, MeetingState.REPORTED}, _NO: {MeetingState.NOT_HELD}}


@feature.action("mt_word")
async def confirm_held(context: Context, number: int, said: str, revision: str) -> Screen:
    """Keep whether a meeting took place, and open its report if it did; what contradicts what was said asks first.

    The same said again shows what follows from it; one on a meeting that changed shows the meeting as it stands.
    """
    meeting = await _spoken_of(context, number, said)
    if meeting.state in _ALREADY[said]:
        return await _what_follows(context, meeting, said)
    if short(meeting.revision) != revision:
        shown = await card(context, meeting, await place_of_meeting(context, meeting))
        return shown.headed(card_texts.CHANGED).noticed(card_texts.CHANGED)
    if meeting.state in {MeetingState.HELD, MeetingState.NOT_HELD}:
        rows = one_a_row(
            [
                button(card_texts.CONTRADICT[said], "mt_word_sure", number, said, revision),
                button(texts.BACK, "mt", number),
            ]
        )
        return Screen(card_texts.contradicting(meeting, said), rows, Action.of("mt", number))
    return await _kept(context, meeting, said)


@feature.action("mt_word_sure")
async def confirm_contrary(context: Context, number: int, said: str, revision: str) -> Screen:
    """Keep the contrary of what was said before."""
    meeting = await _spoken_of(context, number, said)
    if short(meeting.revision) != revision:
        raise Stale
    return await _kept(context, meeting, said)


async def _spoken_of(context: Context, number: int, said: str) -> Meeting:
    if said not in _ALREADY:
        raise InvalidAction
    return await led(context, number)


async def _kept(context: Context, meeting: Meeting, said: str) -> Screen:
    with elsewhere_nothing():
        outcome = await planning(context).held(meeting.id, meeting.revision, took_place=said == _YES)
    if not isinstance(outcome, Done):
        shown = await card(context, meeting, await place_of_meeting(context, meeting))
        return shown.headed(outcome.sentence).noticed(outcome.sentence)
    done = card_texts.SAID_HELD if said == _YES else card_texts.SAID_NOT_HELD
    return (await _what_follows(context, outcome.meeting, said)).headed(done).noticed(done)


async def _what_follows(context: Context, meeting: Meeting, said: str) -> Screen:
    if said == _YES:
        return await open_report(context, meeting.id)
    return await card(context, meeting, await place_of_meeting(context, meeting))
