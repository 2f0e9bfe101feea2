"""The kind of message by which a job coach is asked about persons whom an export would leave out."""

from models.notifications.kinds import MessageKind

EXPORT_QUESTION = MessageKind("export_question", "question avant un export")
