"""SQL stands in the repositories, whose rows are typed."""

import ast
from collections.abc import Iterator

from tests.tree.not_yet import COL, SLICED_ROWS, SQL_ELSEWHERE, UNTYPED_ROWS
from tests.tree.source import Module, imports_from, modules

PROGRAM = ("bot", "handlers", "tasks", "reminders", "models")

REPOSITORIES = ("repository.py", "queries.py")
TABLES = "tables.py"
GROUND = ("models/base/", "models/migrations/")
"""Where the database itself is spoken to, and its schema."""

NAMES = frozenset({"AsyncSession", "Connection"})
"""What a service may name of the database: the session that it hands on."""

RUNNING = frozenset({"execute", "scalar", "scalars", "stream", "stream_scalars", "exec"})


def test_statements_are_written_and_run_in_repositories_only() -> None:
    found = {m.path for m in modules(*PROGRAM) if not _holds_sql(m) and (_statements(m) or _runs(m))}
    assert found - SQL_ELSEWHERE == set(), "move the statement to the feature's repository.py or queries.py"
    assert SQL_ELSEWHERE - found == set(), "no SQL is left there: take it off tests/tree/not_yet.py"


def test_one_idiom_columns_come_from_tables() -> None:
    found = {m.path for m in modules("models") if ("sqlmodel", "col") in imports_from(m, "sqlmodel")}
    assert found - COL == set(), "write the statement with table(Model).c, not with sqlmodel.col"
    assert COL - found == set(), "col is gone there: take it off tests/tree/not_yet.py"


def test_no_row_is_untyped() -> None:
    found = {m.path for m in modules(*PROGRAM) if any(_untyped(m))}
    assert found - UNTYPED_ROWS == set(), "read the row into a NamedTuple of the statement"
    assert UNTYPED_ROWS - found == set(), "every row is typed there: take it off tests/tree/not_yet.py"


def test_no_row_is_cut_into_slices() -> None:
    found = {m.path for m in modules("models") if not m.path.startswith(GROUND) and any(_sliced(m))}
    assert found - SLICED_ROWS == set(), "read the row into a NamedTuple of the statement"
    assert SLICED_ROWS - found == set(), "no row is sliced there: take it off tests/tree/not_yet.py"


def _holds_sql(module: Module) -> bool:
    return module.name.endswith(REPOSITORIES) or module.name == TABLES or module.path.startswith(GROUND)


def _statements(module: Module) -> bool:
    named = (*imports_from(module, "sqlalchemy"), *imports_from(module, "sqlmodel"))
    return any(source != "sqlalchemy.exc" and name not in NAMES for source, name in named)


def _runs(module: Module) -> bool:
    calls = (node.func for node in ast.walk(module.tree) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in RUNNING for call in calls)


def _untyped(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            kind = ast.unparse(node.annotation)
            if (kind == "Any" and node.arg in {"row", "rows"}) or ("Row[" in kind and "Any" in kind):
                yield node
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "Any" and node.value is not None:
            # What an update or a delete did is `result`: its count is all that is asked of it.
            read = any(isinstance(one, ast.Attribute) and one.attr in RUNNING for one in ast.walk(node.value))
            if read and ast.unparse(node.target) != "result":
                yield node


def _sliced(module: Module) -> Iterator[ast.AST]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "slice":
            yield node
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and ast.unparse(node.value) == "row":
            yield node
