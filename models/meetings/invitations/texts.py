"""What those invited read: come, come another day, do not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.base import french
from models.base.screens import bold
from models.meetings import texts
from models.meetings.contacts.texts import BODIES
from models.meetings.planning.series import Occurrence
from models.meetings.planning.texts import occurrence
from models.meetings.repository import Meeting
from models.meetings.states import Answer
from models.meetings.territories import Territory
from models.meetings.texts import KINDS

ANSWERS = {Answer.PRESENT: "Présent", Answer.ABSENT: "Absent", Answer.MAYBE: "Peut-être"}
SEE = "Voir"
MY_INVITATIONS = "Mes invitations à venir"


class News(StrEnum):
    """What somebody learns of a meeting."""

    INVITED = "invited"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    UNINVITED = "uninvited"


_TITLES = {
    News.INVITED: "Invitation : {summary}",
    News.MOVED: "Déplacé : {summary}",
    News.CHANGED: "Mise à jour : {summary}",
    News.CANCELLED: "Annulé : {summary}",
    News.UNINVITED: "Vous n'avez plus à venir : {summary}",
}

_NOTES = {
    News.INVITED: "",
    News.MOVED: "Une réponse donnée avant ce déplacement ne compte plus.",
    News.CHANGED: "Ni le jour ni l'heure ne changent : une réponse déjà donnée compte toujours.",
    News.CANCELLED: "La réunion n'aura pas lieu. Le fichier joint la retire de votre agenda.",
    News.UNINVITED: "La réunion a lieu sans vous. Le fichier joint la retire de votre agenda.",
}

WILL_YOU_COME = "Viendrez-vous ?"
BY_CALENDAR = "Répondez depuis votre agenda : votre réponse parvient à {organiser}."


def summary(meeting: Meeting, where: Territory) -> str:
    """Return « Point MDPH–SPE, Rhône »."""
    return f"{KINDS[meeting.kind]}, {where.name}"


def when(meeting: Meeting) -> str:
    """Return « mardi 12 janvier 2027, de 14 h à 15 h 30 », by the clock of its zone."""
    end = meeting.ends_at.astimezone(meeting.zone).time()
    return f"{texts.full_day(meeting.day)}, de {texts.clock(meeting.hour)} à {texts.clock(end)}"


def place(meeting: Meeting) -> list[str]:
    """Return where it takes place, a line for the place and one for the link."""
    return [
        *([f"Lieu : {meeting.place}"] if meeting.place else []),
        *([texts.LINK.format(link=meeting.link)] if meeting.link else []),
    ]


def told(news: News, meeting: Meeting, where: Territory) -> str:
    """Return what a message says: what, when, where, who."""
    lines = [bold(_TITLES[news].format(summary=summary(meeting, where))), f"Le {when(meeting)}."]
    if news not in {News.CANCELLED, News.UNINVITED}:
        lines += [*place(meeting), _taking_part(meeting)]
    return "\n".join((*lines, *_noted(news)))


ANSWERS_TO_ALL = {Answer.PRESENT: "Présent à toutes", Answer.ABSENT: "Absent à toutes"}
ONE_BY_ONE = "Répondre date par date"
IN_THE_FILE = "Lieu et participants : dans le fichier joint."
WILL_YOU_COME_TO_ALL = "Viendrez-vous à toutes ces dates ?"
BY_WRITING = "Le fichier joint met ces dates dans votre agenda. Pour répondre, écrivez à {organiser}."


@dataclass(frozen=True)
class SeriesTold:
    """What is said of a series: its title and hours, its dates, where and with whom."""

    title: str
    dates: tuple[str, ...]
    place: tuple[str, ...]
    people: str


def series(meetings: Sequence[Meeting], where: Territory, days: Sequence[Occurrence]) -> SeriesTold:
    """Return what is said of meetings of one series: those that a holiday moved say so.

    Where and with whom are said where they are the same for all; else the file says it of each.
    """
    first = meetings[0]
    moved = {one.day: one for one in days}
    dates = [occurrence(moved[one.day]) if one.day in moved else texts.full_day(one.day) for one in meetings]
    end = first.ends_at.astimezone(first.zone).time()
    hours = f"De {texts.clock(first.hour)} à {texts.clock(end)} :"
    common = len({(_taking_part(one), *place(one)) for one in meetings}) == 1
    return SeriesTold(
        f"{bold(series_subject(meetings, where))}\n{hours}",
        tuple(f"· {one}" for one in dates),
        tuple(place(first)) if common else (),
        _taking_part(first) if common else IN_THE_FILE,
    )


def series_whole(told: SeriesTold) -> str:
    """Return all that a message says of a series."""
    return "\n".join((told.title, *told.dates, *told.place, told.people, "", WILL_YOU_COME_TO_ALL))


def series_short(told: SeriesTold) -> str:
    """Return what a message says of a series where not all fits: its dates."""
    return "\n".join((told.title, *told.dates, IN_THE_FILE, "", WILL_YOU_COME_TO_ALL))


def series_letter(told: SeriesTold, meeting: Meeting) -> str:
    """Return what an e-mail says of a series to somebody whom the chat did not reach."""
    by_writing = BY_WRITING.format(organiser=meeting.organiser)
    return "\n".join((told.title, *told.dates, *told.place, told.people, by_writing))


def series_subject(meetings: Sequence[Meeting], where: Territory) -> str:
    """Return « Invitation : Point MDPH–SPE, Rhône, 12 dates »."""
    title = _TITLES[News.INVITED].format(summary=summary(meetings[0], where))
    return f"{title}, {french.count(len(meetings), 'date')}"


def subject(news: News, meeting: Meeting, where: Territory) -> str:
    """Return the subject of an e-mail: what, and when."""
    return f"{_TITLES[news].format(summary=summary(meeting, where))}, {texts.full_day(meeting.day)}"


def _taking_part(meeting: Meeting) -> str:
    bodies = dict.fromkeys(BODIES[one.contact.body] for one in meeting.participants)
    return texts.TAKING_PART.format(bodies=", ".join(bodies))


def _noted(news: News) -> Sequence[str]:
    return [_NOTES[news]] if _NOTES[news] else []
