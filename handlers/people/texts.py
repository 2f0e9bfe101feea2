"""The French of the persons' files. Codes, structures and addresses of professionals only."""

from datetime import date

from models.base import french
from models.base.screens import bold
from models.people.repository import File
from models.people.service import ExitRefused
from models.persons.rules import LAW_OF_2020
from models.reference.nomenclature import ORIENTATION, Orientation

LIST = "La liste de vos personnes"
BACK, HOME = "Retour", "Accueil"
ASSIGNED, MOVED, RETURNED = "confiée", "structure changée", "retour noté"
TO_WHOM, WHICH_STRUCTURE = "à qui confier la personne ?", "dans quelle structure ?"
ASSIGN, MOVE = "Confier à un job coach", "Changer de structure"
LEAVE, CHANGE_EXIT, RETURN = "Noter une sortie", "Corriger la date de sortie", "Noter un retour"
SITUATION = "Sa situation du trimestre"
NOBODY = "Aucun job coach n'a accès à ce dispositif. Un administrateur peut en inviter un."
SAVE, CANCEL, ADD = "Enregistrer", "Annuler", "Nouvelle personne"
NEW_WHERE = "Dans quel dispositif ?"
NEW_CODE = "Nouvelle personne\nÉcrivez son code, de 14 caractères exactement. N'écrivez jamais son nom."
NEW_STRUCTURE = "Dans quelle structure ?"
NEW_ENTRY = (
    "Quel jour est-elle entrée dans le dispositif ?\n{month} : touchez le jour, ou écrivez la date (jj/mm/aaaa)."
)
NEW_TOO_LATE = "La date d'entrée ne peut pas être à venir. Choisissez un autre jour."
NEW_ORIENTATION = "Qui l'a orientée ?"
NEW_UNKNOWN = "Je ne sais pas encore"
NEW_BEFORE_LAW = "À vérifier : une orientation par le SPE n'était pas possible avant la loi du 30 juillet 2020."
NEW_REST = "Sa date de naissance, son sexe et son handicap viendront par un classeur, jamais par la conversation."
NEW_DONE = "Personne ajoutée : {end}. Confiez-la à un job coach."
EMPTY = "Aucune personne dans vos dispositifs."
OUT_OF_ORDER = "La sortie ne peut pas être avant l'entrée. Choisissez un autre jour."


def end(of: File) -> str:
    """Return the end of the code."""
    return f"…{of.reference[-4:]}"


def asked(of: File, question: str) -> str:
    """Return a question about a person."""
    return f"{bold(end(of))} · {question}"


def which_exit(of: File, month: date) -> str:
    """Return the question of the day of an exit, in a month."""
    shown = bold(french.month(month).capitalize())
    return asked(
        of, f"Quel jour la personne est-elle sortie ?\n{shown} : touchez le jour, ou écrivez la date (jj/mm/aaaa)."
    )


def left_on(day: date) -> str:
    """Return what was recorded of an exit."""
    return f"sortie le {french.day(day)}"


def listed(persons: int) -> str:
    """Return the first line of the list."""
    return f"{french.count(persons, 'personne')} · touchez une fiche, ou écrivez la fin d'un code."


def label(of: File) -> str:
    """Return a person's line in the list."""
    if of.exit_date is not None:
        return f"{end(of)} · {of.structure} · sortie"
    return f"{end(of)} · {of.structure} · {(of.coach or 'sans job coach').split('@')[0]}"


def card(of: File) -> str:
    """Return a person's file."""
    lines = [
        f"Fiche de {of.reference[:-4]}{bold(of.reference[-4:])}",
        f"Dispositif {of.dispositif} · structure {of.structure}",
        f"Suivie par : {of.coach or 'personne pour l’instant'}",
        f"Entrée : {french.day_and_year(of.entry_date) if of.entry_date else 'non renseignée'}",
    ]
    if of.orientation is not None:
        lines.append(f"Orientation : {ORIENTATION[of.orientation]}")
    if of.exit_date is not None:
        lines.append(f"Sortie : {french.day_and_year(of.exit_date)}")
    return "\n".join(lines)


def new_recap(code: str, structure: str, entry: date, orientation: Orientation | None) -> str:
    """Return what is about to be recorded of a new person."""
    lines = [
        f"{ADD} : {code[:-4]}{bold(code[-4:])}",
        f"Structure {structure} · entrée le {french.day_and_year(entry)}",
        f"Orientation : {ORIENTATION[orientation] if orientation else 'non renseignée'}",
    ]
    if orientation == Orientation.SPE and entry < LAW_OF_2020:
        lines.append(NEW_BEFORE_LAW)
    return "\n".join((*lines, NEW_REST))


def refused(refusal: ExitRefused) -> str:
    """Return why an exit date is refused, and what to do."""
    if refusal.campaign is None:
        return OUT_OF_ORDER
    return (
        f"Une saisie dit la personne suivie au {french.day_and_year(refusal.campaign)} : elle ne peut pas être sortie "
        "avant. Corrigez d'abord sa situation, ou choisissez un autre jour."
    )
