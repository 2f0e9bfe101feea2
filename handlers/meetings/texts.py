"""The French of the meetings' screens: planning, cards, answers, the address book."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from handlers.meetings.draft import Draft, Purpose
from models import french
from models.contacts.repository import Listed
from models.dispositifs import articles
from models.dispositifs.departements import departements
from models.meetings import texts as domain
from models.meetings.repository import Held, Participant
from models.meetings.sending_texts import place as place_lines
from models.meetings.sending_texts import when
from models.meetings.series import Occurrence, Rule
from models.meetings.states import Answer, MeetingState
from models.meetings.where import Where
from models.obligations.kinds import Level, MeetingKind
from models.obligations.periods import Period
from models.obligations.states import DueState
from models.obligations.texts import KINDS
from models.screens import bold

if TYPE_CHECKING:
    from handlers.meetings.listing import Month

clock = domain.clock

TITLE = bold("Les réunions")
MEETINGS = "Les réunions"
HOME, BACK, DROP = "Accueil", "Retour", "Abandonner"
BEFORE, AFTER = "Précédents", "Suivants"
EARLIER, LATER = "Plus anciennes", "Plus récentes"
OBLIGATIONS = "Les obligations"
BOOK = "Le carnet d'adresses"

WHERE_TO_LOOK = "De quel territoire ?"
NOWHERE_TO_LOOK = "Vous n'avez encore aucun territoire à animer."
PLAN_A_POINT = "Planifier un point"
OTHER_KIND = "Planifier une autre réunion…"
PAST = "Les réunions passées"
NO_PAST = "Aucune réunion n'est encore passée."

WHICH_KIND = "Quelle réunion planifier ?"
NO_KIND = "Aucune réunion ne se planifie ici."
FOR_WHICH_PLACE = "pour quel territoire ?"
NO_PLACE_FOR_IT = "aucun territoire ne convient."

WHICH_DAY = "Quel jour ?"
TOUCH_DAY = f"{bold('{month}')} : touchez un jour ouvré, ou écrivez la date (jj/mm/aaaa)."
ODD_DAYS = "Week-ends et jours fériés…"
ODD_DAYS_OF = "Week-ends et jours fériés de {month} : une confirmation vous sera demandée."
WHICH_HOUR = "À quelle heure ? Touchez un choix, ou écrivez l'heure (14 h 30){zone}."
NO_HOUR = "Je n'ai pas reconnu d'heure. Écrivez-la ainsi : 14 h 30."
HOW_LONG = "Combien de temps ? Touchez un choix, ou écrivez l'heure de fin (16 h 15)."
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
CHANGE_DAY, CHANGE_HOUR = CHANGES["day"], CHANGES["hour"]
SERIES = "En faire une série…"
EVERY = (1, 2, 3, 6)
WHICH_SERIES = "À quel rythme, pendant douze mois ?"
NO_SERIES = "Une série part d'un jour ouvré : changez d'abord la date."
ONCE = "Une seule fois"
CONFIRM_ALL_THE_SAME = "Oui, confirmer cette date"
DROPPED = "Abandonné : rien n'a été planifié."
DROPPED_CHANGE = "Abandonné : rien n'a changé."
DONE = {
    Purpose.PLAN: "C'est planifié. Les invités reçoivent leur invitation.",
    Purpose.MOVE: "C'est modifié. Les invités en sont prévenus.",
    Purpose.REPLACE: "C'est remplacé. L'ancienne réunion est annulée, les invités sont prévenus.",
    Purpose.PEOPLE: "Les invités sont à jour.",
}

HELD_WAYS = (("Oui, la réunion a eu lieu", "yes"), ("Non, elle n'a pas eu lieu", "no"))
REPORT, READ_REPORT = "Rédiger le compte rendu", "Lire le compte rendu"
PACK = "Le dossier de réunion"
NOT_HELD_AFTER_ALL, HELD_AFTER_ALL = "En fait, elle n'a pas eu lieu", "En fait, elle a eu lieu"
PLAN_ANOTHER = "En planifier une autre"
MOVE_BACK = "Annuler le déplacement"
MOVED_BACK = "Le déplacement est annulé. Les invités en sont prévenus."
ANSWERS_OF = "Noter une réponse"
MOVE, PEOPLE = "Déplacer ou modifier", "Changer les invités"
FILE = "Recevoir le fichier d'agenda"
FILE_SENT = "Le fichier d'agenda arrive dans un instant."
REPLACE, CANCEL = "Remplacer par une autre", "Annuler la réunion"
CANCEL_NOW, MOVE_INSTEAD = "Oui, annuler la réunion", "La déplacer plutôt"
CANCELLED = "La réunion est annulée. Les invités en sont prévenus."
SAID_HELD = "C'est noté : la réunion a eu lieu. Il reste le compte rendu."
SAID_NOT_HELD = "C'est noté : la réunion n'a pas eu lieu."
PACKING = "Le dossier se prépare : il arrive ici dans un instant."
PACKING_ALREADY = "Le dossier est déjà en préparation."

DATE_MOVED = "La date a changé depuis cette invitation. Viendrez-vous à la nouvelle date ?"
OVER = "Cette réunion est passée : les réponses sont closes."
WHOSE_ANSWER = "Qui vous a répondu ?"
NOTED_FOR = "La réponse est notée."
NOT_ANSWERED = "sans réponse"

NEW_CONTACT = bold("Nouveau contact")
WHICH_BODY = "De quel organisme ?"
WHICH_FUNCTION = "Quelle fonction ?"
WHICH_ADDRESS = (
    "Écrivez son adresse e-mail professionnelle.\n"
    "Les invitations y seront envoyées, ou dans Jalon si cette adresse y a un compte."
)
TAKE_OFF, PUT_BACK = "Retirer du carnet", "Remettre dans le carnet"
PUT_BACK_DONE = "Le contact est de nouveau dans le carnet."


def place(there: Where) -> str:
    """Return « Rhône », « Dispositif ABC01 »."""
    return f"Dispositif {there.name}" if there.level is Level.DISPOSITIF else there.name


def region(code: str) -> str:
    """Return the name of a region."""
    return next(one.region for one in departements().values() if one.region_code == code)


def title(there: Where) -> str:
    """Return the first line of what is shown of a place."""
    return f"{TITLE} · {place(there)}"


def zone(there: Where) -> str:
    """Say whose hour it is, where it is not that of Paris."""
    return "" if there.place.zone.key == "Europe/Paris" else ", à l'heure locale"


def in_the(there: Where) -> str:
    """Return « pour le Rhône », « pour le dispositif ABC01 »."""
    if there.level is Level.DEPARTEMENT and there.departement is not None:
        return f"pour {articles.named(there.departement)}"
    return f"pour le dispositif {there.name}"


def _of_month(period: Period) -> str:
    name = french.month(period.first).split()[0]
    return f"d'{name}" if name[0] in "ao" else f"de {name}"


def points(there: Where, months: Sequence["Month"], waiting: Sequence[Held], coming: Sequence[Held], shown: int) -> str:
    """Return how this month's point and the next one stand, what waits for a word, what is to come."""
    parts = [title(there)]
    parts += ["\n".join(_month(one, there) for one in months)] if months else []
    if waiting:
        one = french.count(len(waiting), "réunion attend", "réunions attendent")
        parts.append(f"{one} un mot de vous : tenue ou non, ou le compte rendu.")
    if len(coming) > shown:
        parts.append(f"{len(coming)} réunions à venir ; les {shown} prochaines :")
    elif coming:
        parts.append(f"{french.count(len(coming), 'réunion')} à venir :")
    return "\n\n".join(parts)


