"""A module has one idea, and one reader reads it in a sitting."""

from tests.tree.not_yet import LONG
from tests.tree.source import modules

LINES = 300


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    program = modules("bot", "handlers", "tasks", "reminders", "models", "simulator")
    long = {m.path for m in program if m.lines > LINES}
    assert long - LONG == set(), "which second idea has moved in?"
    assert LONG - long == set(), "it is short enough by now: take it off tests/tree/not_yet.py"
