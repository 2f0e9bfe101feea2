"""The French of the figures."""

from collections.abc import Sequence
from datetime import date

from models import french
from models.campaigns.tables import Campaign
from models.screens import bold
from models.statistics.quarter import Quarter, Shift

HOME, BACK, MORE, NEXT = "Accueil", "Retour", "D'autres chiffres", "Suite"
FIGURES, MINE = "Les chiffres", "Votre trimestre"
REPORT = "La page du trimestre (PDF)"
OTHER_CAMPAIGN, ELSEWHERE, WIDER = "Autre remontée", "Ailleurs", "Plus large : {name}"
CHOOSE_CAMPAIGN = "Quelle remontée ?"
NO_CAMPAIGN = "Aucune remontée n'a encore été ouverte : il n'y a pas encore de chiffres."
NO_SCOPE = "Votre accès ne donne pas de chiffres à voir."
DRAWING = "Image en préparation : elle arrive dans un message, dans un instant."
PRINTING = "Page en préparation : elle arrive dans un message, dans un instant."
ALREADY = "C'est déjà demandé : l'image arrive dans un message."
ENTER, BEFORE = "Saisir la suivante", "La remontée d'avant"

MOST_ENDS = 20
"""How many codes a sentence names before it counts the others."""

MOST_SHIFTS = 12


def menu(where: str, day: date) -> str:
    """Return what the figures are about, and the question what to see."""
    when = french.day_and_year(day)
    return f"{bold('Les chiffres')} · {where}\nRemontée du {when}.\n\nQue voulez-vous voir ?"


def narrower(where: str) -> str:
    """Return the question where to look within a place."""
    return f"{bold('Les chiffres')} · {where}\n\nDe quel endroit voulez-vous les chiffres ?"


def campaign(of: Campaign, today: date) -> str:
    """Return the label of a campaign's button."""
    return f"{french.day_and_year(of.date).capitalize()}{' (en cours)' if of.is_open(today) else ''}"


def quarter(of: Quarter, day: date) -> str:
    """Return a job coach's own quarter: progress, what changed, contracts that ended."""
    title = f"{bold('Votre trimestre')} · remontée du {french.day_and_year(day)}"
    if not of.total:
        return f"{title}\n\nVous ne suivez encore personne à cette date."
    entered = french.agree(of.entered, "saisie", "saisies")
    validated = french.agree(of.validated, "validée", "validées")
    lines = [
        f"{of.entered} {french.agree(of.entered, 'personne')} sur {of.total} {entered}, {of.validated} {validated}."
    ]
    if of.entered:
        lines += ["", bold("Depuis la remontée d'avant"), *_changes(of)]
    return "\n".join((title, "", *lines))


def _changes(of: Quarter) -> list[str]:
    counted = [
        _counted(of.contracts_ended, "contrat terminé", "contrats terminés"),
        _counted(of.contracts_begun, "contrat commencé", "contrats commencés"),
        _counted(of.left, "suivi terminé", "suivis terminés"),
    ]
    shifts = [_shift(one) for one in of.shifts[:MOST_SHIFTS]]
    more = len(of.shifts) - len(shifts)
    if more > 0:
        shifts.append(f"et {french.count(more, 'autre changement', 'autres changements')}.")
    lines = [line for line in counted if line]
    if shifts:
        lines += ["", bold("Ce qui a changé"), *shifts]
    return lines or ["Rien n'a changé pour les personnes saisies."]


def _counted(ends: Sequence[str], one: str, many: str) -> str:
    if not ends:
        return ""
    named = " · ".join(f"…{end}" for end in ends[:MOST_ENDS])
    more = len(ends) - MOST_ENDS
    rest = f" et {french.count(more, 'autre')}" if more > 0 else ""
    return f"{french.count(len(ends), one, many)} : {named}{rest}"


def _shift(of: Shift) -> str:
    return f"…{of.end} · {of.name} : {of.before} → {of.now}"
