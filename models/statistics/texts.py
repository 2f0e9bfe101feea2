"""What Jalon says in French about figures."""

COUNTRY = "France entière"
CASELOAD = "Les personnes que vous suivez"
UNKNOWN_SCOPE = "Ce périmètre n’existe pas, ou n’est pas le vôtre."
UNKNOWN_CAMPAIGN = "Aucune campagne au {date}."
