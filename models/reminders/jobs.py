"""The work that reminders ask of the workers."""

from models.accounts.permissions import Permission
from models.jobs.kinds import JobKind, Performer

PREVIEW = JobKind(
    "reminders_preview",
    "aperçu des rappels",
    Performer("tasks.reminders.preview", "preview_reminders"),
    Permission.REMINDERS_PREVIEW,
)
