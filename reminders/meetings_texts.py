"""What is said of meetings to come and of those that are over."""

from datetime import date

from models.base import french
from models.meetings import texts
from models.meetings.invitations import texts as sending_texts
from models.meetings.repository import Meeting, Participant
from models.meetings.territories import Territory

SEE = "Voir"
YES = "Oui, faire le compte rendu"
NO = "Non"
REPORT = "Faire le compte rendu"
BY_CALENDAR = sending_texts.BY_CALENDAR


def coming(meeting: Meeting, where: Territory, mine: Participant, told_on: date) -> str:
    """Return what a participant reads some days before: when, where, and what they answered."""
    distance = french.in_days(meeting.day, told_on).capitalize()
    lines = [
        f"{distance} : {sending_texts.summary(meeting, where)}.",
        f"Le {sending_texts.when(meeting)}.",
        *sending_texts.place(meeting),
    ]
    if mine.answer is not None:
        lines.append(f"Vous avez répondu : {texts.ANSWERS[mine.answer]}.")
    return "\n".join(lines)


def soon(meeting: Meeting, where: Territory) -> str:
    """Return what a participant reads two hours before."""
    first = f"À {texts.clock(meeting.hour)} : {sending_texts.summary(meeting, where)}."
    return "\n".join((first, *sending_texts.place(meeting)))


def was_it_held(meeting: Meeting, where: Territory) -> str:
    """Ask whether a meeting was held."""
    return f"{_named(meeting, where)} : la réunion a-t-elle eu lieu ?"


def to_report(meeting: Meeting, where: Territory) -> str:
    """Say that a meeting has no signed report yet."""
    return f"{_named(meeting, where)} : le compte rendu reste à signer.\nC'est lui qui prouve que la réunion a eu lieu."


def letter_subject(meeting: Meeting, where: Territory) -> str:
    """Return the subject of an e-mail about a meeting."""
    return f"Jalon : {sending_texts.summary(meeting, where)}, {texts.full_day(meeting.day)}"


def _named(meeting: Meeting, where: Territory) -> str:
    return f"{sending_texts.summary(meeting, where)}, {texts.full_day(meeting.day)}"
