"""Only one module writes events and their history: everything else goes through it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITER = "models/events/repository.py"
FOLDERS = ("bot", "handlers", "tasks", "models", "reminders")
TABLES = {"Event", "EventHistory"}
WRITING = {"insert", "update", "delete", "insert_all", "insert_or_replace", "insert_or_ignore", "insert_together"}


def written(tree: ast.Module) -> Iterator[str]:
    """Yield how a module writes events by itself: a statement on their table, or an object of their class."""
    own = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "models.events.tables"
        for alias in node.names
        if alias.name in TABLES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _names(node.value) & own:
            own |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in own & TABLES:
                yield ast.unparse(node)
            if node.func.id in WRITING and any(_is_one(argument, own) for argument in node.args):
                yield ast.unparse(node)


def _names(node: ast.Call) -> set[str]:
    """Return what `table(Event)` or `_event.alias(…)` is about."""
    about = [*node.args, node.func.value] if isinstance(node.func, ast.Attribute) else node.args
    return {name.id for name in about if isinstance(name, ast.Name)} if _makes_a_table(node) else set()


def _makes_a_table(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in {"table", "alias"}


def _is_one(argument: ast.expr, own: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.id in own for node in ast.walk(argument))


def modules() -> list[Path]:
    return [
        path for folder in ("bot", "handlers", "tasks", "models", "reminders") for path in (ROOT / folder).rglob("*.py")
    ]


def test_events_are_written_in_one_place() -> None:
    found = {
        str(path.relative_to(ROOT)): list(written(ast.parse(path.read_text(encoding="utf-8")))) for path in modules()
    }

    assert [path for path, statements in found.items() if statements] == [WRITER]
    assert len(found[WRITER]) >= 4
