"""What the conversation itself says in French, whatever the feature."""

from handlers.feature import Written

_NOT_UNDERSTOOD = "Je n'ai pas compris. Touchez un bouton, ou écrivez {what}."
_WHAT = {
    Written.DAY: "un jour, par exemple « 15/06/2026 »",
    Written.COMING_DAY: "un jour, par exemple « 15/06 »",
    Written.NUMBER: "un nombre",
    Written.CODE: "le code d'un département ou d'un dispositif",
}
NOT_UNDERSTOOD = _NOT_UNDERSTOOD.format(what="le libellé d'un bouton")
NO_PHOTO = "Je ne lis ni photo, ni fichier, ni message vocal. Touchez un bouton, ou écrivez le libellé d'un bouton."
STALE = "Ce bouton datait d'un écran précédent : voici où vous en êtes."
FORGED = "Ce bouton n'est plus valable : voici où vous en êtes."
UNKNOWN = "Cette personne n'est pas dans votre périmètre : voici où vous en êtes."
LOCKED = "Cette saisie est validée : elle ne se modifie plus ici."
AGAIN = "Voici où vous en êtes."
NOT_YOURS = "Cette commande ne fait pas partie de votre accès."
RETRY = "Réessayer"
BEGUN_AGAIN = "Jalon a été mis à jour depuis que vous avez commencé : ce formulaire reprend au début."


def not_understood(asked: Written | None) -> str:
    """Return what is said of a text that fits nothing, where the screen asks for something to be written, or not."""
    return _NOT_UNDERSTOOD.format(what=_WHAT[asked]) if asked else NOT_UNDERSTOOD


def failed(reference: str) -> str:
    """Return the message of an error, with the reference under which its cause is logged."""
    return (
        "Je n'ai pas pu traiter votre demande. Rien n'est perdu : vos saisies précédentes sont là.\n"
        f"Réessayez ; si cela continue, donnez le code {reference} à votre coordination."
    )
