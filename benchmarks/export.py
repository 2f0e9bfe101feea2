"""The export of the events of a country, beside openpyxl write-only with lxml: same cells, styles and drop-downs.

Each side runs in a process of its own, its rows ready in memory: `python -m benchmarks.export ours|peer ROWS FILE`.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.results import Result, at_least, told, within
from models.base.spreadsheets import Column, Page, Row, write_book
from models.reference.nomenclature import EVENEMENTS, CellKind
from models.workbook.exports.rows import columns
from models.workbook.template import PACKAGED, read_template

ROWS, QUICK_ROWS = 600_000, 3_000
ROUNDS = 3
PEAK_MB = 150
GROWTH_MB = 10
"""What a tenth of the rows takes less than all of them: flat but for the noise of the allocator."""
READY = 1_000
"""Different rows; they come round, so that memory is that of the writing."""


@dataclass(frozen=True)
class Written:
    """How long a side took, how long of it the processor worked, and the peak of its resident memory."""

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(rows: int, rounds: int) -> list[Result]:
    """Return the figures of both sides, taken in turn; medians of the rounds."""
    ours: list[Written] = []
    peer: list[Written] = []
    tenth: list[Written] = []
    for number in range(rounds):
        sides = [("ours", ours), ("peer", peer)]
        for side, kept in sides if number % 2 == 0 else sides[::-1]:
            kept.append(_child(side, rows))
            print(f"export {side} {kept[-1]}", file=sys.stderr, flush=True)
        tenth.append(_child("ours", rows // 10))
    peaks = [max(one.peak_mb for one in side) for side in (ours, peer)]
    growth = peaks[0] - max(one.peak_mb for one in tenth)
    name = f"export of {rows:,} events".replace(",", " ")
    speeds = [rows / statistics.median(one.seconds for one in side) for side in (ours, peer)]
    cpu = [statistics.median(one.cpu_seconds for one in side) * 1_000_000 / rows for side in (ours, peer)]
    return [
        at_least(f"{name}, rows per second", speeds[0], speeds[1], "rows/s", 5),
        told(f"{name}, time of the processor per row", cpu[0], cpu[1], "µs"),
        within(f"{name}, peak memory", round(peaks[0], 1), round(peaks[1], 1), "MB", PEAK_MB),
        within(f"{name}, memory beyond a tenth of them", round(growth, 1), round(peaks[0], 1), "MB", GROWTH_MB),
    ]


def _child(side: str, rows: int) -> Written:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.export", side, str(rows), str(Path(folder) / "export.xlsx")]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    return Written(**json.loads(ran.stdout))


def page(rows: int) -> tuple[str, tuple[Column, ...], Iterable[Row]]:
    """Return the events' sheet: its title, its columns, and rows that are ready in memory."""
    template = read_template(PACKAGED)
    ready = [_row(number) for number in range(READY)]
    return template.events.title, columns(template.events, template.date_format), islice(cycle(ready), rows)


def _row(number: int) -> Row:
    texts = {
        "evt_dispositif_concerne": f"ABC{number % 100:02d}",
        "evt_dispositif_nom": "Emploi accompagné du Rhône",
        "evt_region": "Auvergne-Rhône-Alpes",
        "evt_departement": "Rhône",
        "evt_personne": f"84ABC01{number:07d}",
        "evt_structure": "Les Tilleuls",
    }
    cells: list[str | date | None] = []
    for indicator in EVENEMENTS.indicators:
        if indicator.choices is not None:
            cells.append(list(indicator.choices.values())[number % len(indicator.choices)])
        elif indicator.kind == CellKind.DATE and not indicator.derived:
            cells.append(date(2026, 12, 31))
        else:
            cells.append(texts.get(indicator.id))
    return tuple(cells)


def write_ours(file: Path, rows: int) -> None:
    """Write the sheet with our writer."""
    write_book(file, [Page(*page(rows))])


def write_peer(file: Path, rows: int) -> None:
    """Write the same with openpyxl as its documentation shows it for large workbooks: write-only, with lxml."""
    # Only the peer pays for its import, and only it may.
    import openpyxl  # noqa: PLC0415
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    assert openpyxl.LXML
    styled: Any = WriteOnlyCell
    title, described, data = page(rows)
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    letters = [get_column_letter(place) for place in range(1, len(described) + 1)]
    sheet.auto_filter.ref = f"A1:{letters[-1]}{rows + 1}"
    heading = []
    for letter, column in zip(letters, described, strict=True):
        sheet.column_dimensions[letter].width = column.width
        cell = styled(sheet, column.label)
        cell.font = Font(bold=True)
        heading.append(cell)
        if column.choices:
            rule = DataValidation("list", f'"{",".join(column.choices)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{rows + 1}")
            sheet.data_validations.append(rule)
    sheet.append(heading)
    dated = next(place for place, column in enumerate(described) if column.label == "Date de l’évènement")
    for row in data:
        cells: list[object] = list(row)
        day = styled(sheet, row[dated])
        day.number_format = described[dated].number_format
        cells[dated] = day
        sheet.append(cells)
    workbook.save(file)


def main(arguments: Sequence[str]) -> None:
    """Write with one side and print how it went."""
    side, rows, file = arguments
    before, cpu_before = time.perf_counter(), time.process_time()
    (write_ours if side == "ours" else write_peer)(Path(file), int(rows))
    seconds, cpu_seconds = time.perf_counter() - before, time.process_time() - cpu_before
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    # Not getrusage: its peak is also that of the process which started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (peak_kb,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak_kb) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
