"""Each indicator equals one SQL query written by hand: the benchmark compares them before it measures."""

import json
import subprocess
import sys
from pathlib import Path

from models.statistics.indicators.catalogue import INDICATORS


def test_every_indicator_that_has_a_value_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--only", "statistics", "--out", str(file)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    names = {result["name"] for result in json.loads(file.read_text(encoding="utf-8"))}
    for number, indicator in INDICATORS.items():
        assert (f"indicator {number}, 600 persons" in names) == (indicator.missing is None)
