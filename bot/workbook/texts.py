"""The French of the pages where workbooks are fetched and sent."""

from models.base import french

FILE_NAME = "jalon.xlsx"
FETCH, SEND = "Télécharger le classeur", "Envoyer le classeur"
FETCH_LEAD = "Votre classeur est prêt. Il contient des données personnelles : enregistrez-le en lieu sûr."
SEND_LEAD = (
    "Choisissez votre classeur (.xlsx). Il sera vérifié ; rien ne sera écrit sans votre accord, dans la conversation."
)
NO_FILE = "Il manque le classeur ou les six chiffres."

GONE = (
    "<h1>Ce lien ne sert plus</h1><p>Un lien sert une seule fois, pendant 30 minutes. "
    "Retournez dans la conversation avec Jalon pour en demander un autre.</p>"
)
UNAVAILABLE = "<h1>Jalon ne répond pas pour l’instant</h1><p>Rien n’est perdu : réessayez dans une minute.</p>"
TOO_LARGE = (
    "<h1>Ce fichier est trop gros</h1><p>Un classeur fait moins de 50 Mo. Vérifiez que c’est le bon fichier.</p>"
)
RECEIVED = (
    "<h1>Classeur reçu</h1><p>Il est en cours de vérification. "
    "Retournez dans la conversation avec Jalon : le résultat vous y attend.</p>"
)

FILE_FIELD = """
<label for="workbook">Le classeur</label>
<input id="workbook" name="workbook" type="file" required
 accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet">"""

FORM = """<h1>Jalon</h1>
<p>{lead}</p>{problem}
<form method="post"{encoding}>
<label for="digits">Les six chiffres affichés dans la conversation</label>
<input id="digits" name="digits" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]*" maxlength="7"
 required autofocus>{file}
<button type="submit">{submit}</button>
</form>"""

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Jalon</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 0 auto; padding: 1.5rem;
 color: #1c1c1c; background: #fff; }
h1 { font-size: 1.5rem; }
label { display: block; margin: 1.25rem 0 .25rem; font-weight: 600; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem;
 border: 2px solid #555; border-radius: .4rem; }
#digits { letter-spacing: .3em; }
button { font: inherit; font-weight: 600; width: 100%; margin-top: 1.5rem; padding: .9rem; border: 0;
 border-radius: .4rem; color: #fff; background: #14508c; }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
[role=alert] { border-left: 4px solid #a3000b; padding-left: .75rem; }
</style></head><body><main>
{body}
</main></body></html>"""


def wrong(left: int) -> str:
    """Return what wrong digits are answered with."""
    return f"Ce ne sont pas les bons chiffres. Il vous reste {french.count(left, 'essai')}."
