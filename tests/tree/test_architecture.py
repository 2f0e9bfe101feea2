"""The page on the architecture has every feature, on its floor, in the folders where it stands; and it is a page."""

import re
import tomllib

from tests.tree.source import ROOT
from tests.tree.test_features import FEATURES, LAYERS
from tests.tree.test_papers import PAGE_LINES

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| (\w+) \| (.*) \| [^|]+ \|$", PAGE, flags=re.MULTILINE)

NOT_FEATURES = frozenset({"tables", "kinds"})
"""Modules that stand above the features and gather what these declare."""


def test_every_feature_is_there_with_its_folders() -> None:
    assert {name for _, name, _ in ROWS} == {*FEATURES, "base"}
    said = {name: [mark.strip() == "✓" for mark in marks.split("|")] for _, name, marks in ROWS}
    there = {name: [(ROOT / layer / name).is_dir() for layer in LAYERS] for name in said}
    assert said == there


def test_features_stand_on_the_floors_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (floors,) = (contract["layers"] for contract in contracts if contract["name"] == "The floors of the domain")
    held = {
        (number, name)
        for number, floor in enumerate(reversed(floors), start=1)
        for name in re.findall(r"models\.(\w+)", floor)
        if name not in NOT_FEATURES
    }
    assert {(int(number), name) for number, name, _ in ROWS} == held


def test_it_is_a_page() -> None:
    assert PAGE.count("\n") <= PAGE_LINES
