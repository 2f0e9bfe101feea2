"""Every kind of work there is: one line each."""

from importlib import import_module

from models.meetings.jobs import PACK
from models.workbook.imports.received import CHECK, DOCUMENT
from reminders.preview import PREVIEW
from tasks.jobs.context import JobContext, JobKind, Perform, Result


def _from(module: str, name: str) -> Perform:
    """Return a function of a module that is imported when it is first needed.

    A worker starts in a second and stays small as long as nobody asks for a workbook.
    """

    async def perform(work: JobContext) -> Result:
        found: Perform = getattr(import_module(module), name)
        return await found(work)

    return perform


KINDS: tuple[JobKind, ...] = (
    JobKind("rehearsal", _from("tasks.workbook.exporting", "rehearse_export")),
    JobKind("export", _from("tasks.workbook.exporting", "make_export")),
    JobKind(CHECK, _from("tasks.workbook.importing", "check_import")),
    JobKind(DOCUMENT, _from("tasks.workbook.importing", "check_document")),
    JobKind("import", _from("tasks.workbook.importing", "apply_import")),
    JobKind("chart", _from("tasks.statistics.charting", "draw_chart")),
    JobKind("statistics_report", _from("tasks.statistics.charting", "draw_report")),
    JobKind("register", _from("tasks.meetings.register", "write_register")),
    JobKind(PREVIEW, _from("tasks.reminders.preview", "preview_reminders")),
    JobKind(PACK, _from("tasks.meetings.packs", "make_pack")),
)
