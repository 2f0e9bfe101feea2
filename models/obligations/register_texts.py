"""The register's columns: label, width, number format."""

TITLE = "Registre"
DAY = "dd/mm/yyyy"

COLUMNS = (
    ("Période", 18, None),
    ("Territoire", 24, None),
    ("Périmètre", 18, None),
    ("Réunion", 32, None),
    ("Obligation", 11, None),
    ("État de l'obligation", 26, None),
    ("Date", 12, DAY),
    ("Heure", 10, None),
    ("État de la réunion", 28, None),
    ("Organismes invités", 40, None),
    ("Convocation envoyée le", 22, DAY),
    ("Présents annoncés", 18, None),
    ("Absents annoncés", 18, None),
    ("Peut-être", 12, None),
    ("Compte rendu signé le", 22, DAY),
    ("Signé par", 24, None),
    ("Additifs du", 24, None),
)
