"""Answers to an invitation: by who is invited, from the message; or noted by who leads, for somebody who telephoned."""

from handlers.feature import Forged
from handlers.meetings import card_texts, texts
from handlers.meetings.card import card, invitation
from handlers.meetings.feature import elsewhere_nothing, feature, invitations, led, place_of_meeting
from handlers.turn import Turn
from models.meetings.checks import Refused
from models.meetings.invitations import Invitations
from models.meetings.repository import Meeting, Participant
from models.meetings.sending_texts import ANSWERS
from models.meetings.states import Answer
from models.screens import Action, Screen, button, one_a_row


@invitations.action("mt_answer")
async def answer(turn: Turn, number: int, sequence: int, said: Answer) -> Screen:
    """Keep an answer; one to a date that was moved since is asked anew."""
    mine = Invitations(turn.session, turn.asker, turn.now)
    with elsewhere_nothing():
        kept = await mine.answer(number, said, sequence)
        meeting = await mine.meeting(number) if isinstance(kept, Refused) else kept.meeting
    told = kept.sentence if isinstance(kept, Refused) else card_texts.noted(said)
    return invitation(meeting, await place_of_meeting(turn, meeting)).headed(told).noticed(told)


@feature.action("mt_answers")
async def choose_whom(turn: Turn, number: int) -> Screen:
    """Choose for whom an answer is to be noted."""
    meeting = await led(turn, number)
    labels = texts.labels([one.contact for one in meeting.participants])
    choices = [
        button(card_texts.participant(labels[one.contact.id], one), "mt_answer_of", number, one.contact.id)
        for one in meeting.participants
    ]
    text = f"{card_texts.short_title(meeting)}\n\n{card_texts.WHOSE_ANSWER}"
    return Screen(text, (*one_a_row(choices), (button(texts.BACK, "mt", number),)), Action.of("mt_answers", number))


@feature.action("mt_answer_of")
async def choose_answer(turn: Turn, number: int, contact: int) -> Screen:
    """Choose what somebody invited answered."""
    meeting = await led(turn, number)
    one = _invited(meeting, contact)
    choices = [
        button(label, "mt_answer_for", number, contact, meeting.sequence, said) for said, label in ANSWERS.items()
    ]
    text = f"{card_texts.short_title(meeting)}\n\n{card_texts.what_answer(one)}"
    rows = (*one_a_row(choices), (button(texts.BACK, "mt_answers", number),))
    return Screen(text, rows, Action.of("mt_answer_of", number, contact))


@feature.action("mt_answer_for")
async def answer_for(turn: Turn, number: int, contact: int, sequence: int, said: Answer) -> Screen:
    """Keep what somebody invited told who leads."""
    with elsewhere_nothing():
        kept = await Invitations(turn.session, turn.asker, turn.now).answer_for(number, contact, said, sequence)
    meeting = await led(turn, number) if isinstance(kept, Refused) else kept.meeting
    told = kept.sentence if isinstance(kept, Refused) else card_texts.NOTED_FOR
    return (await card(turn, meeting, await place_of_meeting(turn, meeting))).headed(told).noticed(told)


def _invited(meeting: Meeting, contact: int) -> Participant:
    found = meeting.participant(contact)
    if found is None:
        raise Forged
    return found
