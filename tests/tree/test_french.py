"""What a person reads stands in the texts of its feature, or in the tables that declare what is named."""

from tests.tree.not_yet import FRENCH_ELSEWHERE
from tests.tree.source import BELOW_THE_EDGE, Module, french, modules

DECLARATIONS = (
    "models/base/french.py",
    "models/events/form.py",
    "models/figures/form.py",
    "models/meetings/kinds.py",
    "models/population/",
    "models/reference/",
    "models/statistics/charts/catalogue.py",
    "models/statistics/indicators/catalogue.py",
)
"""Tables in which a thing and its French name are declared together."""

DECLARED_IN = ("messages.py", "jobs.py")
"""Where a feature declares its kinds of message and its types of work, with their French names."""

OTHER_FORMATS = (
    "models/base/spreadsheets/page.py",
    "models/meetings/invitations/calendar_files.py",
    "models/workbook/reading/safety.py",
    "models/workbook/imports/report.py",
    "tasks/statistics/pictures/page.py",
)
"""Names that a calendar file, a workbook or a picture gives to its own parts."""

PATTERNS = ("handlers/meetings/planning/written.py",)
"""Reads what people write: « à 14 h »."""


def test_no_french_stands_below_the_edge_but_in_texts_and_declarations() -> None:
    found = {m.path: french(m) for m in modules(*BELOW_THE_EDGE) if not _may_speak(m)}
    elsewhere = {path: literals for path, literals in found.items() if literals}
    new = {path: literals for path, literals in elsewhere.items() if path not in FRENCH_ELSEWHERE}
    assert new == {}, "move it to the feature's texts.py"
    assert FRENCH_ELSEWHERE - set(elsewhere) == set(), "nothing is left there: take it off tests/tree/not_yet.py"


def test_the_test_sees_french_where_there_is_some() -> None:
    """A test that finds nothing proves nothing."""
    texts = [m for m in modules(*BELOW_THE_EDGE) if m.name == "texts.py"]
    assert texts
    assert all(french(m) for m in texts)


def _may_speak(module: Module) -> bool:
    texts = module.name in ("texts.py", *DECLARED_IN) or module.name.endswith("_texts.py")
    return texts or module.path.startswith((*DECLARATIONS, *OTHER_FORMATS, *PATTERNS))
