"""Recognise sheets and columns by their labels, in any order and whatever their case, accents and apostrophes."""

import unicodedata
from collections.abc import Mapping, Sequence

from models.reference.nomenclature import AFFECTATIONS, NATIONAL_SHEETS, Indicator, NationalSheet
from models.workbook import texts
from models.workbook.findings import Finding, Findings

SHEETS = (*NATIONAL_SHEETS, AFFECTATIONS)
"""The sheets an import reads, in the order in which they depend on each other."""

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "°": "o", "–": "-", "—": "-"})


def tidy(text: str) -> str:
    """Return a label as labels compare: no case, accent, doubled space, line break or shape of apostrophe."""
    letters = unicodedata.normalize("NFKD", text.translate(_SAME))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace(" '", "'").replace("' ", "'").split())


def known_sheet(title: str) -> NationalSheet | None:
    """Return the sheet of that title, if it is one of ours."""
    return _BY_TITLE.get(tidy(title))


def places(sheet: NationalSheet, headings: Sequence[object]) -> dict[int, Indicator]:
    """Return the indicator of each column whose label is ours, by its place from 0; the first one of its label."""
    by_label = {tidy(indicator.label): indicator for indicator in sheet.indicators}
    found: dict[int, Indicator] = {}
    for place, heading in enumerate(headings):
        indicator = by_label.pop(tidy(str(heading or "")), None)
        if indicator is not None:
            found[place] = indicator
    return found


def check(sheet: NationalSheet, headings: Sequence[object], found: Mapping[int, Indicator], findings: Findings) -> bool:
    """Return whether the columns can be read: none missing, none twice; name what is wrong or ignored.

    A column that the national tool derives may be missing. Any other may not: its blank cells would empty a field.
    """
    present = {indicator.id for indicator in found.values()}
    wrong = [
        _finding(sheet, indicator.label, "", texts.HEADING_MISSING.format(label=indicator.label))
        for indicator in sheet.indicators
        if not indicator.derived and indicator.id not in present
    ]
    labels = {tidy(indicator.label) for indicator in sheet.indicators}
    for place, heading in enumerate(headings):
        written = " ".join(str(heading or "").split())
        if not written or place in found:
            continue
        if tidy(written) in labels:
            wrong.append(_finding(sheet, written, written, texts.HEADING_TWICE))
        else:
            findings.warnings.append(_finding(sheet, written, written, texts.HEADING_UNKNOWN))
    findings.errors.extend(wrong)
    return not wrong


def _finding(sheet: NationalSheet, column: str, value: str, message: str) -> Finding:
    return Finding(sheet.title, 1, column, texts.HEADING_RULE, value, message)


_BY_TITLE = {tidy(sheet.title): sheet for sheet in SHEETS}
