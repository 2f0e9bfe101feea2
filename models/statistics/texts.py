"""What Jalon says in French about figures."""

from collections.abc import Sequence
from itertools import pairwise

COUNTRY = "France entière"
CASELOAD = "Les personnes que vous suivez"
UNKNOWN_SCOPE = "Ce périmètre n’existe pas, ou n’est pas le vôtre."
UNKNOWN_CAMPAIGN = "Aucune campagne au {date}."
DISPOSITIF = "Dispositif {reference}"
STRUCTURE = "{name}, dispositif {reference}"
NOBODY = "Sans job coach"

MASKED = "Masqué : secret statistique, moins de {threshold} personnes."
MISSING = "La V1 n’a pas ce champ : {field}."
NO_CAMPAIGN = "Il manque la campagne du {date}."
NO_DENOMINATOR = "Personne n’est compté au dénominateur."
NO_SPREAD = "Une seule ancienneté : aucune pente."
METHODS = {"A": "Méthode A, moindres carrés ordinaires", "B": "Méthode B, classes d’années révolues"}
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
    "status": "Statut à la date",
    "niveau": "Niveau de soutien",
    "emploi_date": "Emploi à la date",
    "emploi_mois": "Emploi dans le dernier mois",
    "formation_date": "Formation à la date",
    "orientation": "Orientation",
    "age": "Tranche d’âge",
    "sex": "Sexe",
    "disability": "Nature du handicap principal",
}
SEXES = ("Femmes", "Hommes")


def age_bands(ages: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of the bands that begin at these ages, after the first."""
    middle = (f"De {low} à {high - 1} ans" for low, high in pairwise(ages))
    return (f"Moins de {ages[0]} ans", *middle, f"{ages[-1]} ans et plus")
