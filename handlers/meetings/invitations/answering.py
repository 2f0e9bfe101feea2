"""Answers to an invitation: by who is invited, from the message; or noted by who leads, for somebody who telephoned."""

from handlers.context import Context
from handlers.feature import InvalidAction
from handlers.meetings import card_texts, texts
from handlers.meetings.card import card, invitation
from handlers.meetings.feature import answering, elsewhere_nothing, feature, led, place_of_meeting
from models.base.screens import Action, Screen, button, one_a_row
from models.meetings.invitations.service import Invitations
from models.meetings.invitations.texts import ANSWERS
from models.meetings.planning.checks import PlanningRefused
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer


@answering.action("mt_answer")
async def answer(context: Context, number: int, sequence: int, said: Answer) -> Screen:
    """Keep an answer; one to a date that was moved since is asked anew."""
    mine = Invitations(context.session, context.actor, context.now)
    with elsewhere_nothing():
        kept = await mine.answer(number, said, sequence)
        meeting = await mine.meeting(number) if isinstance(kept, PlanningRefused) else kept.meeting
    told = kept.sentence if isinstance(kept, PlanningRefused) else card_texts.noted(said)
    return invitation(meeting, await place_of_meeting(context, meeting)).headed(told).noticed(told)


@feature.action("mt_answers")
async def choose_whom(context: Context, number: int) -> Screen:
    """Choose for whom an answer is to be noted."""
    meeting = await led(context, number)
    labels = texts.labels([one.contact for one in meeting.participants])
    choices = [
        button(card_texts.participant(labels[one.contact.id], one), "mt_answer_of", number, one.contact.id)
        for one in meeting.participants
    ]
    text = f"{card_texts.short_title(meeting)}\n\n{card_texts.WHOSE_ANSWER}"
    return Screen(text, (*one_a_row(choices), (button(texts.BACK, "mt", number),)), Action.of("mt_answers", number))


@feature.action("mt_answer_of")
async def choose_answer(context: Context, number: int, contact: int) -> Screen:
    """Choose what somebody invited answered."""
    meeting = await led(context, number)
    one = _invited(meeting, contact)
    choices = [
        button(label, "mt_answer_for", number, contact, meeting.sequence, said) for said, label in ANSWERS.items()
    ]
    text = f"{card_texts.short_title(meeting)}\n\n{card_texts.what_answer(one)}"
    rows = (*one_a_row(choices), (button(texts.BACK, "mt_answers", number),))
    return Screen(text, rows, Action.of("mt_answer_of", number, contact))


@feature.action("mt_answer_for")
async def answer_for(context: Context, number: int, contact: int, sequence: int, said: Answer) -> Screen:
    """Keep what somebody invited told who leads."""
    with elsewhere_nothing():
        kept = await Invitations(context.session, context.actor, context.now).answer_for(
            number, contact, said, sequence
        )
    meeting = await led(context, number) if isinstance(kept, PlanningRefused) else kept.meeting
    told = kept.sentence if isinstance(kept, PlanningRefused) else card_texts.NOTED_FOR
    return (await card(context, meeting, await place_of_meeting(context, meeting))).headed(told).noticed(told)


def _invited(meeting: Meeting, contact: int) -> Participant:
    found = meeting.participant(contact)
    if found is None:
        raise InvalidAction
    return found
