"""The kind of message by which an announcement arrives."""

from models.notifications.kinds import MessageKind

ANNOUNCEMENT = MessageKind("announcement", "annonce")
"""Its code is the subject of its messages too; their period is the number of the announcement."""
