"""The events that left in a workbook, kept aside while it is written: on the disk, so that memory stays flat."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any

from models.events.form import FIELDS
from models.workbook.exports.repository import PAGE


class ExportedRows:
    """Takes events as they leave, and gives them back page by page. Only codes and numbers: no one's identity."""

    def __enter__(self) -> "ExportedRows":
        """Begin with none."""
        self._file = TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Forget them."""
        self._file.close()

    def add(self, rows: Sequence[Any]) -> None:
        """Take events as `Reader.event_pages` yields them."""
        for row in rows:
            answers = {field: getattr(row, field) for field in FIELDS}
            line = {"person_id": row.person_id, "revision": row.revision, "answers": answers}
            self._file.write(json.dumps(line) + "\n")

    def pages(self) -> Iterator[list[dict[str, Any]]]:
        """Yield what was taken, as rows of `exported_event` without their export."""
        self._file.seek(0)
        while page := [json.loads(line) for line in islice(self._file, PAGE)]:
            yield page
