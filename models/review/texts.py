"""The French of the review that is not a screen of the coordinator's: reasons, fields, and what the coach is told."""

from datetime import date

from models.base import french
from models.base.screens import Screen, bold, button
from models.events.form import question
from models.events.tables import Asked, Doubt, Unlocking
from models.review.entry import AskedQuestion, Reviewed

FIELDS = {
    Asked.STATUT: "le statut",
    Asked.NIVEAU_SOUTIEN: "le soutien",
    Asked.EMPLOI_DATE: "l'emploi à la date",
    Asked.FORMATION_DATE: "la formation à la date",
    Asked.EMPLOI_MOIS: "l'emploi du dernier mois",
    Asked.FORMATION_MOIS: "la formation du dernier mois",
}

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

_OF_ANY = (Doubt.INCONSISTENT, Doubt.OTHER_DATE, Doubt.TO_CONFIRM)
_OF_JOB = (Doubt.CONTRACT_ENDED, Doubt.OTHER_CONTRACT, *_OF_ANY)
_OF_TRAINING = (Doubt.OTHER_TRAINING, *_OF_ANY)

DOUBTS_OF = {
    Asked.STATUT: (Doubt.DEPARTED, Doubt.STILL_FOLLOWED, *_OF_ANY),
    Asked.NIVEAU_SOUTIEN: (Doubt.HOURS, *_OF_ANY),
    Asked.EMPLOI_DATE: _OF_JOB,
    Asked.FORMATION_DATE: _OF_TRAINING,
    Asked.EMPLOI_MOIS: _OF_JOB,
    Asked.FORMATION_MOIS: _OF_TRAINING,
}
"""The reasons that make sense of an answer: the closed list that is offered."""

UNLOCKINGS = {
    Unlocking.ENTRY_ERROR: "Erreur dans la saisie",
    Unlocking.NEW_INFORMATION: "Information reçue depuis",
    Unlocking.TOO_SOON: "Validée trop vite",
    Unlocking.COACH_ASKED: "À la demande du job coach",
}


def request(end: str, asked: AskedQuestion) -> str:
    """Say which answer is to be looked at again, why, and what it is."""
    answered = question(asked.field).choice(asked.answer)
    return (
        f"{bold(f'…{end}')} : votre coordination demande de vérifier {FIELDS[asked.field]}.\n"
        f"Motif : {DOUBTS[asked.reason]}.\n"
        f"Réponse notée : {answered.short}."
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
