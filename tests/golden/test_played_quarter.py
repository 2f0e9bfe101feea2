"""The quarter is played again, in a process of its own: whatever it shows is, byte for byte, what was kept."""

import difflib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = Path(__file__).with_name("files")
KEPT = sorted(path.name for path in FILES.glob("*.txt"))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a quarter was played."""
    folder = tmp_path_factory.mktemp("quarter")
    command = [sys.executable, "-m", "tests.golden", "--to", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return folder


def test_every_file_is_played(played: Path) -> None:
    assert sorted(path.name for path in played.glob("*.txt")) == KEPT


@pytest.mark.parametrize("name", KEPT)
def test_what_was_kept_is_shown_again(played: Path, name: str) -> None:
    before, after = FILES.joinpath(name).read_bytes(), played.joinpath(name).read_bytes()
    if before != after:
        lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), "kept", "played", n=2)
        pytest.fail("\n".join(list(lines)[:200]), pytrace=False)
