"""Every kind of work there is: one line each."""

from models.workbook.received import CHECK
from tasks.exporting import make_export, rehearse_export
from tasks.importing import apply_import, check_import
from tasks.work import Kind

KINDS: tuple[Kind, ...] = (
    Kind("rehearsal", rehearse_export),
    Kind("export", make_export),
    Kind(CHECK, check_import),
    Kind("import", apply_import),
)
