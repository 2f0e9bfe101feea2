"""Every kind of work there is: one line each."""

from importlib import import_module

from models.meetings.jobs import PACK
from models.workbook.received import CHECK, DOCUMENT
from reminders.preview import PREVIEW
from tasks.work import Kind, Perform, Result, Work


def _from(module: str, name: str) -> Perform:
    """Return a function of a module that is imported when it is first needed.

    A worker starts in a second and stays small as long as nobody asks for a workbook.
    """

    async def perform(work: Work) -> Result:
        found: Perform = getattr(import_module(module), name)
        return await found(work)

    return perform


KINDS: tuple[Kind, ...] = (
    Kind("rehearsal", _from("tasks.exporting", "rehearse_export")),
    Kind("export", _from("tasks.exporting", "make_export")),
    Kind(CHECK, _from("tasks.importing", "check_import")),
    Kind(DOCUMENT, _from("tasks.importing", "check_document")),
    Kind("import", _from("tasks.importing", "apply_import")),
    Kind("chart", _from("tasks.charting", "draw_chart")),
    Kind("statistics_report", _from("tasks.charting", "draw_report")),
    Kind("register", _from("tasks.registering", "write_register")),
    Kind(PREVIEW, _from("tasks.previewing", "preview_reminders")),
    Kind(PACK, _from("tasks.packs", "make_pack")),
)
