"""The work that statistics ask of the workers."""

from models.accounts.permissions import Permission
from models.jobs.kinds import JobKind, Performer

_CHARTING = "tasks.statistics.charting"

CHART = JobKind("chart", "image des chiffres", Performer(_CHARTING, "draw_chart"), Permission.STATISTICS)
REPORT = JobKind("statistics_report", "page du trimestre", Performer(_CHARTING, "draw_report"), Permission.STATISTICS)
