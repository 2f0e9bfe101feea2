"""The work that workbooks ask of the workers."""

from models.accounts.permissions import Permission
from models.jobs.kinds import JobKind, Performer

_EXPORTING, _IMPORTING = "tasks.workbook.exporting", "tasks.workbook.importing"

DRY_RUN = JobKind("rehearsal", "répétition d'export", Performer(_EXPORTING, "rehearse_export"), Permission.EXPORT)
EXPORT = JobKind("export", "export du classeur", Performer(_EXPORTING, "make_export"), Permission.EXPORT)
CHECK = JobKind("import_check", "vérification d'un classeur", Performer(_IMPORTING, "check_import"), Permission.IMPORT)
CHECK_DOCUMENT = JobKind(
    "import_document", "vérification d'un document", Performer(_IMPORTING, "check_document"), Permission.IMPORT
)
IMPORT = JobKind("import", "import d'un classeur", Performer(_IMPORTING, "apply_import"), Permission.IMPORT)
