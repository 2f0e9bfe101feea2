"""The French of the entry. Codes and closed choices only: no name, no date of birth, no disability."""

from collections.abc import Sequence

from models.base import french
from models.base.screens import bold
from models.entry.card import Card
from models.entry.carry_over import AttentionReason
from models.events.form import QUESTIONS, Answers, Question
from models.events.tables import EventState
from models.reference.nomenclature import Statut

MANY = 40
"""How many codes a sentence names before it counts the others: a preview of ten sentences fits in one message."""

NEXT = "Saisir la suivante"
SAME = "Rien n'a changé"
LIST = "Voir la liste"
SAVE = "Enregistrer"
BACK = "Retour"
CANCEL = "Annuler"
SKIP = "Passer"
LAST_MONTH = "Dernier mois"
HOME = "Accueil"
VERIFY = "Vérifier ce qui est demandé"

LOOKS = {
    AttentionReason.NO_HISTORY: "sans historique",
    AttentionReason.RETURNING: "suivi terminé auparavant",
    AttentionReason.STARTED: "saisie commencée",
    AttentionReason.MISSED: "rien à la dernière remontée",
    AttentionReason.VEILLE_TOTALE: "veille totale",
    AttentionReason.LONG_CDD: "CDD depuis trois trimestres",
    AttentionReason.REPEATED_PMSMP: "déjà en PMSMP à la dernière remontée",
    AttentionReason.RULE: "réponses à confirmer",
}

CORRECT_EXIT = "Corriger la date de sortie"
ERASE_EXIT = "Effacer la date de sortie"

STATES = {
    EventState.ENTERED: "Saisie enregistrée",
    EventState.SENT_BACK: "À vérifier, à la demande de votre coordination",
    EventState.VALIDATED: "Validée par votre coordination : elle ne se modifie plus ici",
    EventState.SENT_UP: "Déjà remontée : elle ne se modifie plus ici",
}


def end(card: Card) -> str:
    """Return « …4217 », by which a person is spoken of."""
    return f"…{card.end}"


def ends(cards: Sequence[Card]) -> str:
    """Return « …4217 · …4218 », counting those that would make the message too long."""
    named = " · ".join(end(card) for card in cards[:MANY])
    more = len(cards) - MANY
    return named if more <= 0 else f"{named} et {french.count(more, 'autre')}"


def progress(done: int, total: int) -> str:
    """Return how far the caseload is."""
    if total == 0:
        return "Aucune personne ne vous est attribuée pour cette remontée. Voyez avec votre coordination."
    if done == total:
        return f"{french.count(total, 'personne')} sur {total} {french.agree(total, 'saisie')}. Tout est fait, merci."
    left = total - done
    return f"{french.count(done, 'personne')} sur {total} {french.agree(done, 'saisie')}. Il en reste {left}."


def sent_back(number: int) -> str:
    """Say how many answers are to be looked at again."""
    return f"{french.count(number, 'personne')} à vérifier, à la demande de votre coordination."


def same_for(number: int) -> str:
    """Return « Rien n'a changé pour 4 personnes »."""
    return f"{SAME} pour {french.count(number, 'personne')}"


def heading(card: Card) -> str:
    """Return the first lines of a card: where one is, whom it is about, what helps to recognise them."""
    code = f"{card.reference[: -len(card.end)]}{bold(card.end)}"
    since = f" · entrée en {french.month(card.entry_date)}" if card.entry_date else ""
    return f"Personne {card.place} sur {card.total} · {code}\nStructure {card.structure}{since}"


def answers(given: Answers, before: Answers | None = None) -> str:
    """Return the lines of a card; where `before` said otherwise, « CDD → CDI »."""
    former = {asked.field: choice for asked, choice in before.shown()} if before else {}
    lines: dict[str, str] = {}
    for asked, choice in given.shown():
        earlier = former.get(asked.field, choice)
        short = choice.short if earlier == choice else f"{earlier.short} → {bold(choice.short)}"
        if asked.month_of is None:
            lines[asked.field] = f"{asked.name} : {short}"
        else:
            lines[asked.month_of] += f" · dans le dernier mois : {short}"
    return "\n".join(lines.values())


def month_follows(card: Card) -> str:
    """Say what the last month was taken from, where the date changed and the month was not answered."""
    if card.draft is None or not card.past or card.event is not None:
        return ""
    given = card.draft.answers
    if not any(asked.month_of in given and asked.field not in given for asked in QUESTIONS):
        return ""
    return f"Le dernier mois est repris de votre réponse au {french.day(card.past[0].day)}."


def exit_date(card: Card) -> str:
    """Say what the entry does to the exit date; nothing where it has none to do with it."""
    if card.resulting_exit is not None:
        return f"Date de sortie : {french.day_and_year(card.resulting_exit)}"
    if card.exit_date is not None:
        return "Date de sortie : effacée"
    left = card.codes.get("statut") == Statut.TERMINE
    return "Date de sortie : non connue" if left else ""


def question_title(card: Card, asked: Question) -> str:
    """Return « …0533 · Question 2 sur 6 »."""
    return f"{bold(end(card))} · Question {asked.number} sur {len(QUESTIONS)}"


def state(card: Card) -> str:
    """Say whether the entry still may be corrected."""
    assert card.event is not None
    return STATES[card.event.state]