def _month(one: "Month", there: Where) -> str:
    name = french.month(one.period.first).split()[0].capitalize()
    if one.state is DueState.KEPT:
        return f"{name} : point tenu, compte rendu signé."
    if one.state is DueState.PLANNED:
        return f"{name} : le point est fixé."
    said = f"{name} : aucun point MDPH–SPE n'est encore fixé {in_the(there)}."
    if one.last is None or (one.state is DueState.TO_COME and one.last.day >= one.period.previous.first):
        return said
    return f"{said}\nLe dernier date du {french.day_and_year(one.last.day)}."


def home(there: Where, coming: Held | None, at_risk: Sequence[tuple[MeetingKind, Period]]) -> str:
    """Return what a chef de file finds on arriving: the next meeting, and what is at risk."""
    lines = [bold(f"Vos réunions · {place(there)}")]
    if coming is None:
        lines.append("Aucune réunion n'est fixée.")
    else:
        lines.append(f"Prochaine : {KINDS[coming.kind]}, {domain.full_day(coming.day)}, {clock(coming.hour)}.")
    lines += [f"À risque : {KINDS[kind]}, {period.name}, rien n'est encore fixé." for kind, period in at_risk]
    return "\n".join(lines)


def plan_point(period: Period) -> str:
    """Return the label that plans a month's point."""
    return f"Planifier le point {_of_month(period)}"


def same_as_before(one: Occurrence, last: Held) -> str:
    """Return « Comme le mois dernier : mardi 15, 14 h »."""
    months = (one.day.year - last.day.year) * 12 + one.day.month - last.day.month
    like = "Comme le mois dernier" if months == 1 else "Comme le dernier point"
    return f"{like} : {_short(one.day)}, {clock(last.hour)}"


