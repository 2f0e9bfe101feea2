"""What the rules of the figures say in French, and the reasons by which a warning may be confirmed."""

from models.events.texts import Caution, Reason

ERRORS = {
    "E18": "Les ETP hors administratifs dépassent le total des ETP du dispositif : l'un des deux est à corriger.",
}

WARNINGS = {
    "W12": Caution(
        "Le nombre de « sans suite » se compte depuis le 1er janvier : il ne baisse pas en cours d'année, et repart de "
        "zéro en janvier.",
        "Est-ce bien le nombre voulu ?",
        (Reason("rectification", "Oui, c'est une rectification"), Reason("debut_annee", "Oui, c'est l'année en cours")),
    ),
    "W13": Caution(
        "Il y a moins de professionnels que d'ETP hors administratifs.",
        "Un professionnel compte pour un ETP au plus.",
        (Reason("heures_supplementaires", "Oui, au-delà du temps plein"), Reason("verifie", "Oui, c'est vérifié")),
    ),
    "W14": Caution(
        "Plus de personnes suivies que de places.",
        "C'est possible : la capacité ne compte que les places de l'ARS.",
        (
            Reason("autres_financeurs", "Oui, d'autres financeurs"),
            Reason("depassement", "Oui, nous dépassons la capacité"),
        ),
    ),
}
