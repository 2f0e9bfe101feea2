"""The feature of the workbooks: who it answers, and its commands."""

from handlers.feature import Command, Feature
from models.accounts.permissions import Permission, holders
from models.base.screens import Action

EXCHANGING = holders(Permission.EXPORT)

feature = Feature(
    "exchange",
    Command("export", "Exporter le classeur national", Action("export"), EXCHANGING),
    Command("import", "Charger un classeur", Action("import"), EXCHANGING),
    roles=EXCHANGING,
)
