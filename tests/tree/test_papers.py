"""What the papers for developers name is in the tree, their links lead somewhere, and a decision is a page."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.tree.source import ROOT, modules

PAGE_LINES, PAGE_WIDTH = 66, 120

DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
PAPERS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "benchmarks/README.md", "simulator/README.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *DECISIONS,
]
GUIDE = sorted((ROOT / "docs/guide").glob("*.md"))
PROGRAM = ("bot", "handlers", "tasks", "models", "reminders", "simulator")

NOT_OURS = frozenset({"FLUSHALL", "RedisStorage", "SIGSTOP", "SSL_CERT_FILE", "pg_dump"})
"""Words of other programs."""

MADE_LATER = frozenset({"data/demo/", "jalon.db", "secret.key", "uv.lock", "NNNN_what_it_does.py"})
"""What an installation makes, or whoever follows a how-to."""


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _terms(paper: Path) -> set[str]:
    """Return what stands between backquotes, blocks of code apart."""
    text = re.sub(r"```.*?```", "", paper.read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", text)) - NOT_OURS - MADE_LATER


@cache
def _files() -> frozenset[str]:
    folders = (*PROGRAM, "tests", "benchmarks", "docs", "deploy")
    return frozenset(path.name for folder in folders for path in (ROOT / folder).rglob("*.*"))


@cache
def _names() -> frozenset[str]:
    """Return every name the program gives or uses, and every word of its short strings: columns, states, keys."""
    return frozenset(
        name for module in modules(*PROGRAM, "benchmarks") for node in ast.walk(module.tree) for name in _named(node)
    )


def _named(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
            return [name]
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.Constant(value=str(text)) if len(text) < PAGE_WIDTH:
            return re.findall(r"\w+", text)
    return []


def _defined(path: Path, dotted: str) -> bool:
    """Tell whether a module defines a name, or a class in it that member."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for name in dotted.split("."):
        found = [node for node in body if name in _given(node)]
        if not found:
            return False
        body = getattr(found[0], "body", [])
    return True


def _given(node: ast.stmt) -> set[str]:
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return {name}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
    return set()


def _missing(term: str) -> bool:
    """Tell whether a term that is a path, a name in a module or an identifier is not in the tree."""
    path, _, name = term.partition("::")
    if name:
        return not (ROOT / path).is_file() or not _defined(ROOT / path, name.rstrip("()"))
    if re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?|\w+/", term):
        return not (ROOT / term).exists()
    if re.fullmatch(r"[\w-]+\.(py|md|yaml|toml|txt|csv|json|xlsx|sh)", term):
        return term not in _files() and not (ROOT / term).exists()
    if re.fullmatch(rf"({'|'.join(PROGRAM)})(\.\w+)+", term):
        return not _resolves(term)
    if re.fullmatch(r"[^\W\d]\w+(\(\))?", term):
        return term.rstrip("()") not in _names()
    return False


def _resolves(dotted: str) -> bool:
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:length])
        file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        if file.is_file():
            return length == len(parts) or _defined(file, ".".join(parts[length:]))
    return False


@pytest.mark.parametrize("paper", PAPERS, ids=_id)
def test_what_a_paper_names_is_in_the_tree(paper: Path) -> None:
    missing = sorted(term for term in _terms(paper) if _missing(term))
    assert not missing, "renamed or gone: say what it is called now"


@pytest.mark.parametrize("paper", [*PAPERS, *GUIDE], ids=_id)
def test_every_link_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", paper.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not _leads_somewhere(paper, link)] == []


def _leads_somewhere(paper: Path, link: str) -> bool:
    file, _, anchor = link.partition("#")
    target = paper.parent / file if file else paper
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(paper: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", paper.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("decision", DECISIONS, ids=_id)
def test_a_decision_is_a_page(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= PAGE_LINES, "leave out what the code says, or take two decisions"
    assert max(map(len, lines)) <= PAGE_WIDTH


def test_decisions_are_numbered_one_after_the_other() -> None:
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    titles = [decision.read_text(encoding="utf-8").split(".", 1)[0] for decision in DECISIONS]
    assert titles == [f"# {number}" for number in numbers]


def test_every_how_to_names_the_test_that_holds_it() -> None:
    how_to = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## How to", 1)[1]
    ways = dict(re.findall(r"^\*\*(.+?)\.\*\*(.+?)(?=^\*\*|\Z)", how_to, flags=re.MULTILINE | re.DOTALL))
    assert ways
    assert [title for title, text in ways.items() if not re.search(r"`tests/\w+/test_\w+\.py`", text)] == []
