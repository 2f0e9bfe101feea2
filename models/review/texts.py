"""The French of the review that is not a screen of the coordinator's: reasons, fields, and what the coach is told."""

from datetime import date

from models.base import french
from models.base.screens import Screen, bold, button
from models.events.form import Doubt, question
from models.events.tables import Unlocking
from models.review.entry import AskedQuestion, Reviewed

DOUBTS = {
    Doubt.DEPARTED: "la personne serait sortie",
    Doubt.STILL_FOLLOWED: "la personne serait encore suivie",
    Doubt.HOURS: "les heures ne semblent pas correspondre",
    Doubt.CONTRACT_ENDED: "contrat terminé d'après la structure",
    Doubt.OTHER_CONTRACT: "autre contrat d'après la structure",
    Doubt.OTHER_TRAINING: "autre formation d'après la structure",
    Doubt.INCONSISTENT: "ne va pas avec les autres réponses",
    Doubt.OTHER_DATE: "situation d'une autre date que celle de la remontée",
    Doubt.TO_CONFIRM: "changement à confirmer",
}

UNLOCKINGS = {
    Unlocking.ENTRY_ERROR: "Erreur dans la saisie",
    Unlocking.NEW_INFORMATION: "Information reçue depuis",
    Unlocking.TOO_SOON: "Validée trop vite",
    Unlocking.COACH_ASKED: "À la demande du job coach",
}


def request(end: str, asked: AskedQuestion) -> str:
    """Say which answer is to be looked at again, why, and what it is."""
    looked_at = question(asked.field)
    return (
        f"{bold(f'…{end}')} : votre coordination demande de vérifier {looked_at.spoken}.\n"
        f"Motif : {DOUBTS[asked.reason]}.\n"
        f"Réponse notée : {looked_at.choice(asked.answer).short}."
    )


def told(entry: Reviewed, asked: AskedQuestion) -> Screen:
    """Return the message the coach receives: its button opens exactly that answer."""
    return Screen(request(entry.end, asked), ((button("Vérifier", "asked", entry.person_id),),))


def approved_screen(day: date, number: int) -> Screen:
    """Return the digest: how many of the author's entries were validated."""
    entries = "une de vos saisies" if number == 1 else f"{number} de vos saisies"
    return Screen(
        f"Votre coordination a validé {entries} de la remontée du {french.day(day)}. Il n'y a rien à faire.",
        ((button("Voir la liste", "list", "done", 0),),),
    )