def remind_me(day: date) -> str:
    """Return the label that puts it off to a day."""
    return f"Me le rappeler {_weekday(day)}"


def reminded(day: date) -> str:
    """Say when it will be spoken of again."""
    return f"Jalon vous en reparlera le {french.weekday(day)}, à 9 h."


NOT_REMINDED = "Ce jour ne convient plus : rien n'a été noté."


def short_day(day: date) -> str:
    """Return « ma 15 »: a day of the picker, whose weekday its column alone would not tell."""
    return f"{_weekday(day)[:2]} {day.day}"


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


def heading(draft: Draft, there: Where) -> str:
    """Return what is known so far, above each question."""
    doing = {Purpose.MOVE: "Modifier", Purpose.REPLACE: "Remplacer", Purpose.PEOPLE: "Invités"}
    what = f"{KINDS[draft.meeting_kind]} · {place(there)}"
    purpose = Purpose(draft.purpose)
    lines = [bold(f"{doing[purpose]} : {what}" if purpose in doing else what)]
    known = [domain.full_day(draft.chosen_day)] if draft.chosen_day else []
    known += [draft.hour.replace(":00", " h").replace(":", " h ").lstrip("0")] if draft.hour and draft.day else []
    known += [length(draft.minutes)] if draft.minutes and draft.day and draft.hour else []
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


def recap(draft: Draft, there: Where, people: Sequence[Listed], days: Sequence[Occurrence]) -> str:
    """Return all that is known before it is confirmed; of a series, its days and which of them were moved."""
    slot, series = draft.slot, draft.series
    lines = [heading(draft, there)]
    lines += [f"Lieu : {slot.place}"] if slot.place else []
    lines += [domain.LINK.format(link=slot.link)] if slot.link else []
    count = len(draft.people)
    names = labels(people)
    named = "\n".join(f"· {names[one.id]}" for one in people[:_NAMED])
    more = f"\n· et {french.count(count - _NAMED, 'autre')}" if count > _NAMED else ""
    lines.append(
        f"\n{french.count(count, 'invité')}\n{named}{more}" if people else f"\n{french.count(count, 'invité')}"
    )
    if series is not None:
        moved = [one for one in days if one.moved]
        lines.append(f"\nSérie : {domain.rule(series)}, {clock(slot.hour)}, {french.count(len(days), 'date')}.")
        lines.append(", ".join(french.day(one.day) for one in days) + ".")
        lines += [f"Jour férié, déplacé : {domain.occurrence(one)}." for one in moved]
    return "\n".join(lines)


_NAMED = 12


def confirm(draft: Draft, number: int) -> str:
    """Return the label of the confirmation."""
    if draft.purpose == Purpose.PLAN:
        return f"Confirmer les {number} dates" if number > 1 else "Confirmer et inviter"
    return {
        Purpose.MOVE: "Enregistrer et prévenir",
        Purpose.REPLACE: "Remplacer et prévenir",
        Purpose.PEOPLE: "Enregistrer les invités",
    }[Purpose(draft.purpose)]


def rule(one: Rule) -> str:
    """Return the label of a rule: « Le troisième mardi du mois »."""
    words = domain.rule(one)
    return words[0].upper() + words[1:]


def series_planned(meetings: Sequence[Held]) -> str:
    """Say that a series was planned."""
    first, last = meetings[0], meetings[-1]
    return (
        f"{len(meetings)} réunions planifiées, du {french.day_and_year(first.day)} au {french.day_and_year(last.day)}. "
        "Les invités reçoivent leurs invitations."
    )


def coming(one: Held, there: Where) -> str:
    """Return the label of a meeting to come."""
    return f"{french.weekday(one.day)}, {clock(one.hour)} · {_named(one, there)}"


def waiting(one: Held) -> str:
    """Return the label of a meeting of which something is still to be said."""
    wanted = "compte rendu" if one.state is MeetingState.HELD else "a-t-il eu lieu ?"
    return f"{french.day(one.day)} · {KINDS[one.kind]} : {wanted}"


def past_meeting(one: Held, there: Where) -> str:
    """Return the label of a meeting that is over."""
    state = "à compléter" if one.is_live else domain.STATES[one.state].partition(",")[0]
    return f"{french.day_and_year(one.day)} · {_named(one, there)} · {state}"


def short_title(meeting: Held) -> str:
    """Return the first lines of what is shown of a meeting."""
    return f"{bold(KINDS[meeting.kind])}\n{domain.full_day(meeting.day)}, {clock(meeting.hour)}"


