"""What administrators read of the work done by the workers."""

from datetime import datetime, timedelta

from models.base.clock import local_day
from models.base.french import agree, count, day
from models.base.screens import bold
from models.jobs.tables import Job, JobState
from models.kinds import JOB_KINDS, MESSAGE_KINDS
from models.notifications.repository import Undelivered
from models.notifications.tables import Delivery

COMMAND = "Les travaux et les messages"
TITLE = bold("Travaux et messages")
NOTHING = "Aucun travail n'a encore été demandé."
AGAIN = "Relancer le n° {number}"
REFRESH = "Actualiser"
BACK = "Accueil"
STARTED_AGAIN = "Travail n° {number} relancé."
NOT_DEAD = "Ce travail n'est plus arrêté : rien à relancer."

STATES = {
    JobState.DEAD: "arrêté",
    JobState.FAILED: "échoué, nouvel essai prévu",
    JobState.RUNNING: "en cours",
    JobState.WAITING: "en attente",
    JobState.DONE: "terminé",
    JobState.CANCELLED: "annulé",
}

_MESSAGES = {
    Delivery.PENDING: ("en attente", "en attente"),
    Delivery.SENDING: ("en cours d'envoi", "en cours d'envoi"),
    Delivery.FAILED: ("échoué", "échoués"),
    Delivery.UNCERTAIN: ("incertain", "incertains"),
    Delivery.UNREACHABLE: ("sans destinataire joignable", "sans destinataire joignable"),
    Delivery.REFUSED: ("refusé", "refusés"),
}

NOT_ARRIVED = bold("Derniers messages non remis ou incertains")

_UNDELIVERED = {
    Delivery.FAILED: "échoué",
    Delivery.REFUSED: "refusé",
    Delivery.UNCERTAIN: "incertain",
    Delivery.UNREACHABLE: "non remis",
}

_CAUSES = {
    "BadRequest": "Telegram n'en a pas voulu",
    "FileNotFoundError": "le fichier joint n'existe plus",
    "Forbidden": "conversation bloquée",
    "ReadTimeout": "Telegram n'a pas répondu à temps",
    "no_telegram": "jamais venu sur Telegram, et pas d'envoi par e-mail",
    "worker_killed": "arrêt pendant l'envoi",
}
"""What is said of a cause; one without words here is shown as it was kept."""


def undelivered(one: Undelivered) -> str:
    """Return « 19 décembre, rappel à lou@exemple.fr : incertain (arrêt pendant l'envoi) »."""
    kind = MESSAGE_KINDS.get(one.kind)
    name = kind.name if kind else one.kind
    cause = f" ({_cause(one)})" if one.cause else ""
    return f"{day(local_day(one.at))}, {name} à {one.email} : {_UNDELIVERED[one.state]}{cause}"


def _cause(one: Undelivered) -> str:
    if one.state == Delivery.UNREACHABLE and one.cause == "BadRequest":
        return "conversation jamais ouverte"
    return _CAUSES.get(one.cause or "", one.cause or "")


def standing(counts: dict[JobState, int]) -> str:
    """Return « Travaux : 1 arrêté · 2 en attente »."""
    plural = {JobState.DEAD: "arrêtés", JobState.FAILED: "échoués", JobState.DONE: "terminés"}
    short = STATES | {JobState.FAILED: "échoué"}
    parts = [
        f"{counts[state]} {agree(counts[state], short[state], plural.get(state, short[state]))}"
        for state in (JobState.DEAD, JobState.FAILED, JobState.RUNNING, JobState.WAITING, JobState.DONE)
        if counts.get(state)
    ]
    return f"Travaux : {' · '.join(parts)}." if parts else NOTHING


def messages(counts: dict[Delivery, int]) -> str:
    """Return « Messages : 2 en attente · 1 incertain », or that all of them went out."""
    parts = [
        f"{counts[state]} {agree(counts[state], one, many)}"
        for state, (one, many) in _MESSAGES.items()
        if counts.get(state)
    ]
    return f"Messages : {' · '.join(parts)}." if parts else "Messages : tout est parti."


def line(job: Job, now: datetime) -> str:
    """Return a job on one or two lines: number, kind, state, attempts, age, error."""
    kind = JOB_KINDS.get(job.kind)
    what = f"{bold(f'n° {job.id}')} {kind.name if kind else job.kind} : {STATES[job.state]}"
    tried = f", {count(job.attempts, 'essai')}" if job.attempts > 1 else ""
    error = f"\nErreur {job.error}" if job.error and job.state in {JobState.FAILED, JobState.DEAD} else ""
    return f"{what}{tried}, demandé {age(now - job.asked_at)}{error}"


def age(time: timedelta) -> str:
    """Return « à l'instant », « il y a 12 min », « il y a 3 h », « il y a 2 jours »."""
    minutes = int(time.total_seconds()) // 60
    if minutes < 1:
        return "à l'instant"
    if minutes < 60:
        return f"il y a {minutes} min"
    if minutes < 24 * 60:
        return f"il y a {minutes // 60} h"
    return f"il y a {count(minutes // (24 * 60), 'jour')}"
