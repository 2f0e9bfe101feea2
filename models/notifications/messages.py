"""The kinds of message that the workers send of themselves."""

from models.notifications.kinds import MessageKind

JOB_DEAD = MessageKind("job_dead", "travail arrêté")
UNREACHABLE = MessageKind("unreachable", "personne injoignable")
