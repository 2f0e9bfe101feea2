"""The French of the dispositif's figures."""

from collections.abc import Mapping

from models.base import french
from models.figures.form import FIGURES, Figure, shown
from models.figures.repository import CurrentValues

TITLE = "Les chiffres de votre dispositif"
SAVE = "Enregistrer"
SAME = "Rien n'a changé"
BACK = "Retour"
HOME = "Accueil"
DROP = "Annuler les modifications"
WHOLE = "Écrivez un nombre entier, par exemple 12."
DECIMAL = "Écrivez un nombre, par exemple 12 ou 5,5."
NONE_TO_KEEP = "Vous ne répondez des chiffres d'aucun dispositif."
CHOOSE = "Les chiffres de quel dispositif ?"
RECORDED = "Chiffres enregistrés."


def title(held: CurrentValues) -> str:
    """Return the first line of every screen of the figures."""
    return f"Chiffres du dispositif {held.reference} · remontée du {french.day_and_year(held.campaign_day)}"


def state(held: CurrentValues) -> str:
    """Return whether the figures were recorded for the campaign."""
    if held.recorded_at is None:
        return "À confirmer pour cette remontée."
    return f"Enregistrés le {french.day(held.recorded_at.date())}."


def line(figure: Figure, held: CurrentValues, values: Mapping[str, float]) -> str:
    """Return a figure's line: what is known, and what it becomes."""
    known = shown(held.latest[figure.field])
    if figure.field in values and shown(values[figure.field]) != known:
        return f"{figure.name} : {known} → {shown(values[figure.field])}"
    return f"{figure.name} : {known}"


def lines(held: CurrentValues, values: Mapping[str, float]) -> str:
    """Return the six lines of the card."""
    return "\n".join(line(figure, held, values) for figure in FIGURES)


def answer(figure: Figure) -> str:
    """Return the button that asks for a figure that is missing."""
    return f"Répondre : {figure.name}"


def expected(figure: Figure) -> str:
    """Return what may be written for a figure."""
    return WHOLE if figure.whole else DECIMAL
