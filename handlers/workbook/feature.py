"""The feature of the workbooks: who it answers, and its commands."""

from handlers.feature import Command, Feature
from models.accounts.tables import Role
from models.base.screens import Action

EXCHANGING = frozenset({Role.COORDINATOR, Role.ADMIN})

feature = Feature(
    "exchange",
    Command("export", "Exporter le classeur national", Action("export"), EXCHANGING),
    Command("import", "Charger un classeur", Action("import"), EXCHANGING),
    roles=EXCHANGING,
)
