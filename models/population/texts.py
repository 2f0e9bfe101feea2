"""What Jalon says in French about a synthetic population."""

from enum import StrEnum

from models.base.refusals import sentences_of


class PopulationRefusal(StrEnum):
    """Why nothing is planted."""

    NOT_EMPTY = "not_empty"


REFUSALS = sentences_of(PopulationRefusal, {PopulationRefusal.NOT_EMPTY: "La base n’est pas vide : rien n’est ajouté."})
