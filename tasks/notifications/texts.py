"""What workers tell people."""

from models.accounts.tables import Role
from models.accounts.texts import ROLES
from models.base.french import count
from models.base.screens import typeset
from models.notifications.emails import Email
from models.notifications.unreachable.repository import OutOfReach
from models.reference.scopes import Scope
from reminders.texts import NOT_COME


def gave_up(reference: str) -> str:
    """Say that work somebody asked for could not be done."""
    return (
        "Ce que vous aviez demandé n'a pas pu être terminé, malgré plusieurs essais. Vos données sont intactes.\n"
        f"Donnez le code {reference} à votre administratrice ou administrateur, qui peut relancer le travail."
    )


def unreachable(lost: OutOfReach) -> str:
    """Tell whoever answers for them that Jalon can write no more to somebody, named by their e-mail address."""
    scope = Scope.parse(lost.scope)
    where = f"Dispositif {scope.code}" if scope.dispositif else scope.name
    return (
        f"{where} : Jalon ne peut plus écrire à {lost.email}, {_in_what_part(lost)}.\n"
        "La conversation est sans doute bloquée sur son téléphone : il suffit de la débloquer, puis d'envoyer /start."
    )


def _in_what_part(lost: OutOfReach) -> str:
    follows = f"suit {count(lost.persons, 'personne')}" if lost.persons else ""
    if lost.role == Role.JOB_COACH:
        return f"qui {follows or 'ne suit encore personne'}"
    return ROLES[lost.role] + (f", qui {follows}" if follows else "")


WAITING = Email("Jalon : un message vous attend", "Un message vous attend dans Jalon, sur Telegram.")
"""For what was written without an e-mail of its own."""

_COMING = "Pour votre première visite, ouvrez d'abord le lien d'invitation que vous avez reçu."
_BLOCKED = (
    "Jalon ne peut plus vous écrire sur Telegram : la conversation y est sans doute bloquée. "
    "Débloquez-la, puis envoyez /start."
)


def letter(own: Email | None, link: str, *, came: bool) -> Email:
    """Return an e-mail as it is sent, with the way back to the bot, for whoever came once or has yet to come."""
    said = own or WAITING
    how = _BLOCKED if came else _COMING
    text = typeset(said.text)
    # What is written to somebody about their invitation says by itself how to come in.
    way_in = "" if not came and typeset(NOT_COME) in text else f"{how}\n"
    back = "" if said.whole and not came else f"\nOuvrir Jalon : {link}\n{way_in}"
    return Email(typeset(said.subject), typeset(f"Bonjour,\n\n{text}\n{back}"))
