"""The French of the review's screens. Codes and closed choices only; a coach is named by their e-mail address."""

from handlers.entry.texts import answers
from models.base import french
from models.base.clock import local_day
from models.base.screens import bold
from models.campaigns import texts as campaigns
from models.campaigns.tables import Campaign
from models.events.form import carried, question
from models.events.tables import EventState
from models.events.texts import ERRORS, WARNINGS
from models.review.entry import Reviewed
from models.review.service import Board
from models.review.texts import DOUBTS

VALIDATE = "Valider"
SEND_BACK = "Renvoyer…"
CORRECT = "Corriger moi-même"
UNLOCK = "Déverrouiller…"
SKIP = "Passer"
BACK = "Retour"
CANCEL = "Annuler"
WHO_IS_MISSING = "Qui manque ?"
BY_COACH = "Par job coach"
SEE = "Voir les saisies"
FIGURES = "Chiffres du dispositif"
OTHER_DISPOSITIF = "Un autre dispositif"
NOTHING_TO_LOOK = "Plus rien à regarder."
ALL_VALIDATED = "Tout est validé, merci."
LAST_TO_LOOK = "C'est la dernière saisie à regarder."
NO_DISPOSITIF = "Aucun dispositif ne vous est confié."
WHICH_DISPOSITIF = "De quel dispositif relire la remontée ?"
NOBODY = "Sans job coach"
SENT_UP = "Déjà remontée : elle se corrige à la main dans l'outil national."


def title(campaign: Campaign, dispositif: str) -> str:
    """Return « Remontée du 31 décembre 2026 · Dispositif ABC01 »."""
    return f"{campaigns.title(campaign)} · Dispositif {dispositif}"


def board(shown: Board) -> str:
    """Return where a dispositif stands, numbers before words."""
    missing = shown.number(None)
    entered = shown.number(*EventState)
    expected = entered + missing
    if not expected:
        return "Aucune personne n'est attendue pour cette remontée."
    validated = shown.number(EventState.VALIDATED, EventState.SENT_UP)
    sent_back = shown.number(EventState.SENT_BACK)
    first = (french.count(expected, "attendue"), french.count(entered, "saisie"), french.count(validated, "validée"))
    then = (
        f"{len(shown.plain)} sans remarque",
        f"{len(shown.to_look)} à regarder",
        french.count(sent_back, "renvoyée"),
        f"{missing} {french.agree(missing, 'manque', 'manquent')}",
    )
    if validated == expected:
        return f"{' · '.join(first)}\n{ALL_VALIDATED}"
    return f"{' · '.join(first)}\n{' · '.join(then)}"


def validate_plain(number: int) -> str:
    """Return « Valider les 8 sans remarque »."""
    return "Valider la saisie sans remarque" if number == 1 else f"Valider les {number} sans remarque"


def look_at(number: int) -> str:
    """Return « Regarder les 3 »."""
    return "Regarder la saisie signalée" if number == 1 else f"Regarder les {number}"


def validated(number: int, own: int) -> str:
    """Return « 8 saisies validées, dont 2 que vous aviez saisies. »."""
    mine = f", dont {own} que vous aviez {french.agree(own, 'saisie')}" if own else ""
    return f"{french.count(number, 'saisie')} {french.agree(number, 'validée')}{mine}."


def undone(number: int) -> str:
    """Return « Annulé pour 8 saisies. »."""
    return f"Annulé pour {french.count(number, 'saisie')}."


def coach(email: str | None, counts: dict[EventState | None, int], missing: list[str], named: int) -> str:
    """Return how far a coach's persons are, and the ends of the codes that are missing."""
    expected = sum(counts.values())
    entered = expected - counts.get(None, 0)
    done = counts.get(EventState.VALIDATED, 0) + counts.get(EventState.SENT_UP, 0)
    text = (
        f"{bold(email or NOBODY)} : {french.count(entered, 'saisie')} sur {expected} · {french.count(done, 'validée')}"
    )
    if sent_back := counts.get(EventState.SENT_BACK, 0):
        text += f" · {french.count(sent_back, 'renvoyée')}"
    if missing:
        ends = " · ".join(f"…{reference[-4:]}" for reference in missing[:named])
        more = f" et {french.count(len(missing) - named, 'autre')}" if len(missing) > named else ""
        text += f"\n{french.agree(len(missing), 'Manque', 'Manquent')} : {ends}{more}"
    return text


def entry(shown: Reviewed, actor: int | None) -> str:
    """Return an entry's card: the person's code, old answers beside new, what asks for a look, where it stands."""
    code = f"{shown.reference[: -len(shown.end)]}{bold(shown.end)}"
    since = f" · entrée en {french.month(shown.entry_date)}" if shown.entry_date else ""
    parts = [f"{code}\nStructure {shown.structure}{since}", _answers(shown), *_remarks(shown), _standing(shown, actor)]
    return "\n\n".join(part for part in parts if part)


def _answers(shown: Reviewed) -> str:
    heading = f"Au {french.day(shown.day)} :"
    if shown.past:
        heading = f"Du {french.day(shown.past.day)} au {french.day(shown.day)} :"
    before = carried(shown.past.answers) if shown.past else None
    text = f"{heading}\n{answers(shown.answers, before)}"
    if shown.exit_date is not None:
        text += f"\nDate de sortie : {french.day_and_year(shown.exit_date)}"
    return text


def _remarks(shown: Reviewed) -> list[str]:
    remarks = [f"À corriger avant de valider : {ERRORS[rule.number]}." for rule in shown.errors]
    raised = dict.fromkeys([*(rule.number for rule in shown.warnings), *shown.confirmations])
    for number in raised:
        if number not in WARNINGS:
            continue
        support = question("niveau_soutien").choice(shown.answers.niveau_soutien).short
        sentence = WARNINGS[number].sentence.format(soutien=support)
        remarks.append(f"À regarder : {sentence}\nMotif donné : {_reason(number, shown.confirmations.get(number))}.")
    return [*remarks, *_asked(shown)]


def _reason(number: str, code: str | None) -> str:
    label = next((reason.label for reason in WARNINGS[number].reasons if reason.code == code), "aucun")
    return label.removeprefix("Oui, ")


def _asked(shown: Reviewed) -> list[str]:
    asked = shown.question
    if asked is None:
        return []
    form = question(asked.field)
    was, now = form.choice(asked.answer).short, form.choice(shown.answers.codes()[asked.field]).short
    what = f"{form.spoken} ({DOUBTS[asked.reason]})"
    if shown.state == EventState.SENT_BACK:
        return [f"Renvoyée : vérifier {what}."]
    reply = f"{now}, confirmé" if was == now else f"{was} → {bold(now)}"
    return [f"Il a été demandé de vérifier {what}.\nRéponse : {reply}."]


def _standing(shown: Reviewed, actor: int | None) -> str:
    if shown.state == EventState.SENT_UP:
        return SENT_UP
    if shown.state == EventState.VALIDATED:
        return _validated(shown, actor)
    if shown.is_by(actor):
        return "Saisie par vous : si vous la validez, ce sera noté."
    return f"Saisie par {shown.author_email}." if shown.author_email else ""


def _validated(shown: Reviewed, actor: int | None) -> str:
    if shown.last is None:
        return "Validée."
    mine = shown.last.account_id == actor
    by = "vous" if mine else shown.last.email
    text = f"Validée le {french.day(local_day(shown.last.at))}" + (f" par {by}" if by else "")
    if not shown.is_by(shown.last.account_id):
        return f"{text}."
    return text + (", que vous aviez saisie." if mine else ", qui l'avait saisie.")
