"""The French of a meeting's card: its state, who answered what, what may be done, what was done."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from handlers.meetings.texts import MOST_NAMED, clock, labels, place, zone
from models.base import french
from models.base.screens import bold
from models.meetings import texts as domain
from models.meetings.invitations.repository import Sent, was_invited
from models.meetings.invitations.texts import place as place_lines
from models.meetings.invitations.texts import when
from models.meetings.repository import Meeting, Participant
from models.meetings.states import Answer
from models.meetings.territories import Territory
from models.meetings.texts import KINDS

HELD_WAYS = (("Oui, la réunion a eu lieu", "yes"), ("Non, elle n'a pas eu lieu", "no"))
REPORT, READ_REPORT = "Rédiger le compte rendu", "Lire le compte rendu"
PACK = "Le dossier de réunion"
NOT_HELD_AFTER_ALL, HELD_AFTER_ALL = "En fait, elle n'a pas eu lieu", "En fait, elle a eu lieu"
PLAN_ANOTHER = "En planifier une autre"
MOVE_BACK = "Annuler le déplacement"
MOVED_BACK = "Le déplacement est annulé. Les invitations partent."
ANSWERS_OF = "Noter une réponse"
MOVE, PEOPLE = "Déplacer ou modifier", "Changer les invités"
FILE = "Recevoir le fichier d'agenda"
FILE_SENT = "Le fichier d'agenda arrive dans un instant."
REPLACE, CANCEL = "Remplacer par une autre", "Annuler la réunion"
CANCEL_NOW, MOVE_INSTEAD = "Oui, annuler la réunion", "La déplacer plutôt"
CANCELLED = "La réunion est annulée. L'annulation part aux invités."
SAID_HELD = "C'est noté : la réunion a eu lieu. Il reste le compte rendu."
SAID_NOT_HELD = "C'est noté : la réunion n'a pas eu lieu."
PACKING = "Le dossier se prépare : il arrive ici dans un instant."
PACKING_ALREADY = "Le dossier est déjà en préparation."
OTHER_DATES = "Les dates de la série"
NO_DATE_LEFT = "Cette série n'a plus de date à venir."
NONE_AS_ANNOUNCED = "Ces dates ont changé depuis ce message : répondez à chacune."
ASKED_APART = ("date a changé et se répond à part", "dates ont changé et se répondent à part")
WHOSE_ANSWER = "Qui vous a répondu ?"
NOTED_FOR = "La réponse est notée."
NOT_ANSWERED = "sans réponse"
NOT_DELIVERED = "invitation non remise"
RESENT = "L'invitation repart à l'instant."
CHANGED = "La réunion a changé depuis ce message : voici où elle en est."
CONTRADICT = {"yes": "Oui, elle a eu lieu", "no": "Non, elle n'a pas eu lieu"}
TO_NOTE = "Une réponse reçue par e-mail ou dans votre agenda n'arrive pas ici : touchez « Noter une réponse »."


def short_title(meeting: Meeting) -> str:
    """Return the first lines of what is shown of a meeting."""
    return f"{bold(KINDS[meeting.kind])}\n{domain.full_day(meeting.day)}, {clock(meeting.hour)}"


def card(meeting: Meeting, there: Territory, letters: Mapping[int, Sent], *, begun: bool) -> str:
    """Return a meeting as who leads it sees it; `letters` say what became of the invitations, by contact."""
    lost = {number for number, one in letters.items() if one.undelivered}
    lines = [
        bold(f"{KINDS[meeting.kind]} · {place(there)}"),
        f"Le {when(meeting)}{zone(there)}.",
        *place_lines(meeting),
    ]
    over = meeting.is_live and begun
    lines.append("La réunion a-t-elle eu lieu ?" if over else f"État : {domain.STATES[meeting.state]}.")
    # Who came uninvited is named by the report; but before the meeting nobody has.
    people = meeting.participants
    invited = [one for one in people if not begun or was_invited(one, letters.get(one.contact.id, Sent()))]
    if invited:
        names = labels([one.contact for one in invited])
        lines += ["", tally(invited)]
        # Those whom nothing reached are among those named, each at their place: sent again, nobody moves.
        named = sorted(invited, key=lambda one: one.contact.id not in lost)[:MOST_NAMED]
        lines += [f"· {names[one.contact.id]} : {_answer(one, lost)}" for one in invited if one in named]
        more = len(invited) - MOST_NAMED
        lines += [f"· et {french.count(more, 'autre')}"] if more > 0 else []
        lines += [TO_NOTE] if meeting.is_live and not begun and not all(p.answer for p in meeting.participants) else []
    return "\n".join(lines)


def tally(people: Sequence[Participant]) -> str:
    """Return « 3 invités : 1 présent, 2 sans réponse »."""
    counts = Counter(one.answer for one in people)
    words = {Answer.PRESENT: "présent", Answer.ABSENT: "absent"}
    parts = [french.count(counts[answer], word) for answer, word in words.items() if counts[answer]]
    parts += [f"{counts[Answer.MAYBE]} peut-être"] if counts[Answer.MAYBE] else []
    parts += [f"{counts[None]} {NOT_ANSWERED}"] if counts[None] else []
    return f"{french.count(len(people), 'invité')} : {', '.join(parts)}."


def invitation(meeting: Meeting, there: Territory) -> str:
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


def dates(meetings: Sequence[Meeting], there: Territory) -> str:
    """Return the title of the dates of a series still to come, as somebody invited sees them."""
    what = bold(f"{KINDS[meetings[0].kind]} · {place(there)}")
    return f"{what}\n{french.count(len(meetings), 'date')} à venir{zone(there)}. Touchez une date pour y répondre."


def answered_date(meeting: Meeting) -> str:
    """Return « mardi 16 février 2027, 14 h : présent »."""
    return f"{domain.full_day(meeting.day)}, {clock(meeting.hour)} : {_answer(meeting.participants[0])}"


def noted_for_all(answer: Answer, before: Sequence[Answer | None], moved: int) -> str:
    """Say for how many dates an answer was noted, what it replaced there, and how many others wait for their own."""
    if not before:
        return NONE_AS_ANNOUNCED
    replaced = Counter(one for one in before if one is not None and one is not answer)
    said = [f", dont {number} où vous aviez répondu {domain.ANSWERS[one]}" for one, number in replaced.items()]
    noted = f"C'est noté pour {french.count(len(before), 'date')}{''.join(said)} : {domain.ANSWERS[answer]}."
    return f"{noted} {french.count(moved, *ASKED_APART)}." if moved else noted


def noted(answer: Answer) -> str:
    """Say what was noted, and how to change it."""
    return f"C'est noté : {domain.ANSWERS[answer]}. Pour changer d'avis, touchez une autre réponse."


def participant(label: str, one: Participant) -> str:
    """Return the label of somebody invited, with their answer."""
    return f"{label} : {_answer(one)}"


def what_answer(one: Participant) -> str:
    """Ask what somebody invited answered."""
    return f"{one.contact.name} : {_answer(one)}.\nQuelle est la réponse ?"


def contradicting(meeting: Meeting, said: str) -> str:
    """Ask before what was said of a meeting is replaced by its contrary."""
    before, now = ("n'a pas eu lieu", "a eu lieu") if said == "yes" else ("a eu lieu", "n'a pas eu lieu")
    return f"{short_title(meeting)}\n\nIl a été noté que la réunion {before}. Noter plutôt qu'elle {now} ?"


def resend(label: str) -> str:
    """Return the label of the button that sends an invitation that did not arrive again."""
    return f"Renvoyer l'invitation à {label}"


def cancelling(meeting: Meeting, there: Territory) -> str:
    """Ask before a meeting is cancelled."""
    people = french.count(len(meeting.participants), "invité sera prévenu", "invités seront prévenus")
    series = "\nLes autres dates de la série restent." if meeting.series_id else ""
    what = bold(f"{KINDS[meeting.kind]} · {place(there)}")
    return f"{what}\nLe {when(meeting)}.\n\nAnnuler cette réunion ? {people} aussitôt.{series}"


def _answer(one: Participant, lost: Collection[int] = ()) -> str:
    said = domain.ANSWERS[one.answer] if one.answer else NOT_ANSWERED
    return f"{said}, {NOT_DELIVERED}" if one.contact.id in lost else said
