"""The feature of the workbooks: who it answers, and its commands."""

from handlers.feature import Command, Feature
from handlers.workbook import texts
from models.accounts.permissions import Permission, holders
from models.base.screens import Action

EXCHANGING = holders(Permission.EXPORT)

feature = Feature(
    "exchange",
    Command("export", texts.EXPORT_COMMAND, Action("export"), EXCHANGING),
    Command("import", texts.IMPORT_COMMAND, Action("import"), EXCHANGING),
    roles=EXCHANGING,
)
