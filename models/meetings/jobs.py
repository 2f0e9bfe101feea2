"""The work that meetings ask of the workers."""

from models.accounts.permissions import Permission
from models.jobs.kinds import JobKind, Performer

PACK = JobKind(
    "meeting_pack", "dossier d'une réunion", Performer("tasks.meetings.packs", "make_pack"), Permission.POINTS
)
REGISTER = JobKind(
    "register", "registre des réunions", Performer("tasks.meetings.register", "write_register"), Permission.REGISTER
)
