"""The French of the meetings' screens: planning, cards, answers, the address book."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from handlers.meetings.planning.draft import MeetingDraft, Purpose
from models.base import french
from models.base.screens import bold
from models.meetings import texts as domain
from models.meetings.contacts.repository import Listed
from models.meetings.planning import texts as series_texts
from models.meetings.planning.series import Occurrence, RecurrenceRule
from models.meetings.territories import Territory
from models.meetings.texts import KINDS
from models.reference.scopes import Level

clock = domain.clock

COMMAND = "Les points et les réunions"
MEETINGS = "Les réunions"
HOME, BACK, DROP = "Accueil", "Retour", "Abandonner"
BEFORE_HER, AFTER_HER = "Précédentes", "Suivantes"
CONTACTS = "Le carnet d'adresses"


WHICH_KIND = "Quelle réunion planifier ?"
NO_KIND = "Aucune réunion ne se planifie ici."
FOR_WHICH_PLACE = "pour quel territoire ?"
NO_PLACE_FOR_IT = "aucun territoire ne convient."

WHICH_DAY = "Quel jour ?"
TOUCH_DAY = f"{bold('{month}')} : touchez un jour ouvré, ou écrivez la date (15/06, 15 juin)."
ODD_DAYS = "Week-ends et jours fériés…"
ODD_DAYS_OF = "Week-ends et jours fériés de {month} : une confirmation vous sera demandée."
NO_SUCH_DAY = "Cette date n'existe pas."
WHICH_HOUR = "À quelle heure ? Touchez un choix, ou écrivez l'heure (14 h 30){zone}."
NO_HOUR = "Je n'ai pas reconnu d'heure. Écrivez-la ainsi : 14 h 30."
HOW_LONG = "Combien de temps ? Touchez un choix, ou écrivez la durée (1 h 30) ou l'heure de fin (16 h 15)."
NO_LENGTH = "Je n'ai pas reconnu de durée. Écrivez-la ainsi : 1 h 30. Ou bien l'heure de fin : 16 h 15."
WHERE = "Où ? Écrivez le lieu, ou le lien de visioconférence (https://…). Vous pourrez donner les deux."
NO_PLACE, NO_LINK = "Garder le lien seul", "Garder le lieu seul"
WHO = "Qui est invité ? Touchez un contact pour l'ajouter ou le retirer."
NOBODY_KNOWN = "Qui est invité ? Le carnet d'adresses est vide : ajoutez un premier contact."
ADD_CONTACT = "Ajouter un contact"
INVITE_ALL = "Inviter tout le carnet"

CHANGES = {
    "day": "Changer la date",
    "hour": "Changer l'heure",
    "minutes": "Changer la durée",
    "place": "Changer le lieu ou le lien",
    "people": "Changer les invités",
}
SERIES = "En faire une série…"
EVERY = (1, 2, 3, 6)
WHICH_SERIES = "À quel rythme, pendant douze mois ?"
SERIES_ENDS = "Une série part d'un jour ouvré : cette date est seule."
NO_SERIES = "Une série part d'un jour ouvré : changez d'abord la date."
ONCE = "Une seule fois"
CONFIRM_ALL_THE_SAME, CONFIRM_SO = "Oui, confirmer cette date", "Oui, confirmer ainsi"
DROPPED = "Abandonné : rien n'a été planifié."
DROPPED_CHANGE = "Abandonné : rien n'a changé."
DONE = {
    Purpose.PLAN: "C'est planifié. Les invités reçoivent leur invitation.",
    Purpose.MOVE: "C'est modifié. Les invitations partent.",
    Purpose.REPLACE: "C'est remplacé. L'ancienne réunion est annulée, les invités sont prévenus.",
    Purpose.PEOPLE: "Les invités sont à jour.",
}


def place(there: Territory) -> str:
    """Return « Rhône », « Dispositif ABC01 »."""
    return f"Dispositif {there.name}" if there.level is Level.DISPOSITIF else there.name


def zone(there: Territory) -> str:
    """Say whose hour it is, where it is not that of Paris."""
    return "" if there.place.zone.key == "Europe/Paris" else ", à l'heure locale"


def short_day(day: date) -> str:
    """Return « M 15 »: a day of the picker, as French calendars head their columns."""
    return f"{weekday_name(day)[0].upper()} {day.day}"


def odd_day(day: date, name: str | None) -> str:
    """Return « vendredi 25 décembre · Noël »; some holidays have no name but their day."""
    if name is None:
        return french.weekday(day)
    return f"{french.weekday(day)} · {'jour férié' if name == french.day(day) else name}"


def length(minutes: int) -> str:
    """Return « 1 h 30 », « 45 min »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def heading(draft: MeetingDraft, there: Territory) -> str:
    """Return what is known so far, above each question."""
    doing = {Purpose.MOVE: "Modifier", Purpose.REPLACE: "Remplacer", Purpose.PEOPLE: "Invités"}
    what = f"{KINDS[draft.kind]} · {place(there)}"
    lines = [bold(f"{doing[draft.purpose]} : {what}" if draft.purpose in doing else what)]
    known = [domain.full_day(draft.day)] if draft.day else []
    if draft.day is not None and draft.hour is not None:
        known += [clock(draft.hour), *([length(draft.minutes)] if draft.minutes else [])]
    return "\n".join([*lines, *([", ".join(known)] if known else [])])


