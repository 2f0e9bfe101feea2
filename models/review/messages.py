"""The kinds of message that the review sends."""

from models.notifications.kinds import MessageKind

APPROVED = MessageKind("approved", "saisies validées")
SENT_BACK = MessageKind("sent_back", "réponse à vérifier")
