"""The six figures as they are asked: declared once, for the question, its definition, its reading and its line."""

import re
from dataclasses import dataclass

from models.reference.nomenclature import DISPOSITIFS, Indicator

LARGEST = 100_000
"""No dispositif comes near: a larger number is a slip of the finger."""

_WRITTEN = re.compile(r"\d{1,6}([.,]\d{1,2})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")


class NotANumber(Exception):
    """What was written is no number that this figure can take."""


@dataclass(frozen=True)
class Figure:
    """One figure: its field, short name, question and definition (annexe 2), and whether it counts whole things."""

    field: str
    name: str
    prompt: str
    definition: str
    whole: bool = True

    @property
    def indicator(self) -> Indicator:
        """The indicator of the national workbook."""
        return DISPOSITIFS.indicator(f"disp_{self.field}")

    def read(self, text: str) -> float:
        """Return the number written, with a comma or a point; raises `NotANumber` (E13)."""
        written = _SPACES.sub("", text)
        if _WRITTEN.fullmatch(written) is None:
            raise NotANumber
        number = float(written.replace(",", "."))
        if number > LARGEST or (self.whole and not number.is_integer()):
            raise NotANumber
        return number


def shown(number: float | None) -> str:
    """Return a number as the French write it: « 60 », « 5,5 »; a dash for none."""
    return "—" if number is None else f"{number:g}".replace(".", ",")


FIGURES = (
    Figure(
        "capacite",
        "Capacité",
        "Combien de places sont contractualisées avec l'ARS ?",
        "Les places de l'ARS seulement, sans celles d'autres financeurs.",
    ),
    Figure(
        "etp_total",
        "ETP",
        "Combien d'équivalents temps plein travaillent dans le dispositif ?",
        "Les ETP effectifs, non prévisionnels : coordination, administration, sous-traitants et cotraitants compris.",
        whole=False,
    ),
    Figure(
        "etp_hors_admin",
        "ETP hors administratifs",
        "Combien d'équivalents temps plein accompagnent les personnes ?",
        "Les ETP effectifs des quatre modules, sous-traitance comprise, sans le personnel administratif.",
        whole=False,
    ),
    Figure(
        "professionnels_hors_admin",
        "Professionnels",
        "Combien de professionnels accompagnent les personnes ?",
        "Des personnes et non des ETP, sans le personnel administratif.",
    ),
    Figure(
        "liste_attente",
        "Liste d'attente",
        "Combien de personnes sont en liste d'attente ?",
        "À la date où vous répondez.",
    ),
    Figure(
        "sans_suite",
        "Sans suite",
        "Combien de prescriptions ou de notifications sont restées sans suite ?",
        "Depuis le 1er janvier de l'année, sur décision du dispositif ou de la personne.",
    ),
)
