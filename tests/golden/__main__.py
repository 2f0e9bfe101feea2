"""Play the quarter, and say what differs from what is kept; `--write` keeps what it shows now."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FILES = HERE / "files"


def main() -> int:
    """Play in this process, in which the clock and chance are taken in hand."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the kept files anew")
    parser.add_argument("--to", type=Path, help="write into this folder instead")
    parser.add_argument("--seed", type=int, default=13, help="what chance draws from: the files are the same for all")
    parser.add_argument("--drafts", action="store_true", help="write former_version.db.gz, of the version at hand")
    chosen = parser.parse_args()

    from tests.golden.names import remember_what_is_drawn

    # Before anything of Jalon is imported, which may take `uuid4` along.
    remember_what_is_drawn(chosen.seed)
    from tests.golden.playing import played, with_drafts

    target = chosen.to.absolute() if chosen.to else FILES
    with tempfile.TemporaryDirectory(prefix="jalon-golden-") as folder:
        if chosen.drafts:
            database, text = asyncio.run(with_drafts(Path(folder)))
            HERE.joinpath("former_version.db.gz").write_bytes(database)
            HERE.joinpath("former_version.txt").write_text(text, encoding="utf-8", newline="\n")
            return 0
        files = asyncio.run(played(Path(folder)))
    if chosen.write or chosen.to:
        _write(target, files)
        return 0
    kept = {path.name: path.read_bytes().decode() for path in FILES.glob("*.txt")}
    different = sorted(name for name in kept.keys() | files.keys() if kept.get(name) != files.get(name))
    print("\n".join(different) or "nothing differs")
    return 1 if different else 0


def _write(target: Path, files: dict[str, str]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for old in target.glob("*.txt"):
        old.unlink()
    for name, text in files.items():
        target.joinpath(name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
