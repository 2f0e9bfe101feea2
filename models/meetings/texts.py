"""What Jalon says in French about meetings: what is refused, what is to be confirmed, invitations."""

from datetime import date, time
from enum import StrEnum

from models.base import french
from models.base.refusals import sentences_of, told
from models.meetings.kinds import MeetingKind
from models.meetings.states import Answer, MeetingState

STATES = {
    MeetingState.PLANNED: "planifié",
    MeetingState.MOVED: "déplacé",
    MeetingState.CANCELLED: "annulé",
    MeetingState.HELD: "tenu, compte rendu à signer",
    MeetingState.NOT_HELD: "non tenu",
    MeetingState.REPORTED: "tenu, compte rendu signé",
}

ANSWERS = {Answer.PRESENT: "présent", Answer.ABSENT: "absent", Answer.MAYBE: "peut-être"}


HOLIDAY, NAMED_HOLIDAY = "Le {day} est férié.", "Le {day} est férié ({name})."
WEEKEND = "Le {day} n'est pas un jour ouvré."
CONFLICT = "Le {day}, une autre réunion de la plateforme se tient à la même heure : {kind}, {hour}."
SPE = "service public de l'emploi (France Travail, Cap emploi ou Mission locale)"
LACKING = "Parmi les invités, il manque : {bodies}."
UNSIGNABLE = "Sans la MDPH, ou sans le service public de l'emploi, le compte rendu d'un point ne se signe pas."
CONFIRM_ALL = "Confirmez-vous ?"
CONFIRM = "Confirmez-vous cette date ?"

SUMMARY = "{kind} – {where}"
CANCELLED = "Annulé : {summary}"
ORGANISER = "Chef de file"
TAKING_PART = "Participants : {bodies}."
LINK = "Visioconférence : {link}"
ALARM = "{summary} : demain"
ALARM_SOON = "{summary} : dans deux heures"


def on_holiday(day: date, name: str) -> str:
    """Return « Le jeudi 6 mai 2027 est férié (Ascension). »; some holidays have no name but their day."""
    return (HOLIDAY if name == french.day(day) else NAMED_HOLIDAY).format(day=full_day(day), name=name)


def full_day(day: date) -> str:
    """Return « mardi 2 mars 2027 »."""
    return f"{french.weekday(day)} {day.year}"


def day_from(today: date, day: date) -> str:
    """Return « 15 juin », with its year where that is not the year of `today`."""
    return french.day(day) if day.year == today.year else french.day_and_year(day)


def weekday_from(today: date, day: date) -> str:
    """Return « mardi 15 juin », with its year where that is not the year of `today`."""
    return french.weekday(day) if day.year == today.year else full_day(day)


def clock(hour: time) -> str:
    """Return « 14 h », « 14 h 30 »."""
    return f"{hour.hour} h" if hour.minute == 0 else f"{hour.hour} h {hour.minute:02}"


KINDS = {
    MeetingKind.POINT: "Point MDPH–SPE",
    MeetingKind.COMITE_DEPARTEMENTAL: "Comité de suivi départemental",
    MeetingKind.COMITE_REGIONAL: "Comité de pilotage régional",
    MeetingKind.INSTANCE_OUTRE_MER: "Instance unique d'outre-mer",
    MeetingKind.DIALOGUE_GESTION: "Dialogue de gestion",
}


class PlanningRefusal(StrEnum):
    """Why something cannot be done."""

    UNKNOWN_SCOPE = "unknown_scope"
    KIND_NOT_HERE = "kind_not_here"
    KIND_NOT_YOURS = "kind_not_yours"
    PAST = "past"
    TOO_FAR = "too_far"
    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"
    NOWHERE = "nowhere"
    LONG_PLACE = "long_place"
    BAD_LINK = "bad_link"
    NOBODY = "nobody"
    TOO_MANY = "too_many"
    UNKNOWN_CONTACT = "unknown_contact"
    SAME_ADDRESS = "same_address"
    NO_SUCH_RULE = "no_such_rule"
    NO_OCCURRENCE = "no_occurrence"
    NOT_LIVE = "not_live"
    BEGUN = "begun"
    SAME = "same"
    NOTHING_LOST = "nothing_lost"
    DATE_MOVED = "date_moved"
    OVER = "over"
    NOT_YET = "not_yet"
    SETTLED = "settled"
    NO_ORGANISER = "no_organiser"


_REFUSALS = sentences_of(
    PlanningRefusal,
    {
        PlanningRefusal.UNKNOWN_SCOPE: "Ce périmètre n’existe pas, ou n’est pas le vôtre.",
        PlanningRefusal.KIND_NOT_HERE: "Cette réunion ne se tient pas à cet échelon.",
        PlanningRefusal.KIND_NOT_YOURS: (
            "Ce n'est pas vous qui planifiez cette réunion : le chef de file ou un administrateur le fait."
        ),
        PlanningRefusal.PAST: "Cette date est passée : choisissez un jour et une heure à venir.",
        PlanningRefusal.TOO_FAR: "Cette date est trop lointaine : deux ans au plus.",
        PlanningRefusal.ENDS_BEFORE_START: "La fin précède le début : une réunion dure au moins une minute.",
        PlanningRefusal.TOO_LONG: "Une réunion tient en une journée : {hours} heures au plus.",
        PlanningRefusal.NOWHERE: "Il manque un lieu ou un lien de visioconférence.",
        PlanningRefusal.LONG_PLACE: "Ce lieu est trop long : {most} caractères au plus, sur une ligne.",
        PlanningRefusal.BAD_LINK: "Un lien de visioconférence commence par « https:// » et tient en {most} caractères.",
        PlanningRefusal.NOBODY: "Personne n'est invité : choisissez au moins un contact du carnet.",
        PlanningRefusal.TOO_MANY: "{invited} participants, c'est trop : {most} au plus.",
        PlanningRefusal.UNKNOWN_CONTACT: "Un des contacts choisis n'est pas, ou plus, dans le carnet.",
        PlanningRefusal.SAME_ADDRESS: "L'adresse {address} est celle de deux des contacts choisis : gardez-en un.",
        PlanningRefusal.NO_SUCH_RULE: (
            "Cette série n'existe pas : choisissez du premier au quatrième, ou le dernier, du lundi au vendredi."
        ),
        PlanningRefusal.NO_OCCURRENCE: "Cette série n'a aucune date à venir.",
        PlanningRefusal.NOT_LIVE: "Cette réunion n'est plus à venir : elle ne se change plus.",
        PlanningRefusal.BEGUN: "Cette réunion a commencé ou est passée : dites si elle a eu lieu.",
        PlanningRefusal.SAME: "Rien n'a changé : personne n'est prévenu.",
        PlanningRefusal.NOTHING_LOST: "Aucune invitation n'est à renvoyer à ce contact : elle est déjà partie.",
        PlanningRefusal.DATE_MOVED: (
            "La réunion a été déplacée depuis cette invitation. Viendrez-vous, comme elle est maintenant fixée ?"
        ),
        PlanningRefusal.OVER: "Cette réunion est passée : les réponses sont closes.",
        PlanningRefusal.NOT_YET: "La réunion n'a pas encore commencé.",
        PlanningRefusal.SETTLED: "Le compte rendu est signé : la réunion ne change plus.",
        PlanningRefusal.NO_ORGANISER: "Une réunion est convoquée par quelqu'un : il faut un compte.",
    },
)


def why_not(why: PlanningRefusal, **arguments: object) -> str:
    """Return why something cannot be done."""
    return told(_REFUSALS, why, arguments)
