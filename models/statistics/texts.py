"""What Jalon says in French about figures."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from models.base.refusals import sentences_of

COUNTRY = "France entière"
CASELOAD = "Les personnes que vous suivez"
DISPOSITIF = "Dispositif {reference}"
STRUCTURE = "{name}, dispositif {reference}"
NOBODY = "Sans job coach"

MASKED = "Masqué : secret statistique, moins de {threshold} personnes."
MISSING = "La V1 n’a pas ce champ : {field}."
NO_CAMPAIGN = "Il manque la campagne du {date}."
NO_DENOMINATOR = "Personne n’est compté au dénominateur."
NO_SPREAD = "Une seule ancienneté : aucune pente."
METHODS = {"A": "Méthode A, moindres carrés ordinaires", "B": "Méthode B, classes d’années révolues"}
BY_EVENTS = "évènements seuls"
METHOD = "{name} : {value}"
HEAD = "{scope}, campagne du {date}"
VALIDATED = "{share} % des évènements sont validés."
OUT_OF = ", sur {denominator}"
NO_VALUE = "sans valeur"
MASKED_VALUE = "masqué"
COMPLETENESS = "Avancement de la remontée"
PER = {"dispositif": "Par dispositif", "structure": "Par structure", "coach": "Par job coach"}
INVARIABLE = frozenset({"à temps", "en retard"})
LOADED = ", {count} d’un classeur après la clôture"
CAPACITY_HEAD = "Capacité et demandes"
CONFIRMED = "chiffres confirmés : {confirmed} sur {dispositifs}"
CAPACITY = ("Places", "Personnes suivies", "Liste d’attente", "Sans suite")
USE = "Occupation"
DISTRIBUTION = "{title} (total : {total})"
SINGULAR_UNITS = {
    "personnes": "personne",
    "points": "point",
    "points par année d’ancienneté": "point par année d’ancienneté",
    "remontées par an": "remontée par an",
}

POPULATION = "Personnes suivies avec au moins 2 h d’accompagnement dans le mois (F01)"
POPULATIONS = {
    "status": "Personnes qui ont un évènement à la date",
    "orientation": "Personnes suivies avec au moins 2 h d’accompagnement dans le mois (F01), d’orientation renseignée",
}
TITLES = {
    "orientation": "Orientation",
    "age": "Tranche d’âge",
    "sex": "Sexe",
    "disability": "Nature du handicap principal",
}
SEXES = ("Femmes", "Hommes")
WRITTEN_SEXES = {"femme": 0, "f": 0, "féminin": 0, "homme": 1, "h": 1, "m": 1, "masculin": 1}
"""What the free cell « Sexe » says, in lower case, by the places of these labels."""


class StatisticsRefusal(StrEnum):
    """Why figures are refused."""

    UNKNOWN_SCOPE = "unknown_scope"
    UNKNOWN_CAMPAIGN = "unknown_campaign"
    UNKNOWN_CHART = "unknown_chart"
    CAPACITY_OF_DISPOSITIFS = "capacity_of_dispositifs"
    REPORT_OF_DISPOSITIFS = "report_of_dispositifs"


REFUSALS = sentences_of(
    StatisticsRefusal,
    {
        StatisticsRefusal.UNKNOWN_SCOPE: "Ce périmètre n’existe pas, ou n’est pas le vôtre.",
        StatisticsRefusal.UNKNOWN_CAMPAIGN: "Aucune campagne au {day:%d/%m/%Y}.",
        StatisticsRefusal.UNKNOWN_CHART: "Il n’y a pas d’image « {name} ». Les images : {names}.",
        StatisticsRefusal.CAPACITY_OF_DISPOSITIFS: (
            "La capacité et la liste d'attente sont celles de dispositifs entiers : "
            "une partie d'un dispositif n'en a pas."
        ),
        StatisticsRefusal.REPORT_OF_DISPOSITIFS: (
            "La page du trimestre existe pour un dispositif, un département, une région ou la France entière."
        ),
    },
)


def age_bands(ages: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of the bands that begin at these ages, after the first."""
    middle = (f"De {low} à {high - 1} ans" for low, high in pairwise(ages))
    return (f"Moins de {ages[0]} ans", *middle, f"{ages[-1]} ans et plus")
