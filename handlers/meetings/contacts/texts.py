"""The French of the address book."""

from handlers.meetings.texts import CONTACTS, place
from models.base import french
from models.base.screens import bold
from models.meetings.contacts.repository import Listed
from models.meetings.territories import Territory

NEW_CONTACT = bold("Nouveau contact")
WHICH_BODY = "De quel organisme ?"
WHICH_FUNCTION = "Quelle fonction ?"
WHICH_ADDRESS = "Écrivez son adresse e-mail professionnelle."
WHAT_FOR = "Les invitations y seront envoyées, ou dans Jalon si cette adresse y a un compte."
TAKE_OFF, PUT_BACK = "Retirer du carnet", "Remettre dans le carnet"
PUT_BACK_DONE = "Le contact est de nouveau dans le carnet."


def book(there: Territory, number: int) -> str:
    """Return the title of the address book."""
    about = f"{french.count(number, 'contact')}." if number else "Aucun contact encore."
    return f"{bold(CONTACTS)} · {place(there)}\n{about}"


def contact(one: Listed) -> str:
    """Return a contact."""
    state = "Retiré du carnet." if one.archived else "Invitable à toutes les réunions du territoire."
    return f"{bold(one.name)}\n{one.email}\n{state}"


def taken_off(one: Listed) -> str:
    """Say that a contact was taken off the book."""
    return f"{one.name} n'est plus dans le carnet. Les réunions où ce contact est invité ne changent pas."


def added(one: Listed) -> str:
    """Say that a contact was added."""
    return f"{one.name} : ajouté au carnet."
