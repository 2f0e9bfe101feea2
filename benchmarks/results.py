"""The figures side by side: the table, and `results.json`."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One figure, beside the peer's, and whether it keeps its bound."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    unit: str
    bound: str
    holds: bool | None


def at_least(name: str, ours: float, peer: float, unit: str, bound: float) -> Result:
    """A figure that is better the higher it is."""
    ratio = ours / peer
    return Result(name, round(ours, 2), round(peer, 2), round(ratio, 3), unit, f"ratio >= {bound}", ratio >= bound)


def at_most(name: str, ours: float, peer: float, unit: str, bound: float) -> Result:
    """A figure that is better the lower it is."""
    ratio = ours / peer
    return Result(name, round(ours, 2), round(peer, 2), round(ratio, 3), unit, f"ratio <= {bound}", ratio <= bound)


def within(name: str, ours: float, peer: float | None, unit: str, most: float) -> Result:
    """A figure with a bound of its own, whatever the peer does, if there is one."""
    ratio = None if peer is None else round(ours / peer, 3)
    return Result(name, ours, peer, ratio, unit, f"ours <= {most:g}", ours <= most)


def told(name: str, ours: float, peer: float, unit: str) -> Result:
    """A figure without a bound."""
    return Result(name, round(ours, 2), round(peer, 2), round(ours / peer, 3), unit, "", None)


def written(results: Sequence[Result], file: Path) -> None:
    """Write the results for machines."""
    document = json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2)
    file.write_text(document + "\n", encoding="utf-8")


def table(results: Sequence[Result]) -> str:
    """Return the results for people."""
    heads = ("", "ours", "peer", "ratio", "unit", "bound", "holds")
    rows = [heads, *(_cells(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _cells(result: Result) -> tuple[str, ...]:
    holds = {None: "", True: "yes", False: "NO"}[result.holds]
    peer = "" if result.peer is None else f"{result.peer:g}"
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    return (result.name, f"{result.ours:g}", peer, ratio, result.unit, result.bound, holds)
