"""The French of the workbooks."""

from datetime import date

from models.base import french
from models.base.screens import bold
from models.campaigns.tables import Campaign
from models.workbook.imports.undoing import Undone

NO_ADDRESS = (
    "Un classeur qui contient des données personnelles passe par l'adresse de l'assistant, et elle n'est pas encore "
    "réglée (JALON_PUBLIC_URL). Demandez-la à qui installe Jalon."
)
EXPORT_COMMAND, IMPORT_COMMAND = "Exporter le classeur national", "Charger un classeur"
SEND = "Envoyer un classeur"
HOME, BACK = "Accueil", "Retour"
STOP, HOW_FAR = "Arrêter", "Où en est-on ?"
CHOOSE_SCOPE = "Exporter pour quel dispositif ?"
CHOOSE_CAMPAIGN = "Exporter quelle remontée ?"
NO_CAMPAIGN = "Aucune remontée n'a encore été ouverte."
WHOLE_COUNTRY = "Tout le pays"
CHECKING = "Vérification de ce qui peut partir…\nLe résultat arrive dans un message, dans un instant."
WRITING = "Export en préparation…\nLe lien pour le télécharger arrive dans un message."
LOADING = "Chargement du classeur…\nLe résultat arrive dans un message."
STOPPED = "Export arrêté."
DROPPED = "Classeur abandonné ; rien n'a été écrit."
RECEIVED = "Classeur reçu : vérification en cours…\nLe résultat arrive dans un message."
TOO_LARGE = "Ce fichier est trop gros pour passer par la conversation."
ASKED = "Demande envoyée au job coach."
ALREADY_ASKED = "Ce job coach a déjà reçu votre demande."
TOO_LATE = "Cette vérification date de plus d'une heure. Envoyez le classeur à nouveau."
ALREADY_STARTED = "C'est déjà demandé : le résultat arrive dans un message."
_STATES = {
    "waiting": "En attente d'un instant de libre.",
    "running": "En cours.",
    "failed": "Un essai a échoué, un autre va suivre.",
    "done": "Terminé : le résultat est dans un message.",
    "dead": "Arrêté après plusieurs essais. Un administrateur peut le relancer.",
    "cancelled": "Arrêté.",
}


def campaign(of: Campaign, today: date) -> str:
    """Return the label of a campaign's button."""
    return f"{french.day_and_year(of.date).capitalize()}{' (en cours)' if of.is_open(today) else ''}"


def how_far(state: str, done: int) -> str:
    """Return where an export stands."""
    counted = f" {french.count(done, 'ligne')} {french.agree(done, 'écrite')}." if done else ""
    return f"{_STATES[state]}{counted}"


def sending(link: str, digits: str) -> str:
    """Return where a workbook is to be sent, and the digits to type there."""
    return (
        f"{bold('Charger un classeur')}\nEnvoyez-le à cette adresse, et non dans la conversation : il contient des "
        f"données personnelles.\n{link}\n\nCe lien sert une fois, pendant 30 minutes. Les six chiffres à taper : "
        f"{bold(digits)}\n\nIl sera vérifié ; rien ne sera écrit sans votre accord."
    )


def question(day: date, ends: list[str]) -> str:
    """Return what a coach is asked before an export."""
    who = "cette personne" if len(ends) == 1 else f"ces {len(ends)} personnes"
    return (
        f"Votre coordination prépare l'export de la remontée du {french.day(day)} et attend {who} : "
        f"{' · '.join(ends)}.\nOuvrez la situation pour la vérifier."
    )


def undone(of: Undone) -> str:
    """Say how much of an import was taken back."""
    return (
        f"Import annulé : {french.count(of.removed, 'ligne')} {french.agree(of.removed, 'retirée')}, "
        f"{french.count(of.restored, 'ligne')} {french.agree(of.restored, 'remise')} comme avant."
    )
