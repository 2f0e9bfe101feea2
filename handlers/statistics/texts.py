"""The French of the figures."""

from collections.abc import Sequence
from datetime import date

from models.base import french
from models.base.screens import bold
from models.campaigns.tables import Campaign
from models.statistics.charts.texts import MASKED_BECAUSE, UNMASKED, figure, methods
from models.statistics.quarter.service import Quarter, Shift, Whose
from models.statistics.sheet import IndicatorTable, PublishedFigure, Value

HOME, BACK, MORE, NEXT = "Accueil", "Retour", "D'autres chiffres", "Suite"
FIGURES, MINE = "Les chiffres", "Votre trimestre"
COMMAND_FIGURES = "Les chiffres, en images"
REPORT = "La page du trimestre (PDF)"
INDICATORS = "Les indicateurs"
PREVIOUS, OLDER, NEWER = "Page précédente", "Remontées plus anciennes", "Remontées plus récentes"
OTHER_CAMPAIGN, ELSEWHERE, WIDER = "Autre remontée", "Ailleurs", "Plus large : {name}"
CHOOSE_CAMPAIGN = "Quelle remontée ?"
NO_CAMPAIGN = "Aucune remontée n'a encore été ouverte : il n'y a pas encore de chiffres."
NO_SCOPE = "Votre accès ne donne pas de chiffres à voir."
DRAWING = "« {label} » : la réponse vous est envoyée dans un message."
PRINTING = "La page du trimestre vous est envoyée dans un message."
ALREADY = "C'est déjà demandé : un message vous est envoyé."
ENTER, BEFORE, AFTER = "Saisir la suivante", "La remontée d'avant", "La remontée suivante"
OTHER_CHANGES = "Les autres changements"
FIRST_CAMPAIGN = "C'est la première remontée : il n'y a encore rien à comparer."
ALL_NEW = "Aucune des personnes saisies ne l'avait été avant : il n'y a encore rien à comparer."

MOST_ENDS = 20
"""How many codes a sentence names before it counts the others."""

MOST_SHIFTS = 12
"""How many changed answers a page of the quarter holds."""


def menu(where: str, day: date) -> str:
    """Return what the figures are about, and the question what to see."""
    when = french.day_and_year(day)
    return f"{bold('Les chiffres')} · {where}\nRemontée du {when}.\n\nQue voulez-vous voir ?"


def chart(label: str, day: date, shown: date) -> str:
    """Return the label of a chart, with its campaign where that is not the one that is said above."""
    return label if day == shown else f"{label} (au {french.day(day)})"


def narrower(where: str) -> str:
    """Return the question where to look within a place."""
    return f"{bold('Les chiffres')} · {where}\n\nDe quel endroit voulez-vous les chiffres ?"


def numbered(of: PublishedFigure) -> str:
    """Return the number and the name of an indicator."""
    return f"{of.number} · {of.title}"


def indicators(of: IndicatorTable, *, small: bool) -> str:
    """Return a page of indicators with their values; `small`: those of few persons are among them."""
    lines = [f"{numbered(one.indicator)} : {figure(one)}" for one in of.values.values()]
    return "\n".join([*_head(INDICATORS, of), "", *lines, *_kept(small=small)])


def indicator(of: IndicatorTable, value: Value, *, small: bool) -> str:
    """Return an indicator with its value and what it is published with, or the field that is missing for it."""
    about = value.indicator
    lines = [f"{bold('Valeur')} : {_of(value)}"]
    if value.masked:
        lines.append(MASKED_BECAUSE)
    elif value.note:
        lines.append(value.note)
    lines += [
        *methods(value),
        "",
        f"{bold('Définition')} : {about.definition}",
        f"{bold('Population')} : {about.population}.",
        f"{bold('Convention')} : {about.convention}",
    ]
    if about.computed:
        lines.append(f"{bold('Méthode')} : {about.computed} ({about.unit}).")
    return "\n".join([*_head(numbered(about), of), "", *lines, *_kept(small=small)])


def _head(title: str, of: IndicatorTable) -> list[str]:
    lines = [f"{bold(title)} · {of.scope.name}", f"Remontée du {french.day_and_year(of.campaign)}."]
    if of.validated_share is not None and of.validated_share < 100:
        lines.append(f"Provisoire : {of.validated_share} % des saisies sont validées.")
    return lines


def _of(value: Value) -> str:
    if value.value is None or not value.denominator:
        return figure(value)
    return f"{figure(value)}, sur {french.count(value.denominator, 'personne')}"


def _kept(*, small: bool) -> list[str]:
    return ["", UNMASKED] if small else []


def campaign(of: Campaign, today: date) -> str:
    """Return the label of a campaign's button."""
    return f"{french.day_and_year(of.date).capitalize()}{' (en cours)' if of.is_open(today) else ''}"


def quarter(of: Quarter, day: date, page: int = 0) -> str:
    """Return a job coach's own quarter: progress, what changed, contracts that ended; then the other changes alone."""
    title = f"{bold('Votre trimestre')} · remontée du {french.day_and_year(day)}"
    if not of.total:
        return f"{title}\n\nVous ne suivez encore personne à cette date."
    if page:
        return "\n".join((title, "", *_changed(of, page)))
    entered = french.agree(of.entered, "saisie", "saisies")
    validated = french.agree(of.validated, "validée", "validées")
    lines = [
        f"{of.entered} {french.agree(of.entered, 'personne')} sur {of.total} {entered}, {of.validated} {validated}."
    ]
    if of.compared:
        lines += ["", bold("Depuis la remontée d'avant"), *_changes(of)]
    elif of.entered:
        lines += ["", FIRST_CAMPAIGN if of.first else ALL_NEW]
    return "\n".join((title, "", *lines))


def _changes(of: Quarter) -> list[str]:
    counted = [
        _counted(of.contracts_ended, "contrat terminé", "contrats terminés"),
        _counted(of.contracts_begun, "contrat commencé", "contrats commencés"),
        _counted(of.left, "suivi terminé", "suivis terminés"),
    ]
    lines = [line for line in counted if line]
    if of.shifts:
        lines += ["", *_changed(of, 0)]
    return lines or ["Rien n'a changé pour les personnes saisies."]


def _changed(of: Quarter, page: int) -> list[str]:
    shifts = [_shift(one) for one in of.shifts[page * MOST_SHIFTS : (page + 1) * MOST_SHIFTS]]
    more = len(of.shifts) - (page + 1) * MOST_SHIFTS
    if more > 0:
        shifts.append(f"et {french.count(more, 'autre changement', 'autres changements')}.")
    return [bold("Ce qui a changé"), *shifts]


def _counted(ends: Sequence[Whose], one: str, many: str) -> str:
    if not ends:
        return ""
    named = " · ".join(f"…{whose.end}{_since(whose)}" for whose in ends[:MOST_ENDS])
    more = len(ends) - MOST_ENDS
    rest = f" et {french.count(more, 'autre')}" if more > 0 else ""
    return f"{french.count(len(ends), one, many)} : {named}{rest}"


def _shift(of: Shift) -> str:
    return f"…{of.whose.end} · {of.name} : {of.before} → {of.now}{_since(of.whose)}"


def _since(of: Whose) -> str:
    """Say since when, where that is not the campaign before."""
    return f" (depuis le {french.day_and_year(of.since)})" if of.since else ""
