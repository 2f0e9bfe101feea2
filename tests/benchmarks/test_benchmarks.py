"""The measurements run, and say what they promise; whether the bounds hold is for `make bench` to say."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHIN_S = 120


def test_a_quick_round_measures_both_sides_and_writes_the_results(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "--only", "taps", "--database", "sqlite", "--out", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    results = json.loads(file.read_text())
    assert {tuple(result) for result in results} == {("name", "ours", "peer", "ratio", "unit", "bound", "holds")}
    assert [result["name"].removesuffix(", SQLite") for result in results] == [
        "taps handled per second on one core",
        "time of the processor per tap",
        "p99 latency at 100 taps/s",
        "p50 latency at 100 taps/s",
        "memory at rest",
        "statements per tap",
    ]
    assert all(result["ours"] > 0 and result["peer"] > 0 for result in results)
    assert "taps handled per second" in ran.stdout


def test_a_quick_export_measures_both_sides(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "--only", "export", "--out", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    results = json.loads(file.read_text())
    assert [result["name"] for result in results] == [
        "export of 3 000 events, rows per second",
        "export of 3 000 events, time of the processor per row",
        "export of 3 000 events, peak memory",
        "export of 3 000 events, memory beyond a tenth of them",
    ]
