"""The program's modules as they stand in the tree, read and parsed once."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
BELOW_THE_EDGE = ("models", "reminders", "handlers", "tasks")

_LETTER = "À-ÖØ-öø-ÿŒœ"
_ACCENTED = re.compile(f"[{_LETTER}]|[a-z]’|« ?[a-z]", re.IGNORECASE)
_LITTLE_WORD = re.compile(
    r"\b(?:l[ea]s?|des?|du|une?|vous|v?otre|vos|es?t|pas|aux?|cet?|cette|ces|sur|pour|avec|dans|par|aucune?|[dlnsjc]['’]\w)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[A-Z][a-z]{2,}")


@dataclass(frozen=True)
class Module:
    """A module: where it stands from the root, its text parsed."""

    path: str
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.rsplit("/", 1)[-1]


def modules(*folders: str) -> list[Module]:
    """Return the modules of these folders of the root; released migrations, which never change, apart."""
    return [module for folder in folders for module in _modules(folder)]


@cache
def _modules(folder: str) -> tuple[Module, ...]:
    paths = [path for path in sorted((ROOT / folder).rglob("*.py")) if path.parent.name != "versions"]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return tuple(Module(path, ast.parse(text), text.count("\n")) for path, text in texts.items())


def folders_of(layer: str) -> set[str]:
    """Return the folders of a layer that hold modules."""
    return {path.parent.name for path in (ROOT / layer).glob("*/__init__.py")}


def imports_from(module: Module, package: str) -> Iterator[tuple[str, str]]:
    """Yield what a module imports from inside a package: from which of its modules, which name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield from ((node.module or "", alias.name) for alias in node.names)


def french(module: Module) -> list[str]:
    """Return the literals of a module that are French, apart from docstrings and from names the module uses."""
    docstrings = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    names |= {node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef | ast.alias)}
    literals = [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    return [text for text in literals if text not in names and _is_french(text)]


def _is_french(text: str) -> bool:
    sentence = " " in text.strip() and _LITTLE_WORD.search(text)
    return bool(_ACCENTED.search(text) or _LABEL.fullmatch(text) or sentence)
