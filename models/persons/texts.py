"""What the rules of a person say in French."""

ERRORS = {
    "E03": "la référence doit compter exactement 14 caractères",
    "E04": "cette référence est déjà prise",
    "E09": "la structure n'est pas rattachée au dispositif de la personne",
    "E14": "les dates de naissance, d'entrée et de sortie ne se suivent pas",
    "E16": "la personne avait moins de 16 ans à l'entrée",
}

WARNINGS = {
    "W10": "handicap associé égal au principal, ou rempli sans principal",
    "W11": "durée sans emploi plus longue que les mois écoulés depuis les 16 ans",
    "W18": "orientation par le SPE avec une entrée antérieure à la loi du 30 juillet 2020",
    "W22": "champ vide, nécessaire aux statistiques",
}
