"""Converted rows: each cell holds what its indicator expects, or is named as a finding."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.reference.nomenclature import Indicator, NationalSheet
from models.workbook import texts
from models.workbook.findings import Finding, Findings, shown
from models.workbook.reading.cells import CellRefused, convert
from models.workbook.reading.sheets import RawRow


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row whose cells are converted; `bad` are the indicators whose cell was refused."""

    sheet: NationalSheet
    raw: RawRow
    values: dict[str, Any]
    bad: frozenset[str]
    findings: Findings

    @property
    def number(self) -> int:
        """Its number in the sheet."""
        return self.raw.number

    def get(self, indicator_id: str) -> Any:
        """Return what the cell holds; None for a blank cell or one that was refused."""
        return self.values.get(indicator_id)

    def error(self, indicator_id: str, rule: str, message: str) -> None:
        """Name the cell as one that refuses the workbook."""
        self.findings.errors.append(self._finding(indicator_id, rule, message))

    def warning(self, indicator_id: str, rule: str, message: str) -> None:
        """Name the cell as one to look at."""
        self.findings.warnings.append(self._finding(indicator_id, rule, message))

    def _finding(self, indicator_id: str, rule: str, message: str) -> Finding:
        label = self.sheet.indicator(indicator_id).label
        value = shown(indicator_id, self.raw.cells.get(indicator_id))
        return Finding(self.sheet.title, self.number, label, rule, value, message)


def converted(sheet: NationalSheet, rows: Iterable[RawRow], findings: Findings) -> list[CheckedRow]:
    """Return the rows with their cells converted; blank mandatory ones (E01) and refused ones are named."""
    conversion = _Conversion(sheet, findings)
    return [conversion.row(raw) for raw in rows]


def unique(
    rows: Iterable[CheckedRow], key: Callable[[CheckedRow], Any], indicator_id: str, rule: str, message: str
) -> list[CheckedRow]:
    """Return the rows whose key stands for the first time; the others are named (E04, E17).

    Rows without a whole key are left out: what is wrong with them is named already.
    """
    first: dict[Any, CheckedRow] = {}
    for row in rows:
        found = key(row)
        if found is None:
            continue
        if found in first:
            row.error(indicator_id, rule, message.format(row=first[found].number))
        else:
            first[found] = row
    return list(first.values())


class _Conversion:
    """The cells of one sheet: what a text or a day means is worked out once, however often it stands there."""

    def __init__(self, sheet: NationalSheet, findings: Findings) -> None:
        self._sheet = sheet
        self._findings = findings
        self._read = [indicator for indicator in sheet.indicators if not indicator.derived]
        self._known: dict[str, dict[Any, Any]] = {indicator.id: {} for indicator in self._read}

    def row(self, raw: RawRow) -> CheckedRow:
        """Return the row, its cells converted; those refused are named."""
        values: dict[str, Any] = {}
        refused: dict[str, CellRefused] = {}
        for indicator in self._read:
            cell = raw.cells.get(indicator.id)
            if cell is None:
                if indicator.mandatory:
                    refused[indicator.id] = CellRefused("E01", texts.MANDATORY)
                continue
            try:
                values[indicator.id] = self._value(indicator, cell)
            except CellRefused as error:
                refused[indicator.id] = error
        row = CheckedRow(self._sheet, raw, values, frozenset(refused) if refused else _NONE, self._findings)
        for indicator_id, refusal in refused.items():
            row.error(indicator_id, refusal.rule, refusal.expected)
        return row

    def _value(self, indicator: Indicator, cell: Any) -> Any:
        if type(cell) not in _REMEMBERED:
            return convert(indicator, cell)
        known = self._known[indicator.id]
        if cell not in known:
            known[cell] = convert(indicator, cell)
        return known[cell]


_NONE: frozenset[str] = frozenset()
_REMEMBERED = frozenset({str, date})
"""Not numbers and truths: 1, 1.0 and True are one key, and three cells."""
