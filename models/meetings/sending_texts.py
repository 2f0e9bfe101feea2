"""What those invited read: come, come another day, do not come."""

from collections.abc import Sequence
from enum import StrEnum

from models.contacts.texts import BODIES
from models.meetings import texts
from models.meetings.repository import Held
from models.meetings.states import Answer
from models.meetings.texts import KINDS
from models.platforms.where import Where
from models.screens import bold

ANSWERS = {Answer.PRESENT: "Présent", Answer.ABSENT: "Absent", Answer.MAYBE: "Peut-être"}
SEE = "Voir"


class News(StrEnum):
    """What somebody learns of a meeting."""

    INVITED = "invited"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"


_TITLES = {
    News.INVITED: "Invitation : {summary}",
    News.MOVED: "Nouvelle date : {summary}",
    News.CHANGED: "Mise à jour : {summary}",
    News.CANCELLED: "Annulé : {summary}",
    News.UNINVITED: "Vous n'avez plus à venir : {summary}",
}

_NOTES = {
    News.INVITED: "",
    News.MOVED: "Une réponse donnée pour l'ancienne date ne compte plus.",
    News.CHANGED: "La date ne change pas : une réponse déjà donnée compte toujours.",
    News.CANCELLED: "La réunion n'aura pas lieu. Le fichier joint la retire de votre agenda.",
    News.UNINVITED: "La réunion a lieu sans vous. Le fichier joint la retire de votre agenda.",
}

WILL_YOU_COME = "Viendrez-vous ?"
BY_CALENDAR = "Répondez depuis votre agenda : votre réponse parvient à {organiser}."


def summary(meeting: Held, where: Where) -> str:
    """Return « Point MDPH–SPE, Rhône »."""
    return f"{KINDS[meeting.kind]}, {where.name}"


def when(meeting: Held) -> str:
    """Return « mardi 12 janvier 2027, de 14 h à 15 h 30 », by the clock of its zone."""
    end = meeting.ends_at.astimezone(meeting.zone).time()
    return f"{texts.full_day(meeting.day)}, de {texts.clock(meeting.hour)} à {texts.clock(end)}"


def place(meeting: Held) -> list[str]:
    """Return where it takes place, a line for the place and one for the link."""
    return [
        *([f"Lieu : {meeting.place}"] if meeting.place else []),
        *([texts.LINK.format(link=meeting.link)] if meeting.link else []),
    ]


def told(news: News, meeting: Held, where: Where) -> str:
    """Return what a message says: what, when, where, who."""
    lines = [bold(_TITLES[news].format(summary=summary(meeting, where))), f"Le {when(meeting)}."]
    if news not in {News.CANCELLED, News.UNINVITED}:
        bodies = dict.fromkeys(BODIES[one.contact.body] for one in meeting.participants)
        lines += [*place(meeting), texts.TAKING_PART.format(bodies=", ".join(bodies))]
    return "\n".join((*lines, *_noted(news)))


def subject(news: News, meeting: Held, where: Where) -> str:
    """Return the subject of a letter: what, and when."""
    return f"{_TITLES[news].format(summary=summary(meeting, where))}, {texts.full_day(meeting.day)}"


def _noted(news: News) -> Sequence[str]:
    return [_NOTES[news]] if _NOTES[news] else []