def labels(contacts: Sequence[Listed]) -> dict[int, str]:
    """Return how each contact is called; with the address where two would be called the same."""
    names = Counter(one.name for one in contacts)
    return {one.id: one.name if names[one.name] == 1 else f"{one.name} ({one.email})" for one in contacts}


def chosen(label: str, *, of: bool) -> str:
    """Return the label of somebody who is in or out."""
    return f"✓ {label}" if of else label


def invited(number: int) -> str:
    """Return the label that goes on with those invited."""
    return f"Continuer avec {french.count(number, 'invité')}"


def recap(
    draft: MeetingDraft, there: Territory, people: Sequence[Listed], days: Sequence[Occurrence], today: date
) -> str:
    """Return all that is known before it is confirmed; of a series, its days and which of them were moved."""
    slot, series = draft.slot, draft.series
    lines = [heading(draft, there)]
    lines += [f"Lieu : {slot.place}"] if slot.place else []
    lines += [domain.LINK.format(link=slot.link)] if slot.link else []
    count = len(draft.people)
    names = labels(people)
    named = "\n".join(f"· {names[one.id]}" for one in people[:MOST_NAMED])
    more = f"\n· et {french.count(count - MOST_NAMED, 'autre')}" if count > MOST_NAMED else ""
    lines.append(
        f"\n{french.count(count, 'invité')}\n{named}{more}" if people else f"\n{french.count(count, 'invité')}"
    )
    if series is not None:
        moved = [one for one in days if one.moved]
        lines.append(f"\nSérie : {series_texts.rule(series)}, {clock(slot.hour)}, {french.count(len(days), 'date')}.")
        lines.append(", ".join(domain.day_from(today, one.day) for one in days) + ".")
        lines += [f"Jour férié, déplacé : {series_texts.occurrence(one)}." for one in moved]
    return "\n".join(lines)


MOST_NAMED = 12


def confirm(draft: MeetingDraft, number: int) -> str:
    """Return the label of the confirmation."""
    if draft.purpose == Purpose.PLAN:
        return f"Confirmer les {number} dates" if number > 1 else "Confirmer et inviter"
    return {
        Purpose.MOVE: "Enregistrer et prévenir",
        Purpose.REPLACE: "Remplacer et prévenir",
        Purpose.PEOPLE: "Enregistrer les invités",
    }[draft.purpose]


def rule(one: RecurrenceRule) -> str:
    """Return the label of a rule: « Le troisième mardi du mois »."""
    words = series_texts.rule(one)
    return words[0].upper() + words[1:]


def weekday_name(day: date) -> str:
    """Return « mardi »."""
    return french.weekday(day).split()[0]
