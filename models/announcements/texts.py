"""What an announcement looks like to whoever receives it."""

from models.base.screens import Screen, bold

TITLE = "Annonce"
SUBJECT = "Jalon : annonce"
TOO_LONG = "Votre texte compte {number} caractères ; une annonce en a {longest} au plus."
EMPTY = "Ce texte est vide."
NOBODY = "Personne ne recevrait cette annonce."


def announced(text: str) -> Screen:
    """Return the message: without a button, since a tap would put another screen in its place."""
    return Screen(f"{bold(TITLE)}\n\n{text}")