def card(meeting: Held, there: Where, *, begun: bool) -> str:
    """Return a meeting as who leads it sees it."""
    lines = [
        bold(f"{KINDS[meeting.kind]} · {place(there)}"),
        f"Le {when(meeting)}{zone(there)}.",
        *place_lines(meeting),
    ]
    over = meeting.is_live and begun
    lines.append("La réunion a-t-elle eu lieu ?" if over else f"État : {domain.STATES[meeting.state]}.")
    if meeting.participants:
        names = labels([one.contact for one in meeting.participants])
        lines += ["", tally(meeting.participants)]
        lines += [f"· {names[one.contact.id]} : {_answer(one)}" for one in meeting.participants[:_NAMED]]
        more = len(meeting.participants) - _NAMED
        lines += [f"· et {french.count(more, 'autre')}"] if more > 0 else []
    return "\n".join(lines)


def tally(people: Sequence[Participant]) -> str:
    """Return « 3 invités : 1 présent, 2 sans réponse »."""
    counts = Counter(one.answer for one in people)
    words = {Answer.PRESENT: "présent", Answer.ABSENT: "absent"}
    parts = [french.count(counts[answer], word) for answer, word in words.items() if counts[answer]]
    parts += [f"{counts[Answer.MAYBE]} peut-être"] if counts[Answer.MAYBE] else []
    parts += [f"{counts[None]} {NOT_ANSWERED}"] if counts[None] else []
    return f"{french.count(len(people), 'invité')} : {', '.join(parts)}."


def invitation(meeting: Held, there: Where) -> str:
    """Return a meeting as somebody invited sees it."""
    lines = [
        bold(f"{KINDS[meeting.kind]} · {place(there)}"),
        f"Le {when(meeting)}{zone(there)}.",
        *place_lines(meeting),
    ]
    if not meeting.is_live:
        return "\n".join((*lines, f"État : {domain.STATES[meeting.state]}."))
    mine = meeting.participants[0]
    lines.append(f"Votre réponse : {_answer(mine)}." if mine.answer else "Viendrez-vous ?")
    return "\n".join(lines)


def noted(answer: Answer) -> str:
    """Say what was noted, and how to change it."""
    return f"C'est noté : {domain.ANSWERS[answer]}. Pour changer d'avis, touchez une autre réponse."


def participant(label: str, one: Participant) -> str:
    """Return the label of somebody invited, with their answer."""
    return f"{label} : {_answer(one)}"


def what_answer(one: Participant) -> str:
    """Ask what somebody invited answered."""
    return f"{one.contact.name} : {_answer(one)}.\nQuelle est la réponse ?"


def cancelling(meeting: Held, there: Where) -> str:
    """Ask before a meeting is cancelled."""
    people = french.count(len(meeting.participants), "invité sera prévenu", "invités seront prévenus")
    series = "\nLes autres dates de la série restent." if meeting.series_id else ""
    what = bold(f"{KINDS[meeting.kind]} · {place(there)}")
    return f"{what}\nLe {when(meeting)}.\n\nAnnuler cette réunion ? {people} aussitôt.{series}"


def book(there: Where, number: int) -> str:
    """Return the title of the address book."""
    about = f"{french.count(number, 'contact')}." if number else "Aucun contact encore."
    return f"{bold(BOOK)} · {place(there)}\n{about}"


def contact(one: Listed) -> str:
    """Return a contact."""
    state = "Retiré du carnet." if one.archived else "Invitable à toutes les réunions du territoire."
    return f"{bold(one.name)}\n{one.email}\n{state}"


def taken_off(one: Listed) -> str:
    """Say that a contact was taken off the book."""
    return f"{one.name} n'est plus dans le carnet. Les réunions où ce contact est invité ne changent pas."


def added(one: Listed) -> str:
    """Say that a contact was added."""
    return f"{one.name} : ajouté au carnet."


def _what(meeting: Held, there: Where) -> list[str]:
    what = bold(f"{KINDS[meeting.kind]} · {place(there)}")
    return [what, f"Le {when(meeting)}{zone(there)}.", *place_lines(meeting)]


def _answer(one: Participant) -> str:
    return domain.ANSWERS[one.answer] if one.answer else NOT_ANSWERED


def _named(one: Held, there: Where) -> str:
    elsewhere = "" if one.scope == there.scope else f" ({one.scope.partition(':')[2]})"
    return f"{KINDS[one.kind]}{elsewhere}"


def _weekday(day: date) -> str:
    return french.weekday(day).split()[0]


def _short(day: date) -> str:
    return f"{_weekday(day)} {day.day}"
