"""What workers tell people."""

from collections.abc import Sequence

from models.french import count
from models.outbox.letters import Letter
from models.screens import typeset
from reminders.texts import NOT_COME

NAMED = 3
"""How many codes tell whom somebody follows."""


def gave_up(reference: str) -> str:
    """Say that work somebody asked for could not be done."""
    return (
        "Ce que vous aviez demandé n'a pas pu être terminé, malgré plusieurs essais. Vos données sont intactes.\n"
        f"Donnez le code {reference} à votre administratrice ou administrateur, qui peut relancer le travail."
    )


def unreachable(dispositif: str, persons: Sequence[str]) -> str:
    """Tell a coordinator that Jalon can write no more to somebody, known by whom they follow."""
    named = ", ".join(f"…{end}" for end in persons[:NAMED])
    others = len(persons) - NAMED
    follows = f"qui suit {named}" + (f" et {count(others, 'autre personne', 'autres personnes')}" if others > 0 else "")
    who = follows if persons else "qui ne suit encore personne"
    return (
        f"Dispositif {dispositif} : Jalon ne peut plus écrire au job coach {who}.\n"
        "La conversation est sans doute bloquée sur son téléphone : il suffit de la débloquer, puis d'envoyer /start."
    )


WAITING = Letter("Jalon : un message vous attend", "Un message vous attend dans Jalon, sur Telegram.")
"""For what was written without a letter of its own."""

_COMING = "Pour votre première visite, ouvrez d'abord le lien d'invitation que vous avez reçu."
_BLOCKED = (
    "Jalon ne peut plus vous écrire sur Telegram : la conversation y est sans doute bloquée. "
    "Débloquez-la, puis envoyez /start."
)


def letter(own: Letter | None, link: str, *, came: bool) -> Letter:
    """Return a letter as it is sent, with the way back to the bot, for whoever came once or has yet to come."""
    said = own or WAITING
    how = _BLOCKED if came else _COMING
    text = typeset(said.text)
    # What is written to somebody about their invitation says by itself how to come in.
    way_in = "" if not came and typeset(NOT_COME) in text else f"{how}\n"
    back = "" if said.whole and not came else f"\nOuvrir Jalon : {link}\n{way_in}"
    return Letter(typeset(said.subject), typeset(f"Bonjour,\n\n{text}\n{back}"))
