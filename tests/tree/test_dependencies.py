"""What is imported is declared in `pyproject.toml`, and what is declared is used."""

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from tests.tree.source import ROOT, modules

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRODUCT: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
BESIDE = ["tests", "benchmarks", "docs"]

USED_WITHOUT_IMPORT = {
    "asyncpg": "SQLAlchemy loads it for a PostgreSQL address",
    "tzdata": "the time zones of a machine that has none",
    "editables": "make install, in the place of a build isolation",
    "hatchling": "make install, in the place of a build isolation",
    "import-linter": "make lint",
    "lxml": "openpyxl writes with it where it is there: the peer of the export",
    "mypy": "make lint",
    "pip": "make install",
    "pytest-asyncio": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "make lint",
    "types-openpyxl": "types for mypy",
    "types-python-dateutil": "types for mypy",
    "types-pyyaml": "types for mypy",
}


def _declared(requirements: list[str]) -> set[str]:
    return {_canonical(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in requirements}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


RUN = _declared(PROJECT["project"]["dependencies"])
DEV = _declared(PROJECT["dependency-groups"]["dev"])


@cache
def _imported(*folders: str) -> dict[str, str]:
    """Return every distribution that these folders import, with one module that does."""
    ours = {*PRODUCT, *BESIDE, *sys.stdlib_module_names}
    found: dict[str, str] = {}
    for module in modules(*folders):
        for package in _packages(module.tree) - ours:
            found.setdefault(_canonical(_distributions()[package][0]), module.path)
    return found


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


def _packages(tree: ast.Module) -> set[str]:
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(("folders", "declared"), [(PRODUCT, RUN), (BESIDE, RUN | DEV)], ids=["product", "beside it"])
def test_what_is_imported_is_declared(folders: list[str], declared: set[str]) -> None:
    undeclared = {name: path for name, path in _imported(*folders).items() if name not in declared}
    assert not undeclared, "add it to pyproject.toml, then make lock"


def test_what_is_declared_is_imported_or_said_to_be_used_otherwise() -> None:
    product, beside = set(_imported(*PRODUCT)), set(_imported(*BESIDE))
    unused = (RUN - product) | (DEV - product - beside)
    assert unused - set(USED_WITHOUT_IMPORT) == set(), "take it off pyproject.toml, or say here what uses it"
    assert set(USED_WITHOUT_IMPORT) - unused == set(), "it is imported by now, or declared no more"
