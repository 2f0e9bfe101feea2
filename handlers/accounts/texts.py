"""The French of coming in, of help and of what Jalon does with the data."""

from collections.abc import Sequence

from models.accounts.permissions import Grant
from models.accounts.texts import ROLES
from models.base.screens import bold
from models.reference.scopes import Scope

INVITED_ONLY = (
    f"{bold('Jalon')} s'ouvre sur invitation.\n\n"
    "Demandez un lien à la coordination de votre dispositif, puis ouvrez-le depuis ce téléphone."
)
REVOKED = "Votre accès à Jalon a été retiré. Adressez-vous à la coordination de votre dispositif."

WELCOME = f"{bold('Bienvenue dans Jalon')}, l'assistant de terrain de l'emploi accompagné."

NOTHING_ASKED = "Rien ne vous est demandé pour l'instant."

HELP_ENTRY = (
    f"{bold('La remontée du trimestre')}\n"
    "/saisir ouvre la remontée. Si rien n'a changé pour une personne, un seul appui suffit ; sinon touchez la ligne "
    "qui a changé, choisissez, puis « Enregistrer ».\n"
    "« Annuler » défait la dernière saisie. Une saisie se corrige tant qu'elle n'est pas validée.\n"
    "Vous pouvez vous arrêter à tout moment : Jalon reprend où vous en étiez.\n"
    "Au lieu de toucher un bouton, vous pouvez écrire son libellé.\n\n"
    "/personnes : la liste de vos personnes\n"
    "/trimestre : où vous en êtes, ce qui a changé, les contrats terminés\n"
    "/annuler : abandonner la saisie en cours"
)
HELP_REVIEW = (
    f"{bold('La relecture')}\n"
    "/valider montre où en est votre dispositif. Regardez d'abord les saisies signalées, puis validez d'un appui "
    "celles qui n'appellent pas de remarque. « Renvoyer… » prévient aussitôt le job coach. Une saisie validée est "
    "verrouillée.\n"
    "/chiffres : les chiffres du dispositif, à chaque remontée\n"
    "/personnes : les fiches ; confier une personne, noter une sortie, en ajouter une"
)
HELP_EXCHANGE = (
    f"{bold('Les classeurs')}\n"
    "/export : le classeur national de ce qui est validé\n"
    "/import : charger un classeur ; rien n'est écrit sans votre accord"
)
HELP_REMINDERS = "/rappels : votre prochain rappel, le reporter, choisir l'heure, indiquer une absence"
HELP_FORECAST = "/rappels donne aussi la prévision de votre dispositif, et dit qui a reporté ses rappels"
HELP_ANNOUNCE = (
    "/annonce : écrire à un rôle, dans un périmètre\n/rappels apercu : ce qui partirait maintenant, à qui et pourquoi"
)
HELP_MEETINGS = (
    f"{bold('Les réunions')}\n"
    "/point : planifier, déplacer, annuler ; les réponses, le compte rendu, le carnet d'adresses"
)
HELP_OBLIGATIONS = "/obligations : les réunions obligatoires, tenues ou non, et leur registre"
HELP_INVITED = "Invité à une réunion, vous la retrouvez par « Mes invitations à venir », à l'accueil (/start)"
HELP_FIGURES = "/stats : les chiffres, en images et en une page à imprimer"
HELP_JOBS = "/taches : les travaux et les messages de Jalon"
HELP_ALL = (
    "/aide : cette page\n"
    "/confidentialite : ce que Jalon fait des données\n\n"
    "N'écrivez jamais ici de nom ni d'information sur une personne : seuls les codes et les choix proposés."
)
PRIVACY_TITLE = "Confidentialité"
PRIVACY = (
    f"{bold(PRIVACY_TITLE)}\n"
    "Cette conversation ne contient que des codes et des choix de listes fermées : ni nom, ni date de naissance, ni "
    "handicap. Ce que vous écrivez est comparé aux libellés des boutons, puis oublié par Jalon (sauf le "
    "texte d'une annonce de l'administration, le lieu d'une réunion et l'adresse d'un contact) ; Telegram, lui, garde "
    "la conversation.\n\n"
    "Jalon garde votre adresse e-mail, votre identifiant Telegram, vos rôles, ce que vous souhaitez de vos rappels "
    "(heure, report, absence), et l'historique de vos saisies : qui, "
    "quand, avant, après. La date de naissance, le sexe et le handicap des personnes sont chiffrés et n'apparaissent "
    "jamais ici.\n\n"
    "Votre accès peut être retiré à tout moment par la coordination de votre dispositif, à qui vous pouvez aussi "
    "demander accès, rectification ou effacement."
)
PRIVACY_SAID = "Ce que Jalon fait des données"
OPEN, HOW = "Ouvrir Jalon", "Comment faire"
FIGURES, HELP, HOME = "Les chiffres", "Aide", "Accueil"
ENTER = "Saisir la remontée"
TO_BEGIN = f"Touchez « {ENTER} » pour commencer."
NO_CAMPAIGN = "Aucune remontée n'est ouverte en ce moment. Il n'y a rien à saisir."


def roles(grants: Sequence[Grant]) -> str:
    """Return what somebody has access to."""
    lines = [f"{ROLES[grant.role]}, {Scope.parse(grant.scope).called}" for grant in grants]
    return "Votre accès : " + " ; ".join(lines) + "."
