"""The card of a meeting: what is known of it, who answered what, and what may be done with it as it stands."""

from collections.abc import Mapping

from handlers.context import Context
from handlers.meetings import card_texts, texts
from handlers.meetings.feature import answering, elsewhere_nothing, place_of_meeting, planning
from models.accounts.permissions import Permission
from models.base.revision import short
from models.base.screens import Action, Button, Row, Screen, button, one_a_row
from models.entry.service import Unknown
from models.meetings.invitations.repository import Sent, sent
from models.meetings.invitations.sending import answers
from models.meetings.invitations.service import Invitations
from models.meetings.kinds import MeetingKind
from models.meetings.repository import Meeting
from models.meetings.states import MeetingState
from models.meetings.territories import Territory
from models.reference.scopes import Scope

MOST_RESENT = 3
UNDO = "meeting_before"
"""Where the conversation keeps when and where a meeting was before it was moved."""


@answering.action("mt")
async def show(context: Context, number: int) -> Screen:
    """Show a meeting: whole to who leads it, their own invitation to who is invited, to nobody else."""
    if context.actor.may(Permission.POINTS):
        try:
            meeting = await planning(context).meeting(number)
        except Unknown:
            pass
        else:
            return await card(context, meeting, await place_of_meeting(context, meeting))
    with elsewhere_nothing():
        meeting = await Invitations(context.session, context.actor, context.now).meeting(number)
    return invitation(meeting, await place_of_meeting(context, meeting))


async def card(context: Context, meeting: Meeting, there: Territory) -> Screen:
    """Return the card of a meeting that who speaks leads, with what became of its invitations."""
    letters = (await sent(context.session, [meeting.id])).get(meeting.id, {})
    begun = meeting.starts_at <= context.now
    again = [] if begun else _to_resend(meeting, letters)
    back = (button(texts.BACK, "points_at", *Scope.parse(meeting.scope)),)
    rows = (*one_a_row([*again, *_ways(context, meeting)]), back)
    return Screen(card_texts.card(meeting, there, letters, begun=begun), rows, Action.of("mt", meeting.id))


def invitation(meeting: Meeting, there: Territory) -> Screen:
    """Return a meeting to somebody invited: what it is, what they answered, and how to answer otherwise."""
    rows: tuple[Row, ...] = answers(meeting) if meeting.is_live else ()
    dates = [button(card_texts.OTHER_DATES, "sr", meeting.series_id)] if meeting.series_id else []
    ways = one_a_row([*dates, button(texts.HOME, "start", "")])
    return Screen(card_texts.invitation(meeting, there), (*rows, *ways), Action.of("mt", meeting.id))


def _to_resend(meeting: Meeting, letters: Mapping[int, Sent]) -> list[Button]:
    """Return the buttons that send anew the invitations that did not arrive, a few at a time."""
    if not meeting.is_live:
        return []
    names = texts.labels([one.contact for one in meeting.participants])
    lost = [number for number in names if number in letters and letters[number].can_leave_again]
    revision = short(meeting.revision)
    return [button(card_texts.resend(names[one]), "mt_resend", meeting.id, one, revision) for one in lost[:MOST_RESENT]]


def _ways(context: Context, meeting: Meeting) -> list[Button]:
    number, revision = meeting.id, short(meeting.revision)
    took_place, did_not = (button(label, "mt_word", number, said, revision) for label, said in card_texts.HELD_WAYS)
    report = button(card_texts.REPORT, "mt_report", number)
    packs = [button(card_texts.PACK, "mt_pack", number)] if meeting.kind is MeetingKind.POINT else []
    if meeting.state is MeetingState.REPORTED:
        return [button(card_texts.READ_REPORT, "mt_report", number)]
    if meeting.state is MeetingState.HELD:
        return [report, *packs, button(card_texts.NOT_HELD_AFTER_ALL, "mt_word", number, "no", revision)]
    if not meeting.is_live:
        at = Scope.parse(meeting.scope)
        again = button(card_texts.PLAN_ANOTHER, "pl_begin", *at, meeting.kind)
        after_all = [button(card_texts.HELD_AFTER_ALL, "mt_word", number, "yes", revision)]
        return [again, *(after_all if meeting.state is MeetingState.NOT_HELD else [])]
    if meeting.starts_at <= context.now:
        return [took_place, did_not, *packs]
    back = context.memo.get(UNDO)
    undo = [button(card_texts.MOVE_BACK, "mt_back", number, revision)] if back and back[0] == number else []
    return [
        *undo,
        button(card_texts.ANSWERS_OF, "mt_answers", number),
        button(card_texts.MOVE, "mt_change", number, "move"),
        button(card_texts.PEOPLE, "mt_change", number, "people"),
        *packs,
        button(card_texts.FILE, "mt_file", number),
        button(card_texts.REPLACE, "mt_change", number, "replace"),
        button(card_texts.CANCEL, "mt_cancel", number, revision),
    ]
